"""Pledges made on paper: taken over card by card, nobody bound without their own yes, and importing twice changes
nothing.
"""

import pytest
from sqlalchemy import select

from db.models import Guest, GuestUpload, PaperPledge, Person, Pledge
from domain.pledges import Acts, State
from domain.roles import Role
from tests.cast import guest, open_workshop
from tests.conversations.offices import seated

CARD = "Ana Keller verspricht Ben Albrecht: Ich rufe im Rathaus an."


@pytest.fixture
async def desk(sqlite_world):
    sqlite_world.here = await open_workshop(sqlite_world)
    sqlite_world.orga = await sqlite_world.organiser()
    return sqlite_world


async def types(world, words):
    """The organiser types cards."""
    await world.orga.sends_button_data(f"papers:{world.here}:0")
    await world.orga.taps("Karten eingeben")
    return await world.orga.says(words)


async def pledges(world):
    return await world.rows(Pledge)


async def test_two_who_are_here_make_it_a_pledge_with_a_tap_each(desk):
    ana = await guest(desk, desk.here, "Ana Keller", place="Köln")
    ben = await guest(desk, desk.here, "Ben Albrecht")
    read = await types(desk, CARD)
    assert "1 neu · 0 schon da · 0 offen · 0 falsch · 0 ausgelassen" in read
    assert "Zeile 1: Ana Keller (dabei: Ana Keller · Köln) verspricht Ben Albrecht (dabei:" in read
    assert await desk.rows(PaperPledge) == []
    assert "1 Karte. Gefragt wird jetzt bei 1." in await desk.orga.taps("Übernehmen")
    assert await pledges(desk) == [], "it binds nobody"
    assert "Darauf steht, du versprichst Ben Albrecht: „Ich rufe im Rathaus an.“" in ana.last
    assert "Karte" not in ben.screen()
    await ana.taps("Ja, so ist es")
    (pledge,) = await pledges(desk)
    assert (pledge.state, pledge.acts, pledge.author_id) == (State.PROPOSED, Acts.AUTHOR, ana.row)
    await ben.taps("Ich bin dabei")
    (pledge,) = await pledges(desk)
    assert pledge.state is State.ACTIVE
    assert "1 schon da" in await types(desk, CARD), "importing twice changes nothing"
    assert not [label for label in desk.orga.buttons if "bernehmen" in label]
    assert await desk.rows(GuestUpload.kind) != [], "until it is dropped"


async def test_somebody_who_is_not_here_comes_with_a_link_of_their_own(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    assert "Ben Albrecht (neu)" in await types(desk, CARD)
    await desk.orga.taps("Übernehmen")
    assert "ist noch nicht hier" in await ana.taps("Ja, so ist es")
    assert await pledges(desk) == []
    await desk.orga.taps("Versprechen auf Papier")
    link = await desk.orga.taps("1 Link für Ben Albrecht")
    code = link.split("start=")[1].split()[0]
    ben = await guest(desk, desk.here, "Ben Albrecht")
    await ben.start(code)
    await ben.taps("Ja, das bin ich")
    assert "Ana Keller lädt dich zu einem Versprechen ein" in ben.screen()
    (pledge,) = await pledges(desk)
    assert (pledge.state, pledge.author_id, pledge.partner_id) == (State.PROPOSED, ana.row, ben.row)
    await ben.taps("Ich bin dabei")
    assert [each.state for each in await pledges(desk)] == [State.ACTIVE]


async def test_without_telegram_the_text_is_passed_on(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    await types(desk, CARD)
    await desk.orga.taps("Übernehmen")
    await ana.taps("Ja, so ist es")
    await ana.taps("Ohne Telegram weiter")
    entered = await desk.chosen(select(Person.name).where(Person.entered_by_id == ana.row))
    assert entered == ["Ben Albrecht"]
    assert "Ich rufe im Rathaus an." in ana.last


async def test_a_no_ends_it_and_it_does_not_come_back(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    await types(desk, CARD)
    await desk.orga.taps("Übernehmen")
    assert "dann gilt es nicht" in await ana.taps("Nein, so nicht")
    (paper,) = await desk.rows(PaperPledge.id)
    assert "nicht mehr aktuell" in await ana.sends_button_data(f"paper_yes:{paper}")
    assert "1 schon da" in await types(desk, CARD)
    assert await pledges(desk) == []


async def test_who_may_be_meant_is_shown_side_by_side_and_never_guessed(desk):
    one = await guest(desk, desk.here, "Ana Keller", place="Köln")
    await guest(desk, desk.here, "Ana Keller", place="Bonn")
    read = await types(desk, f"{CARD}\nKarla Weiß verspricht Ben Albrecht: Ich komme.\nDanke!")
    assert "1 neu · 0 schon da · 1 offen · 1 falsch" in read
    assert "Zeile 3: Das ist keine Karte." in read
    assert not [label for label in desk.orga.buttons if "bernehmen" in label], "not by half"
    shown = await desk.orga.taps("Zeile 1: Wer?")
    assert "1 Ana Keller · Köln · ist dabei\n2 Ana Keller · Bonn · ist dabei" in shown
    assert "2 neu · 0 schon da · 0 offen" in await desk.orga.taps("1 Ana Keller · Köln")
    (upload,) = await desk.rows(GuestUpload.id)
    again = await desk.orga.sends_button_data(f"paper_go:{upload}:00000000")
    assert "hat sich gerade geändert" in again
    assert await desk.rows(PaperPledge) == [], "another version than was shown"
    await desk.orga.taps("Ohne Falsches")
    assert "Darauf steht, du versprichst Ben Albrecht" in one.last
    assert {each.name for each in await desk.rows(Guest)} == {"Ana Keller", "Ben Albrecht", "Karla Weiß"}


async def test_a_card_may_be_left_out_and_all_may_be_dropped(desk):
    await guest(desk, desk.here, "Ana Kellner")
    assert "1 offen" in await types(desk, CARD)
    await desk.orga.taps("Zeile 1: Wer?")
    assert "0 neu · 0 schon da · 0 offen · 0 falsch · 1 ausgelassen" in await desk.orga.taps(
        "Karte auslassen"
    )
    await desk.orga.taps("Verwerfen")
    assert await desk.rows(GuestUpload.id) == []
    assert await desk.rows(Guest.id) == []


async def test_the_office_answers_for_an_mp_who_reads_it_too(desk):
    ben = await guest(desk, desk.here, "Ben Albrecht", role=Role.MP, role_confirmed=True)
    staff = await guest(desk, desk.here, "Frieda Vogt", role=Role.OFFICE)
    ana = await guest(desk, desk.here, "Ana Keller")
    await seated(desk, ben, staff)
    await types(desk, "Ben Albrecht verspricht Ana Keller: Ich komme vorbei.")
    await desk.orga.taps("Übernehmen")
    assert "Darauf steht, du versprichst Ana Keller" in ben.last
    assert "Für Ben Albrecht" in staff.last
    await staff.taps("Ja, so ist es")
    (pledge,) = await pledges(desk)
    assert (pledge.state, pledge.author_id, pledge.partner_id) == (State.PROPOSED, ben.row, ana.row)
    assert "Ja, so ist es" not in ben.buttons


async def test_only_the_two_of_a_card_may_answer_it(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    cem = await guest(desk, desk.here, "Cem Demir")
    await types(desk, CARD)
    await desk.orga.taps("Übernehmen")
    (paper,) = await desk.rows(PaperPledge.id)
    for data in (f"paper_yes:{paper}", f"paper_no:{paper}", f"paper_alone:{paper}"):
        assert "nicht mehr aktuell" in await cem.sends_button_data(data)
        assert "nicht mehr aktuell" in await cem.sends_button_data(data.replace(str(paper), "999"))
    await ana.says("/loeschen")
    await ana.taps("Ja, alles löschen")
    assert await desk.rows(PaperPledge) == []

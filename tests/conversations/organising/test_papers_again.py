"""Cards of paper that come again, of one person under two names, of a day gone by, and with somebody who has left."""

import threading
from datetime import date

import pytest
from sqlalchemy import select

from db.models import Guest, PaperPledge, Person, PersonalCode
from domain.paper import KnownNames
from domain.roles import Role
from tests.cast import guest, open_workshop
from tests.conversations.offices import seated
from tests.conversations.organising.test_papers import CARD, pledges, types
from tests.databases import make_sure_others_may_write

OVER = "Aus der Karte wird kein Versprechen"


@pytest.fixture
async def desk(sqlite_world):
    sqlite_world.here = await open_workshop(sqlite_world)
    sqlite_world.orga = await sqlite_world.organiser()
    return sqlite_world


async def code_for(world, name):
    """The code of the link that the organiser makes for a guest on a card."""
    await world.orga.sends_button_data(f"papers:{world.here}:0")
    label = next(each for each in world.orga.buttons if each.endswith(f"Link für {name}"))
    return (await world.orga.taps(label)).split("start=")[1].split()[0]


async def test_nobody_is_two_guests_and_promises_to_themselves(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    await types(desk, CARD)
    await desk.orga.taps("Übernehmen")
    await ana.taps("Ja, so ist es")
    assert "1 wartet auf ein Ja · 0 erledigt" in await desk.orga.taps("Versprechen auf Papier")
    await ana.start(await code_for(desk, "Ben Albrecht"))
    assert "Auf der Gästeliste stehst du schon" in ana.last
    assert "Empfang" in ana.last
    assert await pledges(desk) == []
    assert {each.name: each.person_id for each in await desk.rows(Guest)}["Ben Albrecht"] is None


async def test_nor_by_two_links_that_were_opened_before_either_was_answered(desk):
    await types(desk, f"{CARD}\nAna Keller-Weiß verspricht Ben Albrecht: Ich komme.")
    await desk.orga.taps("Übernehmen")
    ana = await guest(desk, desk.here, "Anna Weber")
    yes = []
    for name in ("Ana Keller", "Ben Albrecht"):
        await ana.start(await code_for(desk, name))
        yes.append(next(data for _, data in ana.newest.keyboard if data.startswith("guest_yes:")))
    for data in yes:
        await ana.sends_button_data(data)
    assert "Auf der Gästeliste stehst du schon" in ana.screen()
    assert [each.name for each in await desk.rows(Guest) if each.person_id] == ["Ana Keller"]
    assert sum(each.used_at is not None for each in await desk.rows(PersonalCode)) == 1


async def test_whoever_is_listed_twice_by_one_name_has_both_rows(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    await types(desk, CARD)
    await desk.orga.taps("Übernehmen")
    await desk.add(_listed(desk, "Dr. Ana Keller"))
    (twice,) = [each.id for each in await desk.rows(Guest) if each.name == "Dr. Ana Keller"]
    link = await desk.orga.sends_button_data(f"guest_link:{twice}")
    await ana.start(link.split("start=")[1].split()[0])
    await ana.taps("Ja, das bin ich")
    assert [each.name for each in await desk.rows(Guest) if each.person_id] == [
        "Ana Keller",
        "Dr. Ana Keller",
    ]


async def test_a_card_of_which_both_sides_are_mine_is_not_for_me_to_answer(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    both = [_listed(desk, name, person_id=ana.row) for name in ("Ana Keller", "Ana Weiß")]
    await desk.add(*both)
    first, second = await desk.rows(Guest.id)
    await desk.add(
        PaperPledge(first_id=first, second_id=second, acts="author", text="Ich.", made_at=desk.clock.now())
    )
    for verb in ("paper", "paper_yes", "paper_alone", "paper_no"):
        assert "nicht mehr aktuell" in await ana.sends_button_data(f"{verb}:1")
    assert await pledges(desk) == []


def _listed(world, name, **more):
    about = {
        "workshop_id": world.here,
        "organisation": "",
        "place": "",
        "land": "",
        "made_at": world.clock.now(),
    }
    return Guest(name=name, **about, **more)


async def test_picked_once_it_is_there_once_it_is_picked_again(desk):
    await guest(desk, desk.here, "Ana Keller", place="Köln")
    await guest(desk, desk.here, "Ben Albrecht")
    for said in ("1 neu · 0 schon da", "0 neu · 1 schon da"):
        await types(desk, CARD.replace("Ana Keller", "Anna Keler"))
        await desk.orga.taps("Zeile 1: Wer?")
        assert said in await desk.orga.taps("1 Ana Keller · Köln")
        if "Übernehmen" in desk.orga.buttons:
            await desk.orga.taps("Übernehmen")
    assert len(await desk.rows(PaperPledge.id)) == 1


async def test_it_is_there_also_if_the_guest_list_calls_somebody_otherwise(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    await guest(desk, desk.here, "Ben Albrecht")
    await desk.add(_listed(desk, "Ana Keller-Weiß", person_id=ana.row))
    await types(desk, CARD)
    await desk.orga.taps("Übernehmen")
    assert "0 neu · 1 schon da" in await types(desk, CARD)


async def test_its_day_is_read_as_on_the_day_it_was_entered(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    await guest(desk, desk.here, "Ben Albrecht")
    await types(desk, CARD.replace("im Rathaus", "bis zum 20. April im Rathaus"))
    await desk.orga.taps("Übernehmen")
    assert "Euer Tag: 12. Oktober" in ana.last, "too near, so it is the usual one, and is said"
    await desk.clock.advance(days=9)
    await ana.taps("Ja, so ist es")
    (pledge,) = await pledges(desk)
    assert pledge.deadline == date(2027, 10, 21)


@pytest.mark.parametrize("waited", [False, True])
async def test_with_somebody_who_has_left_it_ends_and_nobody_is_entered(desk, waited):
    ana = await guest(desk, desk.here, "Ana Keller")
    ben = await guest(desk, desk.here, "Ben Albrecht")
    await types(desk, CARD)
    await desk.orga.taps("Übernehmen")
    await ben.says("/widerruf")
    await ben.taps("Nein: Vernetzen und Erinnern")
    said = await (ana.sends_button_data("paper_alone:1") if waited else ana.taps("Ja, so ist es"))
    assert "Aus der Karte wird kein Versprechen" in said
    assert "noch nicht hier" not in said
    assert await desk.chosen(select(Person.id).where(Person.entered_by_id.is_not(None))) == []
    assert "nicht mehr aktuell" in await ana.sends_button_data("paper_alone:1")


async def test_the_event_loop_and_other_writers_go_on_while_names_are_matched(desk, tmp_path, monkeypatch):
    threads, meant = [], KnownNames.meant

    def watch(*args):
        threads.append(threading.current_thread())
        make_sure_others_may_write(tmp_path)
        return meant(*args)

    monkeypatch.setattr(KnownNames, "meant", watch)
    await guest(desk, desk.here, "Ana Kellner")
    assert "1 offen" in await types(desk, CARD)
    await desk.orga.taps("Zeile 1: Wer?")
    await desk.orga.taps("1 Ana Kellner")
    await desk.orga.taps("Übernehmen")
    assert len(await desk.rows(PaperPledge)) == 1
    assert threads
    assert threading.main_thread() not in threads


async def test_a_no_shows_on_the_card_of_the_other_too(desk):
    ana = await guest(desk, desk.here, "Ana Keller")
    await types(desk, CARD)
    await desk.orga.taps("Übernehmen")
    ben = await guest(desk, desk.here, "Ben Albrecht")
    await ben.start(await code_for(desk, "Ben Albrecht"))
    await ben.taps("Ja, das bin ich")
    before = len(ana.messages)
    assert "Ja, so ist es" in ana.buttons
    assert "Gut, dann gilt es nicht" in await ben.taps("Nein, so nicht")
    assert OVER in ana.last
    assert "Ja, so ist es" not in ana.buttons
    assert len(ana.messages) == before, "in the same message"
    assert OVER not in ben.screen()


async def test_that_it_is_over_shows_on_each_card_of_an_mp_and_the_office(desk):
    ben = await guest(desk, desk.here, "Ben Albrecht", role=Role.MP, role_confirmed=True)
    staff = await guest(desk, desk.here, "Frieda Vogt", role=Role.OFFICE)
    ana = await guest(desk, desk.here, "Ana Keller")
    await seated(desk, ben, staff)
    await types(desk, "Ben Albrecht verspricht Ana Keller: Ich komme vorbei.")
    await desk.orga.taps("Übernehmen")
    await ben.sends_button_data("paper:1")
    await staff.sends_button_data("paper:1")
    await ana.says("/widerruf")
    await ana.taps("Nein: Vernetzen und Erinnern")
    assert OVER in await staff.taps("Ja, so ist es")
    for each in (ben, staff):
        assert each.screen().count(OVER) == 2, each.screen()
        assert "Darauf steht" not in each.screen()
    assert OVER not in ana.screen(), "nobody writes to whoever has left"

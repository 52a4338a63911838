"""Claimed mandates: confirmed by organisers who know whom they see, and every look at somebody is written down."""

import pytest

from db.models import Audit, Person
from domain.roles import Role
from domain.team import TeamRole
from tests.cast import gather, guest, open_workshop
from tests.conversations.organising.test_participants import on_team


async def test_a_claimed_mandate_counts_once_an_organiser_said_so(world):
    await world.workshop()
    ana = await world.joined_already("Ana Keller", seeks="Ehrenamt")
    ben = await world.joined_already("Ben Albrecht", role="mp", place="Nordtal", seeks="Ehrenamt")
    assert "noch nicht bestätigt" in await ben.says("/profil")
    assert "Ben" not in await ana.says("/partner")
    orga = await world.organiser()
    await orga.says("/orga")
    assert "Rollen bestätigen (1)" in orga.buttons
    card = await orga.sends_button_data("claims")
    assert card.startswith("Ein Mandat zu bestätigen\nBen Albrecht · ")
    assert "Noch nicht bestätigt" in card
    assert "Selbst angegeben, noch ungeprüft." in card
    await orga.taps("Bestätigen")
    assert "Bestätigt. Ben Albrecht weiß Bescheid." in orga.last
    assert "Du bist bestätigt." in ben.last
    assert "noch nicht bestätigt" not in await ben.says("/profil")
    assert "Ben Albrecht" in await ana.says("/partner")
    assert "Noch nicht bestätigt" not in ana.heard


async def test_not_confirmed_is_said_kindly_and_can_be_mended_at_reception(sqlite_world):
    world = sqlite_world
    ben = await world.joined_already("Ben Albrecht", role="mp", voice="sie")
    await world.joined_already("Cem Demir", role="mp")
    orga = await world.organiser()
    await orga.sends_button_data("claims")
    assert "Danach wartet noch 1 Mensch." in await orga.taps("Ben Albrecht")
    told = await orga.taps("Nicht bestätigen")
    assert "Nicht bestätigt. Ben Albrecht ist an den Empfang eingeladen." in told
    assert "Bitte kommen Sie kurz am Empfang vorbei" in ben.last
    assert "noch nicht bestätigt" in await ben.says("/profil")
    await orga.taps("Doch bestätigen")
    assert "Sie sind bestätigt." in ben.last
    assert "Cem Demir" in await orga.taps("Weitere Rollen (1)")


async def test_whoever_stands_at_reception_is_found_by_name(world):
    names = ("Örs Kaya", "Ben Albrecht", "Paul Zorn", "Ada Yilmaz", "Cem Demir", "Eva Sommer", "Ida Roth",
             "Olga Braun", "Tim Vogt", "Ben Albrecht")  # fmt: skip
    await world.workshop()
    people = await gather(
        world,
        **{
            str(n): {"name": name, "role": Role.MP, "place": "Erfurt" if n else "Dresden"}
            for n, name in enumerate(names)
        },
    )
    orga = await world.organiser()
    await orga.says("/orga")
    listed = await orga.taps("Rollen bestätigen (10)")
    assert listed == "Mandate zu bestätigen (1/2)\n10 Menschen warten. Wer steht vor dir?"
    assert orga.buttons[0] == "1. Ada Yilmaz · Erfurt"
    assert orga.buttons[7:] == ["8. Örs Kaya · Dresden", "Weiter", "Jemanden suchen", "Zum Menü"]
    assert "(2/2)" in await orga.taps("Weiter")
    assert orga.buttons == [
        "9. Paul Zorn · Erfurt",
        "10. Tim Vogt · Erfurt",
        "Zurück",
        "Jemanden suchen",
        "Zum Menü",
    ]
    await orga.taps("Zurück")
    assert "Örs Kaya" in await orga.taps("Örs Kaya")
    assert "Selbst angegeben, noch ungeprüft." in orga.last
    await orga.taps("Bestätigen", message=orga.newest)
    assert "Du bist bestätigt." in people["0"].last
    again = await orga.taps("Weitere Rollen (9)")
    assert "9 Menschen warten." in again
    assert not orga.newest.data_of("Örs Kaya")
    assert len(await world.rows(Audit.id)) == 8 + 2 + 8 + 2 + 8, "each name on a page is a look at somebody"


async def test_a_list_that_has_become_shorter_shows_who_is_left(sqlite_world):
    world = sqlite_world
    await world.workshop()
    ben = await world.joined_already("Ben Albrecht", role="mp")
    orga = await world.organiser()
    assert "1 Mensch wartet." in await orga.sends_button_data("claims_page:7")
    assert "1. Ben Albrecht · Dresden" in orga.buttons
    await orga.sends_button_data("claims")
    await orga.taps("Bestätigen")
    assert "Gerade wartet niemand." in await orga.sends_button_data("claims_page:7")
    assert "noch nicht" not in await ben.says("/profil")


async def test_another_name_has_to_be_confirmed_anew(sqlite_world):
    world = sqlite_world
    ben = await world.joined_already("Ben Albrecht", role="mp")
    orga = await world.organiser()
    await orga.sends_button_data("claims")
    await orga.taps("Bestätigen")
    await ben.says("/profil")
    await ben.taps_data("edit:name")
    assert "noch nicht bestätigt" in await ben.says("Ben Neumann")
    assert "Ben Neumann" in await orga.sends_button_data("claims")


@pytest.mark.parametrize("decision", ["Bestätigen", "Nicht bestätigen"])
async def test_only_what_was_shown_is_decided_about(sqlite_world, decision):
    """Whoever takes another name while the organiser looks is confirmed under neither."""
    world = sqlite_world
    ben = await world.joined_already("Ben Albrecht", role="mp")
    orga = await world.organiser()
    await orga.sends_button_data("claims")
    claim = orga.newest
    assert "Ben Albrecht" in claim.text
    await ben.says("/profil")
    await ben.taps_data("edit:name")
    await ben.says("Olaf Neumann")
    again = await orga.taps(decision, message=claim)
    assert "Olaf Neumann" in again
    assert "Seit der letzten Anzeige geändert." in again
    assert set(await world.rows(Person.role_confirmed)) == {None}
    assert await world.count(Audit) == 2, "each was a look at somebody"
    await orga.taps(decision)
    assert set(await world.rows(Person.role_confirmed)) == {None, decision == "Bestätigen"}


async def test_a_look_at_somebody_is_written_down(sqlite_world):
    world = sqlite_world
    ben = await world.joined_already("Ben Albrecht", role="mp")
    orga = await world.organiser()
    await orga.sends_button_data("claims")
    await orga.taps("Bestätigen")
    assert "Blicke des Teams: 2" in await ben.says("/auskunft")


async def test_organisers_are_told_that_a_name_looks_like_a_confirmed_one(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    await guest(world, workshop, "Karl Muster", role=Role.MP, role_confirmed=True)
    posing = await guest(world, workshop, "Кarl Muster", role=Role.MP)
    await guest(world, workshop, "Eva Sommer", role=Role.MP)
    orga = await world.organiser()
    alike = "Der Name sieht aus wie der von jemandem, der schon bestätigt ist."
    assert alike in await orga.sends_button_data(f"claim:{posing.row}")
    await orga.taps("Weitere Rollen (1)")
    assert alike not in await orga.taps("Eva Sommer")


async def test_there_is_a_way_back_for_somebody_not_confirmed_by_mistake(sqlite_world):
    """Also once the card is far up in the chat: from the list, and when others wait."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ben = await guest(world, workshop, "Ben Albrecht", role=Role.MP, role_confirmed=True)
    orga = await world.organiser()
    assert "Gerade wartet niemand." in await orga.sends_button_data("claims")
    assert orga.buttons == ["Jemanden suchen", "Zum Menü"]
    await orga.sends_button_data(f"claim:{ben.row}")
    await orga.taps("Doch nicht bestätigen")
    assert "Gerade wartet niemand." in await orga.sends_button_data("claims")
    listed = await orga.taps("Nicht Bestätigte zeigen")
    assert listed.startswith("Nicht bestätigt (1/1)\n1 Mensch.")
    await orga.taps("Ben Albrecht")
    await orga.taps("Doch bestätigen")
    assert set(await world.rows(Person.role_confirmed)) == {True, None}
    assert "Du bist bestätigt." in ben.last
    assert "Gerade wartet niemand." in await orga.sends_button_data("claims_refused:0"), (
        "nobody is left there"
    )


async def test_whoever_waits_does_not_hide_those_not_confirmed(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    await guest(world, workshop, "Ben Albrecht", role=Role.MP, role_confirmed=False)
    await guest(world, workshop, "Cem Demir", role=Role.MP)
    orga = await world.organiser()
    assert "1 Mensch wartet." in await orga.sends_button_data("claims")
    assert orga.buttons == [
        "1. Cem Demir · Dresden",
        "Nicht Bestätigte zeigen",
        "Jemanden suchen",
        "Zum Menü",
    ]
    await orga.taps("Nicht Bestätigte zeigen")
    assert orga.buttons[0] == "1. Ben Albrecht · Dresden"


# --- organisers hear of it


def notes(orga):
    return [
        each.text.split("\n")[0] for each in orga.messages if "auf Bestätigung" in each.text.split("\n")[0]
    ]


async def test_organisers_hear_that_somebody_waits(sqlite_world, clock):
    """One note for all, at most every ten minutes; none about those they were told of, or who are decided."""
    world = sqlite_world
    orga = await world.organiser()
    await world.joined("Ana Keller")
    assert notes(orga) == []
    ben = await world.joined("Ben Albrecht", role="mp")
    assert notes(orga) == ["1 Rolle wartet auf Bestätigung"]
    assert orga.with_data("claims").buttons == ["Rollen bestätigen (1)"]
    await ben.says("/profil")
    await world.joined("Cem Demir", role="mp")
    await world.joined("Dora Lenz", role="mp")
    assert len(notes(orga)) == 1
    await clock.advance(minutes=10)
    assert notes(orga)[1:] == ["3 Rollen warten auf Bestätigung"]
    await ben.says("/profil")
    await clock.advance(hours=1)
    assert len(notes(orga)) == 2


async def test_nobody_waits_before_they_have_a_name(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    ben = await world.joined("Ben Albrecht", role="mp", until="name")
    assert notes(orga) == []
    await orga.says("/orga")
    assert "Rollen bestätigen (0)" in orga.buttons
    await ben.says("Ben Albrecht")
    assert notes(orga) == ["1 Rolle wartet auf Bestätigung"]


async def test_a_note_that_is_out_of_date_is_not_sent(sqlite_world, clock):
    world = sqlite_world
    orga = await world.organiser()
    await world.joined("Ben Albrecht", role="mp")
    await orga.taps("Rollen bestätigen")
    await orga.taps("Bestätigen")
    await world.joined("Cem Demir", role="mp")
    await orga.sends_button_data("claims")
    await orga.taps("Bestätigen")
    await clock.advance(minutes=11)
    assert notes(orga) == []
    assert [each.text.split("\n")[0] for each in orga.messages].count("Keine Rolle wartet mehr") == 1


@pytest.mark.parametrize("decision", ["Bestätigen", "Nicht bestätigen"])
async def test_what_a_colleague_has_decided_waits_on_nobody_s_phone(world, decision):
    orga = await world.organiser()
    workshop = await open_workshop(world)
    rike = await on_team(world, "Rike Vogel", TeamRole.RECEPTION, workshop)
    ben = await guest(world, workshop, "Ben Albrecht", role=Role.MP)
    await ben.says("/profil")
    for each in (orga, rike):
        assert notes(each) == ["1 Rolle wartet auf Bestätigung"]
    heard = len(rike.messages)
    await orga.taps("Rollen bestätigen (1)")
    await orga.taps(decision)
    for each in (orga, rike):
        assert notes(each) == []
        assert "Keine Rolle wartet mehr" in [said.text.split("\n")[0] for said in each.messages]
    assert len(rike.messages) == heard, "without a sound"


@pytest.mark.parametrize("way", ["role", "erased"])
async def test_whoever_takes_the_claim_back_or_leaves_waits_on_nobody_s_phone(sqlite_world, way):
    world = sqlite_world
    orga = await world.organiser()
    ben = await guest(world, await open_workshop(world), "Ben Albrecht", role=Role.MP)
    heard = len(orga.messages)
    assert notes(orga) == ["1 Rolle wartet auf Bestätigung"]
    if way == "role":
        await ben.sends_button_data("edit:role")
        await ben.taps("Verein oder Initiative")
    else:
        await ben.says("/loeschen")
        await ben.taps("Ja, alles löschen")
    assert notes(orga) == []
    assert orga.last.startswith("Keine Rolle wartet mehr")
    assert len(orga.messages) == heard, "without a sound"


async def test_the_last_note_says_who_still_waits_and_whoever_claims_again_is_told_of(sqlite_world, clock):
    world = sqlite_world
    orga = await world.organiser()
    for name in ("Ben Albrecht", "Cem Demir", "Dora Lenz"):
        person = await world.joined(name, role="mp")
    await clock.advance(minutes=10)
    await orga.taps("Rollen bestätigen (3)")
    await orga.taps("Ben Albrecht")
    await orga.taps("Bestätigen")
    assert notes(orga) == ["2 Rollen warten auf Bestätigung"], "the first is settled, the last goes on"
    await orga.taps("Weitere Rollen (2)")
    await orga.taps("Dora Lenz")
    await orga.taps("Nicht bestätigen")
    assert notes(orga) == ["1 Rolle wartet auf Bestätigung"]
    await person.says("/profil")
    await person.taps_data("edit:name")
    await person.says("Dora Neumann")
    await clock.advance(minutes=11)
    assert notes(orga)[1:] == ["2 Rollen warten auf Bestätigung"]

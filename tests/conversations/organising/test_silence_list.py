"""Silences on the care list: told once a month with all that is new, named on a tap, nothing of what was promised, and
every look noted.
"""

from datetime import datetime

import pytest
from sqlalchemy import select, update

from db.models import Audit, Person, Pledge
from tests.cast import guest, open_workshop
from tests.clock import BERLIN
from tests.conversations.silences import silent_pledge, two

NOTE = (
    "Neu in den Aufgaben\n"
    "Das wartet auf euch:\n"
    "Länger still: 1\n"
    "Diese Nachricht kommt höchstens einmal im Monat."
)
MAY = datetime(2027, 5, 3, 12, tzinfo=BERLIN)  # a Monday, after a holiday and a weekend
JUNE = datetime(2027, 6, 1, 12, tzinfo=BERLIN)


async def hinted(world, *silent):
    """Ben, or those named, have been silent since December, and the others of the two are told in April."""
    ana, ben = await two(world)
    orga = await world.organiser()
    number = await silent_pledge(world, ben, ana, *([ana, ben] if silent else [ben]))
    await world.clock.advance(hours=2)
    return orga, ana, ben, number


async def later(world, moment):
    """At that moment, without all that could have come in between."""
    world.clock.skip(moment - world.clock.now())
    await world.clock.advance(minutes=1)


def notes(orga):
    return [each.text for each in orga.messages if each.text.startswith("Neu in den Aufgaben")]


async def names(orga):
    return await orga.sends_button_data("care_list:silence:0")


async def looks_at(world, person):
    return await world.chosen(select(Audit.action).where(Audit.person_id == person.row))


async def test_the_team_hears_after_the_other_party_and_sees_names_on_a_tap(world):
    orga, ana, ben, _number = await hinted(world)
    assert notes(orga) == []
    await later(world, MAY)
    assert notes(orga) == [NOTE]
    assert await looks_at(world, ben) == []
    assert "1. Ben Albrecht · Werkstatt Berlin · seit" in await names(orga)
    assert (await looks_at(world, ben), await looks_at(world, ana)) == (["saw care list"], [])
    assert "Ehrenamt" not in orga.screen(), "nothing of what was promised"


async def test_it_is_told_once_and_not_before_the_other_has_known_for_two_weeks(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    orga = await world.organiser()
    await later(world, datetime(2027, 4, 20, 12, tzinfo=BERLIN))
    await silent_pledge(world, ben, ana, ben)
    await world.clock.advance(minutes=1)
    await later(world, MAY)
    assert notes(orga) == [], "Ana has known for thirteen days"
    for moment in (JUNE, JUNE.replace(day=2), JUNE.replace(day=20), JUNE.replace(month=7)):
        await later(world, moment)
        assert len(notes(orga)) == 1


async def test_late_in_the_month_nobody_is_told_and_the_care_list_has_it(sqlite_world):
    world = sqlite_world
    orga, *_ = await hinted(world)
    await later(world, MAY.replace(day=12))
    assert notes(orga) == []
    assert "1. Ben Albrecht" in await names(orga)


async def test_after_a_month_without_a_message_the_silences_of_both_are_told_once(sqlite_world):
    world = sqlite_world
    orga, ana, _ben, _number = await hinted(world)
    await later(world, MAY.replace(day=20))
    cem = await guest(world, 1, "Cem Demir", place="Nirgendwo")
    await silent_pledge(world, cem, ana, cem)
    await later(world, MAY.replace(day=21))
    await later(world, JUNE.replace(day=20))
    for month in (7, 8):
        await later(world, JUNE.replace(month=month, day=2))
    (note,) = notes(orga)
    assert "Länger still: 2" in note


async def test_whoever_is_back_is_on_no_list_any_more(sqlite_world):
    world = sqlite_world
    orga, _ana, ben, number = await hinted(world)
    await later(world, MAY)
    await ben.sends_button_data(f"pledge:{number}")
    assert "Hier wartet nichts mehr." in await names(orga)
    assert await looks_at(world, ben) == []


async def test_silences_of_several_workshops_are_one_message(sqlite_world):
    world = sqlite_world
    orga, ana, _ben, _number = await hinted(world)
    other = await open_workshop(world, title="Werkstatt Bonn", code="GHJKLM")
    cem = await guest(world, other, "Cem Demir", place="Nirgendwo")
    await silent_pledge(world, cem, ana, cem)
    async with world.database.writer.begin() as session:
        await session.execute(update(Pledge).where(Pledge.author_id == cem.row).values(workshop_id=other))
    await world.clock.advance(minutes=1)
    await later(world, MAY)
    (note,) = notes(orga)
    assert "Länger still: 2" in note
    named = await names(orga)
    assert "Ben Albrecht · Werkstatt Berlin" in named
    assert "Cem Demir · Werkstatt Bonn" in named


async def test_two_who_are_in_touch_are_nobodys_business(sqlite_world):
    orga, ana, _ben, _number = await hinted(sqlite_world)
    await ana.taps("Wir sind in Kontakt")
    await later(sqlite_world, MAY)
    assert notes(orga) == []


async def test_two_silent_parties_are_two_names(sqlite_world):
    orga, *_ = await hinted(sqlite_world, "both")
    await later(sqlite_world, MAY)
    assert "Länger still: 2" in notes(orga)[0]
    said = await names(orga)
    assert "Ana Keller" in said
    assert "Ben Albrecht" in said


async def test_somebody_who_is_silent_about_several_pledges_is_named_once(sqlite_world):
    orga, _ana, ben, _number = await hinted(sqlite_world)
    cem = await guest(sqlite_world, 1, "Cem Demir", place="Nirgendwo")
    await silent_pledge(sqlite_world, ben, cem, ben)
    await sqlite_world.clock.advance(hours=2)
    await later(sqlite_world, MAY)
    assert "Länger still: 1" in notes(orga)[0]
    assert (await names(orga)).count("Ben Albrecht") == 1


@pytest.mark.parametrize("away", ["paused", "unreachable"])
async def test_an_organiser_who_is_away_gets_none(sqlite_world, away):
    world = sqlite_world
    orga, *_ = await hinted(world)
    since = {"paused": True} if away == "paused" else {"unreachable_since": world.clock.now()}
    async with world.database.writer.begin() as session:
        await session.execute(update(Person).where(Person.chat_id == orga.id).values(**since))
    await later(world, MAY)
    assert notes(orga) == []


async def test_only_organisers_see_names(sqlite_world):
    world = sqlite_world
    _orga, ana, ben, _number = await hinted(world)
    await later(world, MAY)
    for person in (ana, await guest(world, 1, "Cem Demir")):
        assert "nicht mehr aktuell" in await person.sends_button_data("care_list:silence:0")
    assert await looks_at(world, ben) == []


async def test_an_erased_person_is_taken_from_the_list_that_stands_in_the_chat(sqlite_world):
    world = sqlite_world
    orga, _ana, ben, _number = await hinted(world)
    await later(world, MAY)
    await names(orga)
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    await world.quiet()
    assert "Ben" not in orga.screen()


async def test_the_walker_stops_where_the_list_goes_out(sqlite_world):
    world = sqlite_world
    orga, ana, ben, _number = await hinted(world)
    async with world.database.writer.begin() as session:
        await session.execute(update(Person).where(Person.id == ana.row).values(paused=True))
    await world.clock.to(datetime(2027, 5, 3, 10, 1, tzinfo=BERLIN))
    assert notes(orga) == [NOTE]
    assert len(ben.messages) == 1, "Ben was asked nothing meanwhile"


async def test_asking_why_there_was_no_question_is_no_way_round_it(sqlite_world):
    world = sqlite_world
    orga, *_ = await hinted(world)
    await orga.says("/orga")
    await orga.taps("Warum keine Frage?")
    heard = await orga.says("Ben Albrecht")
    assert "Versprechen 1: Zuletzt gefragt am " in heard
    assert " Zurzeit steht keine Frage an." in heard
    assert "still" not in orga.last

"""Two round tables, or a table and a talk, at the same time: nobody is asked to both, or says yes to both."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from db.models import Introduction, Invited, Roundtable, RoundtableSeat
from tests.conversations.organising.test_roundtables import asked, hall, planned, say_yes
from tests.conversations.organising.test_timetable import both_say_yes

NEW = "roundtable_new:1:ehrenamt"


async def test_a_second_tap_shows_the_table_that_is_planned_already(sqlite_world):
    orga, _ = await hall(sqlite_world)
    card = await planned(orga)
    await orga.sends_button_data(NEW)
    assert orga.last == card
    assert len(await sqlite_world.rows(Roundtable)) == 1


async def test_whoever_is_asked_to_one_is_asked_to_none_meanwhile(sqlite_world):
    orga, _ = await hall(sqlite_world)
    await asked(orga)
    await orga.sends_button_data(NEW)
    assert "Heute um 10:30 Uhr, Stehtisch 2" in orga.last, "when the first is over"
    await orga.taps("Zeit ändern")
    await orga.taps("10 Uhr")
    assert "Seit dem letzten Blick" in await orga.taps("Jetzt fragen (5)")
    assert "Ana" not in orga.last


async def second(orga, people):
    """The seats of the second table, to which those are asked who said no to the first."""
    await asked(orga)
    for each in people:
        await each.taps("Lieber nicht")
    await orga.sends_button_data(NEW)
    assert "Heute um 9:30 Uhr, Stehtisch 2" in orga.last
    await orga.taps_data("roundtable_go")


async def test_of_two_tables_at_once_one_gets_a_yes(sqlite_world):
    orga, (ana, ben, cem, *_) = await hall(sqlite_world)
    await second(orga, (ana, ben, cem))
    await say_yes(ana)
    (first,) = [
        each.id
        for each in await sqlite_world.rows(RoundtableSeat)
        if (each.roundtable_id, each.person_id) == (1, ana.row)
    ]
    await ana.sends_button_data(f"roundtable_yes:{first}")
    assert "Um diese Zeit hast du schon etwas vor" in ana.last
    states = [each.state for each in await sqlite_world.rows(RoundtableSeat) if each.person_id == ana.row]
    assert states == [Invited.NO, Invited.YES]


@pytest.mark.parametrize(("minutes", "is_free"), [(-15, True), (-10, False), (40, False), (45, True)])
async def test_nor_to_a_table_during_a_talk(sqlite_world, minutes, is_free):
    orga, (ana, ben, *_) = await hall(sqlite_world)
    await asked(orga)
    (table,) = await sqlite_world.rows(Roundtable)
    async with sqlite_world.database.writer.begin() as session:
        await both_say_yes(session, sqlite_world.clock.now(), ana.row, ben.row)
        at = table.starts_at + timedelta(minutes=minutes)
        await session.execute(update(Introduction).values(slot_at=at, slot_table=1))
    await say_yes(ana)
    assert ("Du bist dabei" in ana.last) is is_free
    assert ("Um diese Zeit hast du schon etwas vor" in ana.last) is not is_free

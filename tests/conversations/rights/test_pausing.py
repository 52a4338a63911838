"""Pauses: quiet until their day, or until somebody comes back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from db.models import Interest, Person
from domain.outcomes.choices import Direction
from tests.cast import gather
from tests.conversations.rights.canary import pair, story


@pytest.mark.parametrize(("label", "weeks"), [("1 Woche", 1), ("2 Wochen", 2), ("4 Wochen", 4)])
async def test_a_pause_is_quiet_and_ends_on_its_day(sqlite_world, clock, label, weeks):
    world = sqlite_world
    ana, ben = await pair(world)
    assert "Eine Weile Ruhe?" in await ana.says("/pause")
    until = clock.local + timedelta(weeks=weeks)
    assert f"Bis {until.day}. " in await ana.taps(label)
    assert "Ana Keller" not in await ben.says("/partner")
    assert "Du machst gerade Pause." in await ana.says("/pause")
    await clock.advance(weeks=weeks, minutes=1)
    assert "Eine Weile Ruhe?" in await ana.says("/pause")


async def test_an_open_pause_ends_with_weiter(sqlite_world, clock):
    world = sqlite_world
    ana, ben = await pair(world)
    await story(world, ana, ben)
    await ana.says("/pause")
    assert "bis du mit Weiter zurückkommst" in await ana.taps("Bis ich mich melde")
    before = len(ana.messages)
    await clock.advance(months=3)
    assert len(ana.messages) == before
    assert len(ben.messages) > 0, "the other is asked all the same"
    assert "Es gibt nichts nachzuholen." in await ana.taps("Weiter")


async def test_no_pause_after_all_leaves_everything_as_it_is(sqlite_world):
    ana, _ = await pair(sqlite_world)
    await ana.says("/pause")
    question = ana.newest
    assert (await ana.taps("Keine Pause")).startswith("Gut, alles bleibt, wie es ist.")
    await ana.says("/pause")
    await ana.taps("1 Woche")
    assert "Du machst gerade Pause." in await ana.taps("Keine Pause", message=question)


async def test_who_rests_is_told_how_to_hear_of_people_again_and_then_does(sqlite_world, clock):
    world = sqlite_world
    people = await gather(world, ana={"name": "Ana Keller"})
    ana = people["ana"]
    async with world.database.writer.begin() as session:
        own = select(Person).where(Person.chat_id == ana.id).options(selectinload(Person.interests))
        a = (await session.scalars(own)).one()
        a.interests = [Interest(direction=Direction.SEEKS, topic="ehrenamt")]
    await ana.says("/pause")
    await ana.taps("Bis ich mich melde")
    heard = await ana.says("/partner")
    assert "Ich melde mich, sobald" not in heard
    assert "Mit Weiter bist du sofort zurück." in heard
    await world.joined_already("Ben Albrecht", seeks="Ehrenamt")
    await world.walk.run_due()
    await world.quiet()
    assert "Ben Albrecht" not in ana.last
    await ana.taps("Weiter")
    await world.walk.run_due()
    await world.quiet()
    assert "Ben Albrecht" in ana.last

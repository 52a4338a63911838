"""A downtime, a pause and a block lose no question and flood nobody."""

from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from actions.exchange import passes
from actions.pledging.nudges import nudges
from bot.app import operator_of
from tests.cast import BUS, guest, open_workshop, pair, sealed_pledge
from tests.clock import BERLIN
from tests.conversations.pledges import a_month_on, answers, asked, planned, questions
from tests.databases import opened


@asynccontextmanager
async def another_process(world):
    """The database while the bot is stopped."""
    database = opened(world._database_url)
    yield database
    await database.close()


async def sleep(world, **time):
    """The bot is stopped, the clock goes on without it, the bot starts again."""
    await world.halt()
    world.clock._to(world.clock.now() + timedelta(**time))
    await world.run()
    await world.clock.advance(seconds=1)


@pytest.mark.parametrize("days", [46, 60])
async def test_after_a_downtime_everybody_is_asked_once_and_in_office_hours(sqlite_world, days):
    """The questions of the first week and the first month fell due meanwhile."""
    world = sqlite_world
    workshop = await open_workshop(world)
    names = ("Ana Keller", "Ben Albrecht", "Cem Demir", "Eva Funke")
    ana, ben, cem, eva = [await guest(world, workshop, name) for name in names]
    await sealed_pledge(world, ben, ana)
    await sealed_pledge(world, cem, eva, BUS)
    await sleep(world, days=days, hours=2)
    for each in (ana, ben, cem, eva):
        (when,) = await questions(world, each)
        assert when.weekday() < 5
        assert 10 <= when.hour < 18


@pytest.mark.parametrize(
    ("hours", "on"),
    [(6.5, "05-12 16:30"), (9.5, "05-13 10:00"), (54.5, "05-14 16:30"), (78.5, "05-18 10:00")],
)
async def test_a_deadline_in_a_downtime_is_asked_about_on_the_next_occasion(sqlite_world, hours, on):
    """The bot stops on the morning of the day, a Wednesday, and comes back later. The Monday after is a holiday."""
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana, months=1)
    await world.clock.to(datetime(2027, 5, 12, 9, 59, tzinfo=BERLIN))
    before = len(await questions(world, ben))
    await sleep(world, hours=hours, minutes=1)
    await world.clock.advance(days=3)
    asked_at = (await questions(world, ben))[before:]
    assert [when.strftime("%m-%d %H:%M") for when in asked_at][:1] == [on]


async def test_after_a_pause_only_the_latest_question_is_asked(sqlite_world):
    world = sqlite_world
    ana, ben, _ = await a_month_on(world)
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    await world.clock.advance(months=3)
    assert await asked(world, ben) == ["m1"]
    assert await asked(world, ana) == ["m1", "m2", "m3", "m4"], "the other is asked all the same"
    heard = len(ben.messages)
    await ben.taps_data("resume")
    await world.clock.advance(days=4)
    assert await asked(world, ben) == ["m1", "m4"]
    assert len(ben.messages) == heard + 2


async def test_whoever_blocked_the_bot_is_asked_the_latest_question_on_coming_back(sqlite_world):
    world = sqlite_world
    ana, ben, _ = await a_month_on(world)
    await ben.blocks()
    await world.clock.advance(months=3)
    assert await asked(world, ben) == ["m1"]
    assert await asked(world, ana) == ["m1", "m2", "m3", "m4"]
    await ben.blocks(blocked=False)
    await ben.start()
    await world.clock.advance(days=4)
    assert await asked(world, ben) == ["m1", "m4"]
    await world.clock.advance(months=4)
    assert await asked(world, ben) == ["m1", "m4", "m5", "d14", "d3", "deadline"]


async def test_what_has_ended_asks_nothing(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ana, number, "moving")
    await answers(ben, number, "kept")
    await ana.taps("Ja, sehe ich auch so")
    assert await planned(world, ana) == []
    heard = len(ben.messages)
    await world.clock.advance(months=2)
    assert len(await questions(world, ben)) == 1
    await world.clock.advance(months=2)
    assert len(ben.messages) == heard


async def test_a_question_that_never_went_out_is_asked_later(sqlite_world):
    """Planned, and the process gone before it was sent; meanwhile Ben has blocked the bot. Then he comes back."""
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana)
    due, operator = await world.walk.next_due(), operator_of(world.settings, world.bot.username)
    await world.halt()
    world.clock._to(due)
    async with another_process(world) as database:
        assert await passes.run(database, nudges.asking(world.clock.now(), operator)) == {}
    await world.post(f"users/{ben.id}/block", json={"blocked": True})
    await world.run()
    await world.quiet()
    assert await questions(world, ben) == []
    assert len(await questions(world, ana)) == 1
    await ben.blocks(blocked=False)
    await ben.start()
    await world.clock.advance(minutes=1)
    await world.clock.advance(days=1)
    assert len(await questions(world, ben)) == 1
    assert len(await questions(world, ana)) == 1

"""When the clock beats: the next instant is always known."""

import asyncio
from datetime import timedelta

from db.models import IntroState, Outgoing
from scheduler.metronome import Metronome
from tests.scheduler.ticking import DAY, OPERATOR, TUESDAY


async def test_with_nothing_planned_nothing_is_next(world):
    assert await world.ticks.next_due() is None


async def test_the_next_is_the_earliest_of_all(world):
    await world.question(TUESDAY + 5 * DAY)
    await world.introduction(IntroState.ASKED, TUESDAY + 4 * DAY)
    assert await world.ticks.next_due() == TUESDAY + 4 * DAY
    await world.add(world.person(3, paused=True, paused_until=TUESDAY + 3 * DAY))
    assert await world.ticks.next_due() == TUESDAY + 3 * DAY
    await world.add(world.message(due_at=TUESDAY + 2 * DAY))
    assert await world.ticks.next_due() == TUESDAY + 2 * DAY


async def test_a_question_due_at_night_is_next_when_the_day_begins(world):
    await world.question(TUESDAY - timedelta(hours=1))
    world.moment = TUESDAY.replace(hour=2)
    await world.ticks.run_due()
    assert await world.count(Outgoing) == 0
    world.moment = TUESDAY.replace(hour=20)
    await world.ticks.run_due()
    assert await world.count(Outgoing) == 0
    world.moment = await world.ticks.next_due()
    assert world.moment.astimezone(OPERATOR.zone).hour == 10
    await world.ticks.run_due()
    assert await world.count(Outgoing) == 1


async def test_a_walk_asks_the_second_question_a_week_after_the_first(world):
    await world.question(TUESDAY)
    await world.ticks.run_due()
    await world.question(TUESDAY + DAY)
    for _ in range(20):
        following = await world.ticks.next_due()
        if following is None:
            break
        assert following > world.moment
        world.moment = following
        await world.ticks.run_due()
    first, second = sorted(row.due_at for row in await world.all(Outgoing))
    assert timedelta(days=7) <= second - first <= timedelta(days=8)


# --- the metronome


async def test_the_metronome_beats_at_once_and_ends_between_two_beats(world):
    await world.question(TUESDAY - DAY)
    stop = asyncio.Event()
    running = asyncio.create_task(Metronome(world.ticks).run(stop))
    async with asyncio.timeout(5):
        while await world.count(Outgoing) == 0:  # noqa: ASYNC110 - a table has no event
            await asyncio.sleep(0.02)
    stop.set()
    async with asyncio.timeout(5):
        await running


async def test_the_metronome_beats_again_and_again(world, monkeypatch):
    monkeypatch.setattr("scheduler.metronome._TICK_SECONDS", 0.05)
    monkeypatch.setattr("scheduler.metronome._PROGRESS_SECONDS", 0.05)
    stop, beats = asyncio.Event(), {name: asyncio.Semaphore(0) for name in ("run_due", "keep_informed")}
    for name, beat in beats.items():
        monkeypatch.setattr(world.ticks, name, then(getattr(world.ticks, name), beat.release))
    running = asyncio.create_task(Metronome(world.ticks).run(stop))
    async with asyncio.timeout(20):
        for beat in beats.values():
            for _ in range(3):
                await beat.acquire()
        await world.question(TUESDAY - DAY)
        while await world.count(Outgoing) == 0:
            await beats["run_due"].acquire()
    stop.set()
    await running


def then(tick, done):
    async def both():
        await tick()
        done()

    return both

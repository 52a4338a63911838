"""When the clock beats: the next instant is always known."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

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
    first, second, *_ = sorted(row.due_at for row in await world.all(Outgoing))
    assert timedelta(days=7) <= second - first <= timedelta(days=8)


# --- the metronome


def machines(ticks):
    """The metronome by the clocks of the machine."""
    return Metronome(ticks, lambda: datetime.now(UTC), time.monotonic)


async def test_the_metronome_beats_at_once_and_ends_between_two_beats(world):
    await world.question(TUESDAY - DAY)
    stop = asyncio.Event()
    running = asyncio.create_task(machines(world.ticks).run(stop))
    async with asyncio.timeout(60):
        while await world.count(Outgoing) == 0:  # noqa: ASYNC110 - a table has no event
            await asyncio.sleep(0.02)
    stop.set()
    async with asyncio.timeout(60):
        await running


async def test_the_metronome_beats_again_and_again(world, monkeypatch):
    monkeypatch.setattr("scheduler.metronome._TICK_SECONDS", 0.05)
    monkeypatch.setattr("scheduler.metronome._PROGRESS_SECONDS", 0.05)
    stop, beats = asyncio.Event(), {name: asyncio.Semaphore(0) for name in ("run_due", "keep_informed")}
    for name, beat in beats.items():
        monkeypatch.setattr(world.ticks, name, then(getattr(world.ticks, name), beat.release))
    running = asyncio.create_task(machines(world.ticks).run(stop))
    async with asyncio.timeout(60):
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


class Watch:
    """A machine's clock that can be set; APScheduler reads it, too."""

    def __init__(self, monkeypatch):
        self.ahead = timedelta()
        watch = self

        class Set(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.now(tz) + watch.ahead

        monkeypatch.setattr("apscheduler.schedulers.base.datetime", Set)

    def now(self):
        return datetime.now(UTC) + self.ahead


@pytest.mark.parametrize("jump", [timedelta(hours=-6), timedelta(days=40)])
async def test_a_clock_that_is_set_silences_no_beat(world, monkeypatch, caplog, jump):
    """Set back by a time server, or ahead as after a suspension."""
    monkeypatch.setattr("scheduler.metronome._TICK_SECONDS", 0.05)
    monkeypatch.setattr("scheduler.metronome._LOOK_SECONDS", 0.05)
    watch, stop, beats = Watch(monkeypatch), asyncio.Event(), asyncio.Semaphore(0)
    monkeypatch.setattr(world.ticks, "run_due", then(world.ticks.run_due, beats.release))
    running = asyncio.create_task(Metronome(world.ticks, watch.now, time.monotonic).run(stop))
    async with asyncio.timeout(60):
        for _ in range(3):
            await beats.acquire()
        watch.ahead += jump
        for _ in range(5):
            await beats.acquire()
    stop.set()
    await running
    assert f"the machine's clock has jumped by {round(jump.total_seconds())} seconds" in caplog.text
    assert world.ticks.clock_jumped == round(jump.total_seconds())


async def test_after_forty_days_asleep_what_is_due_is_asked_once(world):
    await world.question(TUESDAY + DAY)
    await world.question(TUESDAY + 31 * DAY)
    await world.ticks.run_due()
    world.moment += 42 * DAY
    await world.ticks.run_due()
    await world.ticks.run_due()
    assert [row.kind for row in await world.all(Outgoing)] == ["Nudged"]


async def test_with_the_clock_set_back_nothing_is_asked_twice(world):
    await world.question(TUESDAY)
    await world.ticks.run_due()
    for hours in (-6, 6):
        world.moment += timedelta(hours=hours)
        await world.ticks.run_due()
    assert await world.count(Outgoing) == 1


async def test_with_the_clock_set_back_and_forward_again_a_question_comes_on_time(world):
    await world.question(TUESDAY)
    for moment, came in ((-1, 0), (-361, 0), (-2, 0), (0, 1)):
        world.moment = TUESDAY + timedelta(minutes=moment)
        await world.ticks.run_due()
        assert await world.count(Outgoing) == came


async def test_what_was_owed_before_the_clock_was_set_back_is_due(world):
    hours = timedelta(hours=6)
    await world.add(
        world.message(created_at=TUESDAY + hours, due_at=TUESDAY + hours, not_before=TUESDAY + hours)
    )
    await world.add(world.message(due_at=TUESDAY + hours, chat_id=5002))
    await world.ticks.run_due()
    before, planned = sorted(await world.all(Outgoing), key=lambda row: row.chat_id)
    assert (before.due_at, before.not_before) == (TUESDAY, None)
    assert planned.due_at == TUESDAY + hours


async def test_it_is_known_how_long_ago_the_last_tick_was_done(world):
    world.monotonic = 100.0
    assert world.ticks.seconds_ago == 100
    await world.ticks.run_due()
    world.monotonic = 107.0
    assert world.ticks.seconds_ago == 7

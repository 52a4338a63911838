"""The walker, with a real stage: from due instant to due instant, waiting for quiet at each, until it arrives."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import MachineClock, StageClock
from stage import create_app
from stage.server import WORLD

DAY = timedelta(days=1)
A_WHILE = timedelta(
    minutes=1
)  # that the machine may be busy with other things; whatever is due is days apart


class Diary:
    """Things that fall due; `stops` says when each was done. Each leaves `work` to be processed."""

    def __init__(self, clock, *due):
        self._clock, self._due, self.stops, self._work = clock, sorted(due), [], 0

    async def run_due(self):
        while self._due and self._due[0] <= self._clock.now():
            self.stops.append((self._due.pop(0), self._clock.now()))
            self._work = 3

    async def next_due(self):
        return self._due[0] if self._due else None

    async def idle(self):
        self._work = max(0, self._work - 1)
        return self._work == 0


@pytest.fixture
async def stage():
    async with TestClient(TestServer(create_app())) as client:
        yield client


@pytest.fixture
async def clock(stage):
    clock = StageClock(str(stage.make_url("/stage/clock")))
    await clock.open(asyncio.Event())
    yield clock
    await clock.close()


@pytest.fixture
async def walking(clock):
    """Starts the walker, and notes its stops."""
    stop, tasks = asyncio.Event(), []

    def start(*due):
        diary = Diary(clock, *due)
        tasks.append(asyncio.create_task(clock.run(diary, stop)))
        return diary

    yield start
    stop.set()
    await asyncio.gather(*tasks)


async def move(stage, **where):
    await stage.post("/stage/clock/move", json=where)
    answer = await (await stage.get("/stage/clock", params={"wait": "60"})).json()
    assert answer["arrived"]
    return datetime.fromisoformat(answer["now"])


def test_the_machine_s_time_is_one():
    clock = MachineClock()
    assert timedelta() <= -(clock.now() - clock.machine()) < A_WHILE
    assert clock.now().tzinfo is UTC


async def test_it_starts_at_the_stage_s_time(stage, clock):
    await stage.post("/stage/clock", json={"now": (datetime.now(UTC) + 30 * DAY).isoformat()})
    later = StageClock(str(stage.make_url("/stage/clock")))
    await later.open(asyncio.Event())
    assert abs(later.now() - datetime.now(UTC) - 30 * DAY) < A_WHILE
    assert abs(later.machine() - datetime.now(UTC)) < A_WHILE
    await later.close()


async def test_a_walk_stops_at_every_due_instant_and_then_arrives(stage, clock, walking):
    start = clock.now()
    due = [start + days * DAY for days in (1, 1, 3, 9, 11)]
    diary = walking(*due)
    now = await move(stage, days=10)
    assert [wanted for wanted, _ in diary.stops] == due[:4]
    assert all(timedelta() <= at - wanted < A_WHILE for wanted, at in diary.stops)
    assert now >= start + 10 * DAY
    assert await clock_agrees(clock, now)


async def test_what_is_due_at_the_target_itself_is_done_before_the_arrival(stage, clock, walking):
    target = clock.now() + DAY
    diary = walking(target)
    await move(stage, to=target.isoformat())
    assert [wanted for wanted, _ in diary.stops] == [target]


async def test_a_walk_to_the_next_due_thing_ends_there(stage, clock, walking):
    start = clock.now()
    diary = walking(start + 40 * DAY, start + 41 * DAY)
    now = await move(stage, next=True)
    assert [wanted for wanted, _ in diary.stops] == [start + 40 * DAY]
    assert timedelta() <= now - start - 40 * DAY < A_WHILE


async def test_a_walk_to_the_next_due_thing_where_there_is_none_arrives_at_once(stage, clock, walking):
    start = clock.now()
    walking()
    assert await move(stage, next=True) - start < A_WHILE


async def test_the_stage_knows_that_somebody_walks_even_during_a_long_stop(stage, clock, walking):
    diary = walking(clock.now() + DAY)
    diary.idle = slow = SlowToQuiet(diary.idle)
    await stage.post("/stage/clock/move", json={"days": 2})
    async with asyncio.timeout(60):
        await slow.reached.wait()
    stage.server.app[WORLD].clock._walker_seen = float("-inf")  # longer ago than the stage's patience
    async with asyncio.timeout(60):
        while not (await (await stage.get("/stage/clock")).json())["walker"]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    slow.quiet.set()
    assert (await (await stage.get("/stage/clock", params={"wait": "60"})).json())["arrived"]


class SlowToQuiet:
    """Not idle until `quiet` is set."""

    def __init__(self, then):
        self.reached, self.quiet, self._then = asyncio.Event(), asyncio.Event(), then

    async def __call__(self):
        self.reached.set()
        return self.quiet.is_set() and await self._then()


async def test_a_walk_ends_when_the_process_does(stage, clock):
    stop, diary = asyncio.Event(), Diary(clock, clock.now() + DAY)
    diary.idle = SlowToQuiet(diary.idle)
    task = asyncio.create_task(clock.run(diary, stop))
    await asyncio.sleep(0.3)
    await stage.post("/stage/clock/move", json={"days": 2})
    await asyncio.wait_for(diary.idle.reached.wait(), 60)
    stop.set()
    await asyncio.wait_for(task, 60)


async def clock_agrees(clock, now):
    await asyncio.sleep(0.3)
    return timedelta() < clock.now() - now < A_WHILE

"""What an update costs: the statements that are executed from its arrival until its answers are sent and recorded.

Counted, not timed. Whoever makes an update dearer finds the ceiling here; whoever makes it cheaper lowers it.
"""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import event

from tests.cast import pair
from tests.conversations.pledges import a_month_on, answers

HANDLE_UPDATES = {
    "Poller.run": "stored",
    "Lanes.run": "claimed",
    "Lanes._work": "processed",
    "Deliverer.run": "claimed to send",
    "DeliveryAttempts._word_all": "worded",
    "Recorder._write_all": "recorded",
}
"""The tasks that are counted, and what they do. Others are the clock's, and the test's own."""


@pytest.fixture
def counted(sqlite_world, monkeypatch):
    """Counts from now on, by what they are for, the statements that updates cause."""
    # Looks that nothing causes depend on how long the test takes.
    monkeypatch.setattr("handlers.lanes.IDLE_POLL", 60.0)
    monkeypatch.setattr("scheduler.delivery._POLL", 60.0)
    found = Counter()

    def count(*_):
        what = HANDLE_UPDATES.get(asyncio.current_task().get_coro().__qualname__)
        found.update([what] if what else [])

    for engine in sqlite_world.database.engines:
        event.listen(engine.sync_engine, "before_cursor_execute", count)
    return found


async def settled(world, counted):
    """All is quiet, and nothing has been counted."""
    await asyncio.sleep(0.6)  # the last looks of before have found that they are to look less often
    await world.quiet()
    counted.clear()


async def test_a_tap_that_answers_a_nudge(sqlite_world, counted):
    _, ben, number = await a_month_on(sqlite_world)
    await settled(sqlite_world, counted)
    await answers(ben, number, "running")
    assert counted.total() <= 46, counted


@pytest.mark.parametrize(
    ("said", "ceiling"),
    [("/hilfe", 20), ("/partner", 34), ("Ich habe mich gefreut", 31), ("weiter", 37)],
)
async def test_what_is_typed(sqlite_world, counted, said, ceiling):
    ana, _ = await pair(sqlite_world)
    await settled(sqlite_world, counted)
    await ana.says(said)
    assert counted.total() <= ceiling, counted


async def test_a_tick_with_nothing_to_do(sqlite_world):
    await pair(sqlite_world)
    await sqlite_world.clock.advance(weeks=2)
    tick, found = asyncio.current_task(), []

    def count(*args):
        # The looks of lanes and deliverer, which nothing causes, are other tasks.
        found.extend([args[2]] if asyncio.current_task() is tick else [])

    for engine in sqlite_world.database.engines:
        event.listen(engine.sync_engine, "before_cursor_execute", count)
    await sqlite_world.walk.ticks.run_due()
    assert 0 < len(found) <= 2, found

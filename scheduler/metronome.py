"""The metronome: APScheduler calls the ticks every few seconds, knowing nothing about what is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from scheduler.ticks import Ticks

log = logging.getLogger(__name__)

_TICK_SECONDS = 5
_PROGRESS_SECONDS = 3  # how often a running broadcast may edit its progress message
_LOOK_SECONDS = 1.0  # how often the machine's clock is compared with the one that nobody can set
_JUMP = timedelta(seconds=2)  # clocks that are set gradually stay below this


class _Every(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """The next beat is a fixed time after this one. APScheduler's own interval goes through every beat missed, which
    after a suspension of weeks holds up everything.
    """

    def __init__(self, seconds: float) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + self._interval


class Metronome:
    """Has no job store: what is due is in the tables, so a missed beat loses nothing.

    APScheduler waits for a time of day. So that a machine's clock that is set back does not silence it, `machine` is
    compared with `monotonic`, and after a jump the next beat is now.
    """

    def __init__(self, ticks: Ticks, machine: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._ticks = ticks
        self._machine = machine
        self._monotonic = monotonic
        self._beating = asyncio.Lock()
        self._ended = False

    async def run(self, stop: asyncio.Event) -> None:
        """Beat at once and then regularly until `stop`; a tick that has begun is finished."""
        self._ended = False
        scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        await self._beat(self._ticks.run_due)
        for seconds, tick in (
            (_TICK_SECONDS, self._ticks.run_due),
            (_PROGRESS_SECONDS, self._ticks.keep_informed),
        ):
            scheduler.add_job(self._beat, _Every(seconds), args=(tick,))
        scheduler.start()
        try:
            await self._watch_clock(scheduler, stop)
        finally:
            self._ended = True
            async with self._beating:  # the scheduler's own shutdown would cancel inside a transaction
                scheduler.shutdown(wait=False)
                await asyncio.sleep(0)

    async def _watch_clock(self, scheduler: AsyncIOScheduler, stop: asyncio.Event) -> None:
        apart = self._apart()
        while not stop.is_set():
            jump = self._apart() - apart
            if abs(jump) > _JUMP:
                seconds = round(jump.total_seconds())
                log.warning("the machine's clock has jumped by %s seconds", seconds)
                self._ticks.note_jump(seconds)
                apart += jump
                for job in scheduler.get_jobs():
                    job.modify(next_run_time=self._machine())
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await stop.wait()

    def _apart(self) -> timedelta:
        """How far the machine's clock is from the monotonic one."""
        return self._machine() - datetime.fromtimestamp(self._monotonic(), UTC)

    async def _beat(self, tick: Callable[[], Awaitable[None]]) -> None:
        async with self._beating:
            if not self._ended:
                await tick()

"""The metronome: APScheduler calls the ticks every few seconds, knowing nothing about what is due."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.ticks import Ticks

_TICK_SECONDS = 5
_PROGRESS_SECONDS = 3  # how often a running broadcast may edit its progress message


class Metronome:
    """Has no job store: what is due is in the tables, so a missed beat loses nothing."""

    def __init__(self, ticks: Ticks) -> None:
        self._ticks = ticks
        self._beating = asyncio.Lock()
        self._ended = False

    async def run(self, stop: asyncio.Event) -> None:
        """Beat at once and then regularly until `stop`; a tick that has begun is finished."""
        scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        await self._beat(self._ticks.run_due)
        for seconds, tick in (
            (_TICK_SECONDS, self._ticks.run_due),
            (_PROGRESS_SECONDS, self._ticks.keep_informed),
        ):
            scheduler.add_job(self._beat, "interval", seconds=seconds, args=(tick,))
        scheduler.start()
        try:
            await stop.wait()
        finally:
            self._ended = True
            async with self._beating:  # the scheduler's own shutdown would cancel inside a transaction
                scheduler.shutdown(wait=False)
                await asyncio.sleep(0)

    async def _beat(self, tick: Callable[[], Awaitable[None]]) -> None:
        async with self._beating:
            if not self._ended:
                await tick()

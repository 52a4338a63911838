"""The only module that reads a clock: the machine's, or the stage's, which can be moved."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import aiohttp
import structlog

from bot.waiting import stopped

_ASK_EVERY = 0.2  # seconds
_LOOK_EVERY = 0.02  # seconds, while a walk waits for the bot to become idle
_ANSWER_WITHIN = aiohttp.ClientTimeout(total=5)
# A walk stops this short of its target: reporting the target is the arrival, and whatever is due exactly then
# has to be done first. The clock runs on, so a moment later it is due.
_SHORT_OF = timedelta(milliseconds=1)

log = structlog.get_logger(__name__)


class Clock(Protocol):
    """`now` is the time that people live by; `machine` and `monotonic` are for leases, pauses and pace."""

    def now(self) -> datetime: ...
    def machine(self) -> datetime: ...
    def monotonic(self) -> float: ...


class MachineClock:
    """People and machine share the machine's time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def machine(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class Walk(Protocol):
    """What a walk through time does at each stop."""

    async def run_due(self) -> None:
        """Do what is due."""
        ...

    async def next_due(self) -> datetime | None:
        """The earliest instant after now at which something falls due."""
        ...

    async def idle(self) -> bool:
        """Whether all work is done: nothing in the inbox, nothing due to be sent."""
        ...


class StageClock(MachineClock):
    """The machine's clock plus an offset, which the stage at `url` sets and which only grows."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._offset = timedelta()
        self._state: dict[str, Any] = {"arrived": True}
        self._session: aiohttp.ClientSession | None = None

    def now(self) -> datetime:
        return self.machine() + self._offset

    async def open(self, stop: asyncio.Event) -> None:
        """Wait until the stage tells the time, or for `stop`: nothing may happen at a wrong time before."""
        self._session = aiohttp.ClientSession(timeout=_ANSWER_WITHIN)
        while not await self._ask() and not await stopped(stop, _ASK_EVERY):
            pass

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def run(self, walk: Walk, stop: asyncio.Event) -> None:
        """Follow the stage's time until `stop`, walking to each target it sets."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.follow(stop))
            tasks.create_task(self._walk(walk, stop))

    async def follow(self, stop: asyncio.Event) -> None:
        """Know the stage's time until `stop`."""
        # During a walk too: a stage that is not asked for its time assumes there is no walker, and jumps.
        while not await stopped(stop, _ASK_EVERY):
            await self._ask()

    async def _ask(self) -> bool:
        return await self._exchange(lambda http: http.get(self._url, params={"walker": "1"}))

    async def _report(self, now: datetime, *, arrived: bool = False) -> bool:
        body = {"now": now.isoformat()} | ({"arrived": True} if arrived else {})
        reached = await self._exchange(lambda http: http.post(self._url, json=body))
        if reached:
            self._offset = max(self._offset, now - self.machine())
        return reached

    async def _exchange(self, call: Callable[[aiohttp.ClientSession], Any]) -> bool:
        """Exchange one request with the stage; False if it gave no usable answer, being busy or gone."""
        assert self._session is not None, "open() comes first"
        try:
            async with call(self._session) as response:
                response.raise_for_status()
                self._state = await response.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            log.debug("stage clock does not answer", error=type(error).__name__)
            return False
        # The answer is a little old, so this is never ahead of the stage.
        told = datetime.fromisoformat(self._state["now"]) - self.machine()
        self._offset = max(self._offset, told)
        return True

    async def _walk(self, walk: Walk, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if self._state["arrived"]:
                await stopped(stop, _LOOK_EVERY)
            else:
                await self._step(walk, stop)

    async def _step(self, walk: Walk, stop: asyncio.Event) -> None:
        """Go to the next due instant, or to the target if that is nearer, and do there all there is to do."""
        target = datetime.fromisoformat(self._state["target"]) if self._state["target"] else None
        due = await walk.next_due()
        if target is None:  # the next due thing is the target
            await self._settle_at(due, walk, stop)
            await self._report(self.now(), arrived=True)
        elif due is not None and due < target:
            await self._settle_at(due, walk, stop)
        else:
            await self._report(target - _SHORT_OF)
            await stopped(stop, max(0.0, (target - self.now()).total_seconds()))
            await _settle(walk, stop)
            await self._report(target)

    async def _settle_at(self, moment: datetime | None, walk: Walk, stop: asyncio.Event) -> None:
        if moment is None or await self._report(moment):
            await _settle(walk, stop)


async def _settle(walk: Walk, stop: asyncio.Event) -> None:
    """Do what is due, and repeat until the bot is idle."""
    while not stop.is_set():
        await walk.run_due()
        if await walk.idle():
            return
        while not await walk.idle():
            if await stopped(stop, _LOOK_EVERY):
                return

"""Waiting that ends when the process is to end, and waits that grow."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

_FIRST, _LONGEST = 0.5, 10.0  # seconds

Result = TypeVar("Result")


async def stopped(stop: asyncio.Event, seconds: float) -> bool:
    """Wait so long, or until `stop`; True if it came."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return False
    return True


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, Result]) -> Result | None:
    """What `work` returns; None if `stop` came first, then `work` is cancelled. Not for transactions."""
    task, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((task, stopping), return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for each in (task, stopping):
            each.cancel()
        await asyncio.wait((task, stopping))


class Backoff:
    """Half a second, then twice as long each time, at most ten seconds."""

    def __init__(self) -> None:
        self._next = _FIRST

    def reset(self) -> None:
        self._next = _FIRST

    def longer(self) -> float:
        """The seconds to wait now."""
        now, self._next = self._next, min(_LONGEST, self._next * 2)
        return now

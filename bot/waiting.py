"""Waiting that is cut short when the process has to stop, and waits that grow."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

_FIRST, _LONGEST = 0.5, 10.0  # seconds

Result = TypeVar("Result")


async def stopped(stop: asyncio.Event, seconds: float) -> bool:
    """Wait for `seconds`, or until `stop`; True if `stop` came."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return False
    return True


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, Result]) -> Result | None:
    """Return the result of `work`, or cancel it and return None if `stop` comes first. Not for transactions."""
    task, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((task, stopping), return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for each in (task, stopping):
            each.cancel()
        await asyncio.wait((task, stopping))


class Backoff:
    """Waits of half a second, then twice as long each time, up to ten seconds."""

    def __init__(self) -> None:
        self._next = _FIRST

    def reset(self) -> None:
        self._next = _FIRST

    def longer(self) -> float:
        """The seconds to wait now; the next wait will be longer."""
        now, self._next = self._next, min(_LONGEST, self._next * 2)
        return now

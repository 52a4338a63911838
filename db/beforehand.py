"""Work that takes longer than a transaction may last: done before it, while nothing is held.

An action asks for what the work comes to. If it is not done yet, the turn is undone, and worked once more when it is.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")
Tasks = Mapping[str, asyncio.Task[Any]]
_OFFERED = "done beforehand"
_KEPT = 60.0  # seconds for which a turn finds what was done before it


class NotYetDone(Exception):  # noqa: N818 - nothing is wrong
    """A turn has to wait for work. `key` tells it from other work of the same turn."""

    def __init__(self, key: str, work: Callable[[], Awaitable[Any]]) -> None:
        super().__init__(key)
        self.key = key
        self.work = work


async def done(session: AsyncSession, key: str, work: Callable[[], Awaitable[T]]) -> T:
    """What this work comes to; at once where nobody has offered to do it beforehand. The work needs no session.

    Raises NotYetDone, and whatever the work raises.
    """
    tasks: Tasks | None = session.info.get(_OFFERED)
    if tasks is None:
        return await work()
    if key not in tasks:
        raise NotYetDone(key, work)
    result: T = tasks[key].result()
    return result


async def done_in_thread(session: AsyncSession, key: str, function: Callable[..., T], *args: object) -> T:
    """What this function returns, called in a thread. Raises like `done`."""
    return await done(session, key, partial(asyncio.to_thread, function, *args))


class Works:
    """What is done before turns, each known by a number. `wake` is called whenever some of it is done."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._of: dict[int, dict[str, asyncio.Task[Any]]] = {}

    def offer(self, session: AsyncSession, number: int) -> None:
        """What is worked in this session from now on is this turn, and finds what was done for it."""
        session.info[_OFFERED] = self._of.get(number, {})

    @property
    def under_way(self) -> set[int]:
        """The turns for which some of it is not done yet."""
        return {
            number for number, tasks in self._of.items() if not all(task.done() for task in tasks.values())
        }

    def begin(self, number: int, needed: NotYetDone) -> None:
        """This turn needs that. What comes of it is soon forgotten, whatever becomes of the turn: it may be words."""
        task = asyncio.ensure_future(needed.work())
        self._of.setdefault(number, {})[needed.key] = task
        task.add_done_callback(self._finished(number))

    def _finished(self, number: int) -> Callable[[object], None]:
        def finished(_task: object) -> None:
            asyncio.get_running_loop().call_later(_KEPT, self.forget, number)
            self._wake()

        return finished

    def forget(self, number: int) -> None:
        self._of.pop(number, None)

    async def finish(self) -> None:
        """Wait for what was begun."""
        if begun := [task for tasks in self._of.values() for task in tasks.values()]:
            await asyncio.wait(begun)

"""The walls that somebody is looking at: one reader for all of them, and a stream for each screen."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import sqlalchemy.exc

from domain.voice import Voice

log = logging.getLogger(__name__)

EVERY = 2.0  # seconds between two looks at everything
MOST, MOST_OF_ONE = 200, 40  # screens, of all walls and of one

Key = tuple[int, Voice]
Read = Callable[[Key], Awaitable[str | None]]


class FullError(Exception):
    """More screens than this process serves."""


@dataclass
class Shown:
    """A wall as it was at the latest look; `text` is None before the first, and once there is no such wall."""

    text: str | None = None
    looks: int = 0
    is_over: bool = False
    screens: int = 0
    looked: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def tell(self, text: str | None) -> None:
        """All screens; None ends them."""
        async with self.looked:
            self.text, self.looks, self.is_over = text, self.looks + 1, text is None
            self.looked.notify_all()

    async def look_after(self, number: int) -> int:
        """Wait for a look that is later than the one with this number; the number of the latest."""
        async with self.looked:
            await self.looked.wait_for(lambda: self.looks > number or self.is_over)
        return self.looks


class Live:
    """Reads each wall that has screens, however many, once in `every` seconds, and tells its screens.

    `read` returns a wall as its screens get it, None once there is none. Only the latest is kept: a screen that
    is slow misses what came in between.
    """

    def __init__(self, read: Read, every: float = EVERY) -> None:
        self._read, self._every = read, every
        self._shown: dict[Key, Shown] = {}
        self._wanted, self._closed = asyncio.Event(), asyncio.Event()
        self._failed = False

    @property
    def screens(self) -> int:
        return sum(each.screens for each in self._shown.values())

    async def run(self) -> None:
        """Until `close`. What cannot be read is not told: screens then notice that nobody speaks to them."""
        while not self._closed.is_set():
            await self._wanted.wait()
            for key in list(self._shown):
                await self._look(key)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._closed.wait()

    async def _look(self, key: Key) -> None:
        try:
            text = await self._read(key)
        except (sqlalchemy.exc.SQLAlchemyError, OSError) as error:
            if not self._failed:
                log.warning("the walls cannot be read: %s", type(error).__name__)
            self._failed = True
            return
        except Exception as error:  # one wall must not stop all others
            log.error("the wall of workshop %s cannot be shown", key[0], exc_info=error)  # noqa: TRY400
            return
        self._failed = False
        if shown := self._shown.get(key):
            await shown.tell(text)

    @contextmanager
    def screen(self, key: Key) -> Iterator[Shown]:
        """One more screen shows this wall inside the context. Raises FullError."""
        shown = self._enter(key)
        try:
            yield shown
        finally:
            self._leave(key, shown)

    def _enter(self, key: Key) -> Shown:
        shown = self._shown.get(key)
        if shown is None or shown.is_over:
            shown = Shown()
        if self._closed.is_set() or self.screens >= MOST or shown.screens >= MOST_OF_ONE:
            raise FullError
        self._shown[key] = shown
        shown.screens += 1
        self._wanted.set()
        return shown

    def _leave(self, key: Key, shown: Shown) -> None:
        shown.screens -= 1
        if not shown.screens and self._shown.get(key) is shown:
            del self._shown[key]
        if not self._shown and not self._closed.is_set():
            self._wanted.clear()

    async def close(self) -> None:
        """Every stream ends: the process is about to."""
        self._closed.set()
        self._wanted.set()
        for shown in list(self._shown.values()):
            await shown.tell(None)

"""Gets ready to understand people beside the running bot: the catalogue and its index, then the sentence encoder."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import structlog

from bot.waiting import stopped
from db.session import TROUBLE
from domain import topics

log = structlog.get_logger(__name__)

# After a start, the updates that have been waiting come first; most of them are no words to be understood.
_CATALOGUE_AFTER = 1.0  # seconds
_ENCODE_AFTER = 9.0  # seconds after that
_LOOK_EVERY = 1.0  # seconds
# Looks in a row that must find the bot idle. Loading takes seconds and slows answers down, and somebody who
# has just been answered is likely to write again.
_QUIET_FOR = 4
_LOOKS = 600  # then loading begins anyway: a workshop that is never quiet needs the encoder, too
# Seconds that each step of an answer waits, at most, for the thread that is loading.
_YIELD_AFTER = 0.0005


def _index(going_on: Callable[[], bool]) -> None:
    from domain.topics.indexing import AbandonedError  # noqa: PLC0415 - with NumPy, in the thread

    with suppress(AbandonedError):
        topics.load().index(going_on)


@dataclass
class Warming:
    """Loads the encoder. Until then, and if it is missing or broken, topics are found by their letters alone."""

    idle: Callable[[], Awaitable[bool]]

    async def run(self, stop: asyncio.Event) -> None:
        if not await stopped(stop, _CATALOGUE_AFTER):
            # So that hardly anybody's words wait for it.
            await asyncio.to_thread(_index, lambda: not stop.is_set())
        if not await stopped(stop, _ENCODE_AFTER) and await self._quiet(stop):
            await self._load(stop)
        await stop.wait()

    async def _quiet(self, stop: asyncio.Event) -> bool:
        """Wait for a quiet moment; False if `stop` came first."""
        quiet = 0
        for _ in range(_LOOKS):
            quiet = quiet + 1 if await self._is_idle() else 0
            if quiet == _QUIET_FOR:
                break
            if await stopped(stop, _LOOK_EVERY):
                return False
        return True

    async def _is_idle(self) -> bool:
        """A database in trouble does not count as quiet; others report the trouble."""
        try:
            return await self.idle()
        except TROUBLE:
            return False

    async def _load(self, stop: asyncio.Event) -> None:
        """Load the encoder. The bot works without it, so a damaged one is logged and not used."""
        try:
            with _yielding():
                is_in_use = await asyncio.to_thread(topics.warm_up, lambda: not stop.is_set())
            if is_in_use:
                log.info("the sentence encoder is in use")
        except Exception:
            log.exception("the sentence encoder cannot be loaded")


@contextmanager
def _yielding() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_YIELD_AFTER)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)

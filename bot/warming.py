"""Gets the optional sentence encoder ready beside the bot, at a moment when nobody waits for an answer."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from bot.waiting import stopped
from db.session import TROUBLE
from domain import topics

log = structlog.get_logger(__name__)

_AFTER_SECONDS = 10.0  # the first ones belong to the updates that have waited
_LOOK_EVERY = 1.0  # seconds
# Looks in a row: the seconds it takes would make answers slow, and anyone who just heard something writes again.
_QUIET_FOR = 4
_LOOKS = 600  # then it begins all the same: a hall that is never quiet shall be understood, too
# Seconds: how long each step of an answer that comes in between waits for the busy thread.
_YIELD_AFTER = 0.0005


@dataclass
class Warming:
    """Until it is ready, if it is not installed or cannot be loaded, letters alone tell the topics."""

    idle: Callable[[], Awaitable[bool]]

    async def run(self, stop: asyncio.Event) -> None:
        await asyncio.to_thread(topics.load)  # nobody's words are to wait for it
        if not await stopped(stop, _AFTER_SECONDS) and await self._quiet(stop):
            await self._take_in(stop)
        await stop.wait()

    async def _quiet(self, stop: asyncio.Event) -> bool:
        """Wait for it; False if `stop` came first."""
        quiet = 0
        for _ in range(_LOOKS):
            quiet = quiet + 1 if await self._is_idle() else 0
            if quiet == _QUIET_FOR:
                break
            if await stopped(stop, _LOOK_EVERY):
                return False
        return True

    async def _is_idle(self) -> bool:
        """A database in trouble is no quiet moment; whoever needs it says what is wrong with it."""
        try:
            return await self.idle()
        except TROUBLE:
            return False

    async def _take_in(self, stop: asyncio.Event) -> None:
        """A damaged extra is no reason to leave people without the bot: it is logged, and goes unused."""
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

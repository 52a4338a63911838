"""Gets the optional sentence encoder ready while the bot is already at work."""

import asyncio
from dataclasses import dataclass

import structlog

from bot.waiting import stopped
from domain import topics

log = structlog.get_logger(__name__)

_AFTER_SECONDS = 10.0  # the first ones belong to the updates that have waited


@dataclass
class Warming:
    """Until it is ready, if it is not installed or cannot be loaded, letters alone tell the topics."""

    async def run(self, stop: asyncio.Event) -> None:
        if not await stopped(stop, _AFTER_SECONDS):
            await self._take_in(stop)
        await stop.wait()

    async def _take_in(self, stop: asyncio.Event) -> None:
        """A damaged extra is no reason to leave people without the bot: it is logged, and goes unused."""
        try:
            if await asyncio.to_thread(topics.warm_up, lambda: not stop.is_set()):
                log.info("the sentence encoder is in use")
        except Exception:
            log.exception("the sentence encoder cannot be loaded")

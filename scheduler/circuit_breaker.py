"""The circuit breaker: after a call without a clear answer, nothing is sent until Telegram answers a harmless one.

Without it, an outage of a few seconds would use up the one repeat of every message that is due.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from itertools import chain, repeat

from telegram.error import TelegramError
from telegram.ext import ExtBot

from scheduler.errors import RefusedToken, Retry, Unknown, classify

log = logging.getLogger(__name__)

_ANSWER_WITHIN = 5.0  # seconds


def _pauses() -> Iterator[float]:
    """Seconds before each probe. The longest of them is how late the first message after an outage may be."""
    return chain((0.0, 0.5, 1.0, 2.0), repeat(3.0))


class CircuitBreaker:
    """`changed` is called when Telegram answers again; `fatal` is set when it refuses the token."""

    def __init__(self, bot: ExtBot[None], changed: Callable[[], None], fatal: asyncio.Event) -> None:
        self._bot = bot
        self._changed = changed
        self._fatal = fatal
        self._probing: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        return self._probing is not None

    def trip(self) -> None:
        """Open the circuit, because a call got no clear answer, and probe until Telegram answers."""
        if self._probing is None:
            self._probing = asyncio.create_task(self._probe())

    async def close(self) -> None:
        """Stop probing."""
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.wait((self._probing,))

    async def _probe(self) -> None:
        try:
            for tries, pause in enumerate(_pauses()):
                await asyncio.sleep(pause)
                if await self._answers():
                    break
                if tries == 1:
                    log.warning("Telegram does not answer; nothing is sent until it does")
        finally:
            self._probing = None
            self._changed()

    async def _answers(self) -> bool:
        try:
            await self._bot.get_me(read_timeout=_ANSWER_WITHIN, connect_timeout=_ANSWER_WITHIN)
        except TelegramError as error:
            diagnosis = classify(error)
            if isinstance(diagnosis, RefusedToken):
                self._fatal.set()
            return not isinstance(diagnosis, Retry | Unknown)
        return True

"""Fetches updates from Telegram by long polling, and confirms them only once they are stored."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from actions.intake.redaction import KINDS
from bot.ending import another_poller, token_refused
from bot.waiting import Backoff, stopped, unless_stopped
from db.session import TROUBLE
from domain.error_reports import describe
from scheduler.errors import AnotherPoller, RefusedToken, Wait, classify, reason_of

log = structlog.get_logger(__name__)

_POLL_SECONDS = 30
_ANSWER_SECONDS = 10  # on top of that: how late the answer to a poll may be
_AT_ONCE = 100
_BETWEEN_CONFLICTS = 3.0  # seconds
_CONFLICTS_FOR = 60.0  # seconds, after which the other poller has won
# With this spelling python-telegram-bot calls getUpdates without warning that it has a method of its own for
# that. Its method fails on a single update that it cannot parse.
_GET_UPDATES = "get_Updates"


class Poller:
    """`take` stores updates, `polled` is called after each successful poll, `monotonic` counts seconds."""

    def __init__(
        self,
        bot: ExtBot[None],
        take: Callable[[Sequence[Any]], Awaitable[None]],
        polled: Callable[[], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._bot = bot
        self._take = take
        self._polled = polled
        self._monotonic = monotonic
        self._offset: int | None = None
        self._backoff = Backoff()
        self._has_polled = False
        self._conflict_began = self._conflict_last = -_CONFLICTS_FOR

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop`. Raises CannotGoOn if the token is refused, or another poller stays for a minute."""
        while not stop.is_set():
            try:
                updates = await unless_stopped(stop, self._fetch())
                if updates is not None:
                    await self._keep(updates)
            except TelegramError as error:
                await stopped(stop, await self._seconds_after(error))
            except TROUBLE as error:
                log.error("updates cannot be stored now", error=describe(error))  # noqa: TRY400
                await stopped(stop, self._backoff.longer())

    async def _fetch(self) -> list[Any]:
        asked = {"timeout": _POLL_SECONDS, "limit": _AT_ONCE, "allowed_updates": KINDS}
        if self._offset is not None:
            asked["offset"] = self._offset
        answer: Any = await self._bot.do_api_request(
            _GET_UPDATES, api_kwargs=asked, read_timeout=_POLL_SECONDS + _ANSWER_SECONDS
        )
        if not isinstance(answer, list):
            raise TelegramError("getUpdates brought no list")
        return answer

    async def _keep(self, updates: list[Any]) -> None:
        if updates:
            await self._take(updates)
        # Only after the commit: the next poll confirms all updates with a lower number.
        numbers = [
            u["update_id"] for u in updates if isinstance(u, dict) and isinstance(u.get("update_id"), int)
        ]
        self._offset = max(numbers) + 1 if numbers else self._offset
        self._has_polled = True
        self._backoff.reset()
        self._polled()

    async def _seconds_after(self, error: TelegramError) -> float:
        """How many seconds to wait before the next poll. Raises CannotGoOn if there must not be one."""
        match classify(error):
            case RefusedToken():
                raise token_refused()
            case AnotherPoller():
                return await self._seconds_after_conflict(error)
            case Wait(seconds):
                return seconds
        log.warning("poll failed", error=type(error).__name__, reason=reason_of(error))
        return self._backoff.longer()

    async def _seconds_after_conflict(self, error: TelegramError) -> float:
        if "webhook is active" in str(error) and not self._has_polled:
            # Left behind from when this bot ran with a webhook. One set later would be somebody else's.
            log.warning("removing a webhook that was left behind")
            await self._remove_webhook()
            return 0
        now = self._monotonic()
        if now - self._conflict_last >= _CONFLICTS_FOR:
            self._conflict_began = now
        self._conflict_last = now
        if now - self._conflict_began >= _CONFLICTS_FOR:
            raise another_poller()
        log.warning("another process fetches updates", reason=reason_of(error))
        return _BETWEEN_CONFLICTS

    async def _remove_webhook(self) -> None:
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as error:
            log.warning("the webhook cannot be removed now", reason=reason_of(error))
            await asyncio.sleep(self._backoff.longer())

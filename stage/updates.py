"""The queue of updates and the long polling that empties it."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine
from itertools import islice
from typing import Any

from stage.errors import Json, Refused
from stage.journal import Journal
from stage.version import Version

ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}  # not sent by default
LIFE = 24 * 3600.0  # seconds, as are all times here
BUTTON_LIFE = 150.0  # a press that nobody fetches expires sooner
FUTURE = 10  # updates; an offset further ahead is ignored
REPEATED = 3.0  # polling for the same offset again within this time counts as impatience
HURRIED = 0.5
FRESHLY_POLLED = 2.0
GLANCE = 0.5  # between two checks whether the poller has hung up
TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
TERMINATED_BY_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Poll:
    """One open getUpdates; whoever ends it early sets `ended` and wakes it."""

    def __init__(self) -> None:
        self.ended = False
        self.conflict = False


class Updates:
    """Unconfirmed updates, in order. They age on machine time, so moving the stage's clock loses none."""

    def __init__(self, journal: Journal, version: Version) -> None:
        self._journal = journal
        self._version = version
        self._pending: dict[int, tuple[float, Json]] = {}
        self._next_id = 700_000_001
        self._new = asyncio.Event()
        self._poll: Poll | None = None
        self._polled_at = float("-inf")
        self._last_start = float("-inf")
        self._last_offset: int | None = None
        self._last_conflict = float("-inf")
        self._presses_checked = 0.0
        self.allowed: list[str] | None = None
        self.webhook: Json = {}
        self.webhook_set_at = 0.0
        self.webhook_error: Json = {}
        self.waiters: list[asyncio.Event] = []

    def restore(self, sections: dict[str, dict[str, Any]]) -> None:
        records = sections.get("update", {})
        self._pending = {
            int(key): (at, update)
            for key, (at, update) in sorted(records.items(), key=lambda item: int(item[0]))
        }
        numbers = sections.get("number", {})
        self._next_id = numbers.get("next_update", self._next_id)
        self.allowed = numbers.get("allowed_updates")
        self.webhook = numbers.get("webhook") or {}

    def add(self, update: Json, *, always: bool = False) -> int | None:
        """Queue an update and return its id, or None if the bot did not ask for its kind."""
        kind = next(iter(update), "")
        if not always and not self._wanted(kind):
            return None
        update_id = self._next_id
        self._next_id += 1
        entry = (time.time(), {"update_id": update_id, **update})
        self._pending[update_id] = entry
        self._journal.put("number", "next_update", self._next_id)
        self._journal.put("update", update_id, entry)
        self.wake()
        return update_id

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def wake(self) -> None:
        self._new.set()
        self._new = asyncio.Event()
        for waiter in self.waiters:
            waiter.set()

    def allow(self, kinds: list[str] | None) -> None:
        """Remember `allowed_updates`; None changes nothing, an empty list restores the default."""
        if kinds is not None and kinds != self.allowed:
            self.allowed = kinds
            self._journal.put("number", "allowed_updates", kinds)

    def set_webhook(self, webhook: Json) -> None:
        self.webhook = webhook
        self._journal.put("number", "webhook", webhook)
        self._version.bump()
        self.wake()
        if self._poll is not None and webhook:
            self._poll.conflict = True
            self.interrupt()

    def pending(self, limit: int | None = None) -> list[Json]:
        """The oldest unconfirmed updates."""
        self._expire()
        return [update for _, update in islice(self._pending.values(), limit)]

    @property
    def count(self) -> int:
        return len(self._pending)

    @property
    def attached(self) -> bool:
        """Whether a bot takes updates: a poll is open or was open just now, or a webhook is set."""
        recent = time.monotonic() - self._polled_at < FRESHLY_POLLED
        return self._poll is not None or recent or bool(self.webhook)

    def confirm(self, update_id: int) -> None:
        if self._pending.pop(update_id, None) is not None:
            self._journal.put("update", update_id, None)

    def holds(self, update_id: int) -> bool:
        return update_id in self._pending

    def drop_all(self) -> None:
        for update_id in list(self._pending):
            self.confirm(update_id)

    def interrupt(self) -> None:
        """End the open poll at once, with an empty answer."""
        if self._poll is not None:
            self._poll.ended = True
        self.wake()

    async def fetch(self, offset: int, limit: int, seconds: float, gone: Callable[[], bool]) -> list[Json]:
        """Long polling as Telegram does it: confirm all below `offset`, then wait for up to `seconds`.

        Raises a 409 if a webhook is set or another poll takes over. `gone` tells whether the poller hung up.
        """
        if self.webhook:
            raise Refused(409, f"Conflict: {WEBHOOK_ACTIVE}")
        self._confirm_below(offset)
        limit, seconds = self._slow_down(offset, limit, seconds)
        self._take_over()
        poll = self._poll = Poll()
        try:
            await self._wait(poll, seconds, gone)
            if poll.conflict:
                await self._delay_conflict()
                raise Refused(409, f"Conflict: {TERMINATED_BY_WEBHOOK if self.webhook else TERMINATED}")
            return [] if poll.ended else self.pending(limit)
        finally:
            self._polled_at = time.monotonic()
            asyncio.get_running_loop().call_later(FRESHLY_POLLED + GLANCE, self._notice_absence)
            if self._poll is poll:
                self._poll = None

    def _confirm_below(self, offset: int) -> None:
        if offset > self._next_id - 1 + FUTURE:
            return
        if offset > 0:
            while self._pending and (first := next(iter(self._pending))) < offset:
                self.confirm(first)
        elif offset < 0:
            for update_id in list(self._pending)[:offset]:
                self.confirm(update_id)

    def _slow_down(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        now = time.monotonic()
        if offset == self._last_offset:
            if timeout < REPEATED and now - self._last_start < REPEATED:
                timeout = REPEATED
            if now - self._last_start < HURRIED:
                limit = 1
        self._last_offset, self._last_start = offset, now
        return limit, timeout

    def _take_over(self) -> None:
        if self._poll is not None:
            self._poll.conflict = True
            self.interrupt()
        elif not self.attached:
            self._version.bump()

    def _notice_absence(self) -> None:
        if not self.attached:
            self._version.bump()

    async def _delay_conflict(self) -> None:
        """The first conflict is reported at once, each further one three seconds after the one before."""
        now = time.monotonic()
        wait = self._last_conflict + REPEATED - now
        self._last_conflict = max(now, now + wait)
        if wait > 0:
            await asyncio.sleep(wait)

    async def _wait(self, poll: Poll, seconds: float, gone: Callable[[], bool]) -> None:
        if self._pending or seconds <= 0:
            return
        try:
            async with asyncio.timeout(seconds):
                while not (self._pending or poll.ended or gone()):
                    await _at_most(self._new.wait(), GLANCE)
        except TimeoutError:
            return

    def _expire(self) -> None:
        now = time.time()
        while self._pending:
            update_id = next(iter(self._pending))
            if now - self._pending[update_id][0] < LIFE:
                break
            self.confirm(update_id)
        self._expire_presses(now)

    def _expire_presses(self, now: float) -> None:
        if now - self._presses_checked < 1.0:
            return
        self._presses_checked = now
        for update_id, (at, update) in list(self._pending.items()):
            if "callback_query" in update and now - at > BUTTON_LIFE:
                self.confirm(update_id)


async def _at_most(awaited: Coroutine[Any, Any, Any], seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await awaited


def clamped(value: int | None, low: int, high: int, absent: int) -> int:
    """The value, moved into the range from `low` to `high`; `absent` if there is none."""
    return absent if value is None else max(low, min(high, value))

"""How fast the one deliverer may send: over all chats, within one chat, and with room left for replies."""

import math

# Telegram takes about 30 messages a second in all and 1 a second in a chat, there 3 at once.
_TELEGRAM_PER_SECOND = 30.0
_CHAT_BURST = 3
# A little slower than Telegram's second: neither rounding nor a late packet may decide.
_CHAT_SECONDS = 1.02
_LARGEST_BURST = 5
_FREE_FOR_REPLIES = 3.0
_BULK_BURST = 2
# Instants closer than this are the same: `now + delay(…)` has to pass in spite of rounding.
_ROUNDING = 1e-6
_CHATS_BEFORE_TIDYING = 1024


class _Meter:
    """A token bucket, kept as the instant at which it will be full again."""

    def __init__(self, seconds_each: float) -> None:
        self.seconds_each = seconds_each
        self.full_at = -math.inf

    def opens(self, at_once: int) -> float:
        """The first instant at which a bucket of `at_once` tokens has one."""
        return self.full_at - (at_once - 1) * self.seconds_each

    def take(self, now: float) -> None:
        self.full_at = max(self.full_at, now) + self.seconds_each

    def not_before(self, now: float) -> None:
        """As if the last token had been taken only now."""
        self.full_at = max(self.full_at, now + self.seconds_each)


class Pace:
    """Buckets that stay below Telegram's limits: `per_second` over all chats, 1/s in a chat.

    In a chat, replies may come 3 at once and bulk one by one; all bulk together leaves 3/s of the rate free.
    In any second at most 30 go out, as long as `per_second` is at most 29. All instants are seconds of one
    monotonic clock, handed in by the caller.
    """

    def __init__(self, per_second: float) -> None:
        if not per_second > 0:
            raise ValueError("per_second must be greater than 0")
        self._at_once = max(1, min(_LARGEST_BURST, math.floor(_TELEGRAM_PER_SECOND - per_second)))
        self._all = _Meter(1 / per_second)
        self._bulk = _Meter(1 / max(per_second - _FREE_FOR_REPLIES, per_second / 2))
        self._chats: dict[int, _Meter] = {}
        self._tidy_above = _CHATS_BEFORE_TIDYING
        self._paused_until = -math.inf

    def delay(self, chat: int, bulk: bool, now: float) -> float:
        """Seconds until a message to `chat` may go; 0 if it may go now. Takes nothing."""
        opens = max(self._paused_until, self._opens_bulk(chat) if bulk else self._opens_reply(chat))
        return opens - now if opens - now > _ROUNDING else 0.0

    def take(self, chat: int, bulk: bool, now: float) -> None:
        """Count a message to `chat` that goes out now. Raises ValueError if `delay` would not be 0."""
        if self.delay(chat, bulk, now) > 0:
            raise ValueError("too early")
        self._all.take(now)
        if bulk:
            self._bulk.take(now)
        self._chats.setdefault(chat, _Meter(_CHAT_SECONDS)).take(now)
        if len(self._chats) > self._tidy_above:
            self._forget_idle(now)

    def landed(self, chat: int, now: float) -> None:
        """Telegram answered a message to `chat` now: it counted it no later, but perhaps no earlier.

        Without this, a slow message and a fast one after it reach Telegram closer together than they left.
        """
        self._chats.setdefault(chat, _Meter(_CHAT_SECONDS)).not_before(now)

    def pause(self, until: float) -> None:
        """Send nothing before `until` (RetryAfter); the longest pause counts."""
        self._paused_until = max(self._paused_until, until)

    def _opens_reply(self, chat: int) -> float:
        meter = self._chats.get(chat)
        return max(self._all.opens(self._at_once), meter.opens(_CHAT_BURST) if meter else -math.inf)

    def _opens_bulk(self, chat: int) -> float:
        meter = self._chats.get(chat)
        return max(
            self._all.opens(max(1, self._at_once - 1)),  # the last place is a reply's
            self._bulk.opens(_BULK_BURST),
            meter.opens(1) if meter else -math.inf,
        )

    def _forget_idle(self, now: float) -> None:
        """A full bucket is as good as none. What is left is limited by the rate itself."""
        self._chats = {chat: meter for chat, meter in self._chats.items() if meter.full_at > now}
        self._tidy_above = max(_CHATS_BEFORE_TIDYING, 2 * len(self._chats))

"""How fast the one deliverer may send: across all chats, and within one chat."""

import math
from datetime import timedelta

# Telegram takes about 30 messages a second overall, and 1 a second in a chat with bursts of 3.
_TELEGRAM_PER_SECOND = 30.0
_CHAT_BURST = 3
# A little more than a second, so that neither rounding nor a late packet breaks the limit.
_CHAT_SECONDS = 1.02
_LARGEST_BURST = 5
# Instants closer than this count as equal: a message must be able to go at `now + delay(…)` despite rounding.
_ROUNDING = 1e-6
_CHATS_BEFORE_TIDYING = 1024
MEMORY = timedelta(seconds=_CHAT_BURST * _CHAT_SECONDS)  # what was sent earlier no longer makes a difference


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

    def empty(self, at: float, at_once: int) -> None:
        """A bucket of `at_once` tokens had none left at that instant."""
        self.full_at = max(self.full_at, at + at_once * self.seconds_each)

    def not_before(self, now: float) -> None:
        """Refill as if the last token had been taken only now."""
        self.full_at = max(self.full_at, now + self.seconds_each)


class Pace:
    """Token buckets that stay below Telegram's limits: `per_second` across all chats, 1/s in a chat.

    In a chat, replies may come in bursts of 3, bulk messages only one by one. Bulk may use all that replies leave of
    the rate: whoever chooses lets replies go first, so that one waits for a single bulk message at most. At most 30
    messages go out in any second, as long as `per_second` is at most 29. All instants are seconds of one monotonic
    clock, passed in by the caller.
    """

    def __init__(self, per_second: float) -> None:
        if not per_second > 0:
            raise ValueError("per_second must be greater than 0")
        self._at_once = max(1, min(_LARGEST_BURST, math.floor(_TELEGRAM_PER_SECOND - per_second)))
        self._all = _Meter(1 / per_second)
        self._chats: dict[int, _Meter] = {}
        self._tidy_above = _CHATS_BEFORE_TIDYING
        self._paused_until = -math.inf

    def delay(self, chat: int, bulk: bool, now: float) -> float:
        """Seconds until a message to `chat` may go, 0 if it may go now. Does not count it."""
        opens = max(self._paused_until, self._all.opens(self._at_once), self._opens(chat, bulk))
        return opens - now if opens - now > _ROUNDING else 0.0

    def take(self, chat: int, bulk: bool, now: float) -> None:
        """Count a message that goes to `chat` now. Raises ValueError if `delay` would not be 0."""
        if self.delay(chat, bulk, now) > 0:
            raise ValueError("too early")
        self._all.take(now)
        self._chats.setdefault(chat, _Meter(_CHAT_SECONDS)).take(now)
        if len(self._chats) > self._tidy_above:
            self._forget_idle(now)

    def remember(self, chat: int, at: float) -> None:
        """Somebody else sent a message to `chat` at that instant. How many they had sent before is not known: all that
        may go at once counts as gone.
        """
        self._all.empty(at, self._at_once)
        self._chats.setdefault(chat, _Meter(_CHAT_SECONDS)).empty(at, _CHAT_BURST)

    def landed(self, chat: int, now: float) -> None:
        """Note that Telegram has just answered a message to `chat`, and may have counted it only now.

        Otherwise a slow message and a fast one after it could reach Telegram closer together than they left.
        """
        self._chats.setdefault(chat, _Meter(_CHAT_SECONDS)).not_before(now)

    def pause(self, until: float) -> None:
        """Let nothing go before `until` (Telegram's RetryAfter); the longest pause wins."""
        self._paused_until = max(self._paused_until, until)

    def _opens(self, chat: int, bulk: bool) -> float:
        meter = self._chats.get(chat)
        return meter.opens(1 if bulk else _CHAT_BURST) if meter else -math.inf

    def _forget_idle(self, now: float) -> None:
        """Drop full buckets, which limit nothing; the rate itself limits how many others there are."""
        self._chats = {chat: meter for chat, meter in self._chats.items() if meter.full_at > now}
        self._tidy_above = max(_CHATS_BEFORE_TIDYING, 2 * len(self._chats))

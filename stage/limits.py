"""Telegram's flood limits, as far as they are known: 30 messages a second overall, 1 a second per chat."""

import math
import time
from dataclasses import dataclass

from stage.errors import flood

OVERALL_PER_SECOND, OVERALL_BURST = 30.0, 30.0
CHAT_PER_SECOND, CHAT_BURST = 1.0, 3.0
TIDY_ABOVE = 10_000  # chats remembered before the full buckets are thrown away


@dataclass
class Bucket:
    rate: float
    burst: float
    level: float
    at: float

    def refill(self, now: float) -> None:
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now

    def wait(self) -> float:
        return max(0.0, (1.0 - self.level) / self.rate)


class Limits:
    """Token buckets on machine time; a refused call takes nothing."""

    def __init__(self) -> None:
        self._overall = Bucket(OVERALL_PER_SECOND, OVERALL_BURST, OVERALL_BURST, time.monotonic())
        self._chats: dict[str, Bucket] = {}

    def take(self, chat: str) -> None:
        """Let one message to `chat` pass, or raise a 429 with the whole seconds to wait."""
        now = time.monotonic()
        buckets = (self._overall, self._bucket(chat, now))
        for bucket in buckets:
            bucket.refill(now)
        wait = max(bucket.wait() for bucket in buckets)
        if wait > 1e-6:  # noqa: PLR2004 - rounding of the refill
            raise flood(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.level -= 1

    def _bucket(self, chat: str, now: float) -> Bucket:
        if chat not in self._chats:
            if len(self._chats) >= TIDY_ABOVE:
                self._chats = {name: each for name, each in self._chats.items() if now - each.at < CHAT_BURST}
            self._chats[chat] = Bucket(CHAT_PER_SECOND, CHAT_BURST, CHAT_BURST, now)
        return self._chats[chat]

"""The log of Bot API calls, and the list of those that broke the table of methods."""

from collections import deque
from itertools import islice
from typing import Any

from stage.errors import Json

KEPT_CALLS = 20_000
KEPT_VIOLATIONS = 5_000


class CallLog:
    def __init__(self) -> None:
        self._calls: deque[Json] = deque(maxlen=KEPT_CALLS)
        self.violations: deque[Json] = deque(maxlen=KEPT_VIOLATIONS)
        self.count = 0

    def add(self, entry: Json) -> None:
        self.count += 1
        self._calls.append({"n": self.count, **entry})

    def violation(self, method: str, problem: str) -> None:
        self.violations.append({"method": method, "problem": problem})

    def after(self, number: int, method: str | None, limit: int) -> list[Json]:
        """Calls with a number above `number`, oldest first, at most `limit`; `method` None means any."""
        skip = max(0, len(self._calls) - (self.count - number)) if number < self.count else len(self._calls)
        found = (call for call in islice(self._calls, skip, None) if _is(call, method))
        return list(islice(found, limit))

    def last(self, count: int) -> list[Json]:
        return list(self._calls)[-count:] if count < len(self._calls) else list(self._calls)

    def clear(self) -> None:
        self._calls.clear()
        self.violations.clear()


def _is(call: dict[str, Any], method: str | None) -> bool:
    return method is None or call["method"].lower() == method.lower()

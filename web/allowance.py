"""How many requests may be answered: a rate per second, and a burst."""

from collections.abc import Callable


class Allowance:
    """A token bucket that begins full. `monotonic`: seconds that only grow."""

    def __init__(self, a_second: float, at_once: int, monotonic: Callable[[], float]) -> None:
        self._a_second, self._at_once, self._monotonic = a_second, at_once, monotonic
        self._left, self._at = float(at_once), monotonic()

    def take(self) -> bool:
        """Whether there is room for one more, which is then taken."""
        now = self._monotonic()
        self._left = min(self._at_once, self._left + (now - self._at) * self._a_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

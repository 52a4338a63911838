"""What takes a while to make is made once for everybody who asks within a few seconds."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Keeps each thing for so many seconds, counted from when it began to be made; one is made at a time."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._seconds, self._monotonic = seconds, monotonic
        self._made: dict[Hashable, tuple[float, T]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """What was made under this key, if it is not too old; else what `make` returns. Raises what that raises."""
        async with self._one_at_a_time:
            now = self._monotonic()
            self._made = {each: of for each, of in self._made.items() if now - of[0] < self._seconds}
            if key not in self._made:
                self._made[key] = (now, await make())
            return self._made[key][1]

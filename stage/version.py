"""One number that grows with every change, and waiting for it to grow."""

import asyncio
import time


class Version:
    def __init__(self) -> None:
        self.number = time.time_ns() // 1000  # so that a stage started later is always ahead
        self._changed = asyncio.Event()
        self._closed = False

    def bump(self) -> int:
        """Count a change, wake everybody who waits, and return the new number."""
        self.number += 1
        self._changed.set()
        self._changed = asyncio.Event()
        return self.number

    def close(self) -> None:
        """Release everybody who is waiting, because the stage stops."""
        self._closed = True
        self.bump()

    async def wait(self, after: int, seconds: float) -> None:
        """Return when the number is greater than `after`, at the latest after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                while self.number <= after and not self._closed:
                    await self._changed.wait()
        except TimeoutError:
            return

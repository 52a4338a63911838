"""A clock for tests: it runs as ours does, and walks from due instant to due instant when told to."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from stage.clock import months_later

BERLIN = ZoneInfo("Europe/Berlin")
_SETTLES_WITHIN = 50  # passes at one instant; more is a loop


class TestClock:
    """Handed to the bot in the machine's place.

    `haste`: how much faster than the machine the pace of sending lives, so that nobody waits for it.
    """

    __test__ = False

    def __init__(self, starts_at, haste=1_000_000.0):
        self._offset = starts_at - datetime.now(UTC)
        self._haste = haste
        self._world = None

    def walks(self, world):
        self._world = world

    def now(self):
        return datetime.now(UTC) + self._offset

    def machine(self):
        return datetime.now(UTC)

    def monotonic(self):
        return time.monotonic() * self._haste

    @property
    def local(self):
        """What a watch in Berlin shows."""
        return self.now().astimezone(BERLIN)

    def skip(self, delta):
        """So far ahead at once: whatever falls due meanwhile is late."""
        self._to(self.now() + delta)

    async def advance(self, *, months=0, **amounts):
        """So far ahead (months, weeks, days, hours, minutes); months and days keep the hour in Berlin."""
        whole = timedelta(**{unit: amounts.pop(unit) for unit in ("weeks", "days") if unit in amounts})
        target = months_later(self.local, months) + whole
        await self.to(target.astimezone(UTC) + timedelta(**amounts))

    async def to(self, target):
        """Through every instant until `target` at which something falls due; all is quiet at each."""
        assert target >= self.now(), "time never goes back"
        walk = self._world.walk
        while (due := await walk.next_due()) is not None and due < target:
            self._to(due)
            await self._settle()
        self._to(target)
        await self._settle()

    def _to(self, moment):
        self._offset = max(self._offset, moment - datetime.now(UTC))

    async def _settle(self):
        for _ in range(_SETTLES_WITHIN):
            await self._world.walk.run_due()
            if await self._world.idle():
                return
            await self._world.quiet()
        raise AssertionError(f"at {self.local} there is always more to do")

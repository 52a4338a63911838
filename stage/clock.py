"""The stage's time: an offset from the machine's clock that only grows, and the walk to a target."""

import asyncio
import calendar
import time
from datetime import UTC, datetime, timedelta

from stage.errors import ControlError, Json
from stage.journal import Journal
from stage.version import Version

LAST_YEAR = 2999  # programs that read this clock can still add years to it
WALKER_SILENCE = 3.0  # seconds without a request after which the walker counts as gone


class Clock:
    def __init__(self, journal: Journal, version: Version) -> None:
        self._journal = journal
        self._version = version
        self._offset = timedelta()
        self._walker_seen = float("-inf")
        self._arrival = asyncio.Event()
        self._arrival.set()
        self.target: datetime | None = None
        self.next = False

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def unix(self) -> int:
        return int(time.time() + self._offset.total_seconds())

    def restore(self, record: Json) -> None:
        self._offset = timedelta(seconds=record.get("offset", 0.0))
        self.next = record.get("next", False)
        self.target = datetime.fromisoformat(record["target"]) if record.get("target") else None
        if self.target or self.next:
            self._arrival.clear()

    def forget(self) -> None:
        """Return to the machine's time and drop any target."""
        self._offset = timedelta()
        self._arrive()

    @property
    def arrived(self) -> bool:
        return self.target is None and not self.next

    @property
    def has_walker(self) -> bool:
        return time.monotonic() - self._walker_seen < WALKER_SILENCE

    def walker_asks(self) -> None:
        self._walker_seen = time.monotonic()

    def to_json(self) -> Json:
        return {
            "now": self.now().isoformat(),
            "target": self.target.isoformat() if self.target else None,
            "next": self.next,
            "arrived": self.arrived,
            "walker": self.has_walker,
        }

    def set(self, now: datetime, *, arrived: bool = False) -> None:
        """The walker has reached `now`. Time never goes back: an earlier `now` can only mark the arrival."""
        if now.year > LAST_YEAR:
            raise ControlError("too far")
        self._offset = max(self._offset, now - datetime.now(UTC))
        if arrived or (self.target is not None and now >= self.target):
            self._arrive()
        self._save()

    def move(self, target: datetime | None) -> None:
        """Ask the walker to go to `target` (None: to the next due thing); without a walker, jump there.

        Raises ControlError for a target in the past or after LAST_YEAR.
        """
        if target is not None and target.year > LAST_YEAR:
            raise ControlError("too far")
        if target is not None and target < self.now():
            raise ControlError("time never goes back")
        if not self.has_walker:
            self.set(target or self.now(), arrived=True)
            return
        self.target, self.next = target, target is None
        self._arrival.clear()
        self._save()

    async def wait_arrived(self, seconds: float) -> None:
        """Return on arrival, at the latest after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._arrival.wait()
        except TimeoutError:
            return

    def close(self) -> None:
        """Release everybody who is waiting, because the stage stops."""
        self._arrival.set()

    def _arrive(self) -> None:
        self.target, self.next = None, False
        self._arrival.set()
        self._save()

    def _save(self) -> None:
        target = self.target.isoformat() if self.target else None
        record = {"offset": self._offset.total_seconds(), "target": target, "next": self.next}
        self._journal.put("number", "clock", record)
        self._version.bump()


def months_later(moment: datetime, months: int) -> datetime:
    """The same day that many months on, or the last day of a shorter month."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))

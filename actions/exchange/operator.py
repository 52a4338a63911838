"""Whoever runs this bot: their settings, as far as the actions need them."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.calendar import local_day
from domain.links import Link
from domain.rehearsals import RehearsalPlan, RehearsedMessage
from domain.voice import Voice

Calendars = Sequence[list[list[str]]]
"""The terms of calendar uploads, as they are stored."""
Rehearse = Callable[[RehearsalPlan, Voice, Calendars, "Operator"], Awaitable[list[RehearsedMessage]]]


async def _not_here(*_: object) -> list[RehearsedMessage]:
    raise RuntimeError("nobody said how a rehearsal is played")


@dataclass(frozen=True)
class Operator:
    """`owners`: numeric Telegram ids. `controller`: who is responsible for the data, named in consents.

    `labels`: what may be typed instead of the buttons before the core consents, as `domain.labels` spells it. It reads
    the catalogues of all voices when it is first asked.
    `rehearse`: plays a pledge as it would go (`scheduler/rehearsal.py`, which actions cannot import).
    """

    owners: Collection[int]
    controller: str
    contact: str
    bot: str  # username without @
    zone: ZoneInfo
    voice: Voice
    retention_days: int
    labels: Callable[[], Collection[str]] = frozenset
    web: str = ""  # where its HTTP front is reached, without a slash at the end
    rehearse: Rehearse = _not_here

    def address_of(self, link: Link) -> str:
        """The address that opens this deep link."""
        return f"https://t.me/{self.bot}?start={link.payload}"

    def wall_of(self, code: str) -> str:
        """The address of the wall of the workshop with this code."""
        return f"{self.web}/wall/{code}"

    def report_of(self, code: str) -> str:
        """The address of the report that is opened at this code."""
        return f"{self.web}/report/{code}"

    def day(self, moment: datetime) -> date:
        """The local day of an aware moment: people's dates are days in the operator's zone."""
        return local_day(moment, self.zone)

    def wall(self, moment: datetime) -> datetime:
        """An aware moment as the clock on the wall shows it, in the operator's zone."""
        return moment.astimezone(self.zone)

"""Whoever runs this bot: their settings, as far as the actions need them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.calendar import local_day
from domain.links import Link
from domain.voice import Voice


@dataclass(frozen=True)
class Operator:
    """`owners`: numeric Telegram ids. `controller`: who is responsible for the data, named in consents.

    `labels`: what may be typed instead of the buttons before the core consents, as `domain.labels` spells it.
    """

    owners: Collection[int]
    controller: str
    contact: str
    bot: str  # username without @
    zone: ZoneInfo
    voice: Voice
    retention_days: int
    labels: Collection[str] = frozenset()

    def address_of(self, link: Link) -> str:
        """The address that opens this deep link."""
        return f"https://t.me/{self.bot}?start={link.payload}"

    def day(self, moment: datetime) -> date:
        """The local day of an aware moment: people's dates are days in the operator's zone."""
        return local_day(moment, self.zone)

    def wall(self, moment: datetime) -> datetime:
        """An aware moment as the clock on the wall shows it, in the operator's zone."""
        return moment.astimezone(self.zone)

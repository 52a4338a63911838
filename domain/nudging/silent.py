"""When a party of a pledge is silent: three questions in a row that had a fair chance, and not a word about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import asking_day, local_day
from domain.nudging.asking import again_due
from domain.nudging.periods import MONTHS, Period
from domain.terms import Terms

IN_A_ROW = 3
TEAM_AFTER = timedelta(days=14)
"""How long after the other party was told of a silence the team may be told."""
TEAM_WITHIN = timedelta(days=7)
"""How long from `team_told_on` the list of the month may still go out."""

_CHANCE = timedelta(days=7)
"""How long a question waits for a word, and then its follow-up."""
_LATE = timedelta(days=10)
"""A question that comes later than this was kept back by more than the week and the sittings of parliament: a pause, a
chat that was closed, an outage. It says nothing about its reader.
"""
_ON_ITS_WAY = timedelta(days=1)
_RARE = (Period.BEFORE14, Period.DEADLINE)


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """A question to one party, as it came to them. `arrived_at`, `again_arrived_at`: when the messages that asked it,
    first and again, were in the chat; None: they never were, or nobody knows. All in UTC.
    """

    period: Period
    due: datetime
    asked_at: datetime | None = None
    arrived_at: datetime | None = None
    asked_again_at: datetime | None = None
    again_arrived_at: datetime | None = None


def silent_from(
    asked: Iterable[PastQuestion], heard_at: datetime | None, zone: ZoneInfo, land: str | None, terms: Terms
) -> datetime | None:
    """The instant, in UTC, from which a party is silent about a pledge if nothing is heard of them until then; None:
    not as things are.

    `heard_at`: their last word about it, whatever it was; what was asked before that does not count. `land`: where they
    live; `terms`: when its schools are closed.
    """
    counted = [
        each for each in asked if heard_at is None or each.asked_at is None or each.asked_at > heard_at
    ]
    ends = sorted(end for each in counted if (end := _fair_until(each, zone, land, terms)) is not None)
    return ends[IN_A_ROW - 1] if len(ends) >= IN_A_ROW else None


def _fair_until(asked: PastQuestion, zone: ZoneInfo, land: str | None, terms: Terms) -> datetime | None:
    """When the fair chance to answer this was over; None: there was none.

    Only a monthly question has a follow-up early enough. Both have to arrive, in time, and outside the school holidays.
    """
    if asked.period not in MONTHS or asked.asked_at is None or asked.asked_again_at is None:
        return None
    first = _came(asked.due, asked.asked_at, asked.arrived_at)
    again = _came(again_due(asked.asked_at, zone, land), asked.asked_again_at, asked.again_arrived_at)
    if first is None or again is None:
        return None
    if terms.in_school_holidays((local_day(first, zone), local_day(again, zone)), land):
        return None
    return again + _CHANCE


def _came(due: datetime, asked_at: datetime, arrived_at: datetime | None) -> datetime | None:
    """When a message came that was due then; None if not in time."""
    if arrived_at is None or arrived_at - asked_at > _ON_ITS_WAY or asked_at - due > _LATE:
        return None
    return arrived_at


def still_asked(period: Period, months: int) -> bool:
    """Whether a silent party is asked this about a pledge of that many months: at halftime, 14 days before, on the
    day.
    """
    halftime = (months + 1) // 2
    return period in _RARE or (period in MONTHS and MONTHS.index(period) + 1 == halftime)


def team_told_on(day: date) -> date:
    """The day in this day's month on which the team gets its list of silences: the first working day."""
    return asking_day(day.replace(day=1), None)

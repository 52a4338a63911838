"""Which questions a pledge has, and on which days they fall due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import USUAL_HOUR, asking_day, instant, last_asking_day, months_after
from domain.nudging.periods import MONTHS, Period

_APART = timedelta(days=7)
"""A question closer than this to the next one about the same pledge would only ask the same twice."""
_WEEK, _FOURTEEN, _THREE = timedelta(days=7), timedelta(days=14), timedelta(days=3)
_EARLIEST_BEFORE = timedelta(days=7)
"""How much earlier than 14 or 3 days before its day a pledge may be asked about, if that falls on days off."""


@dataclass(frozen=True, slots=True)
class Planned:
    period: Period
    due: datetime  # UTC


def plan(
    made_on: date, deadline: date, *, zone: ZoneInfo, land: str | None, hour: time = USUAL_HOUR
) -> tuple[Planned, ...]:
    """The questions about a pledge to one party, in order, each at `hour` by the wall clock of `zone`.

    Day 7 and months 1 to 5 count from the day the pledge was made; months clamp to their end. Each moves to the next
    working day (of the Land) outside the quiet time. So does the question fourteen days before the deadline, unless it
    then comes too close to the next one: then it moves to the working day before, as that of three days before always
    does; more than a week earlier it is left out. So is an earlier question less than seven days before the next one.
    The deadline's question moves to the next working day: for a Saturday it comes on Monday, so that the day is over
    when people are asked how it ended. The caller must choose an `hour` within office hours.
    """
    return tuple(
        Planned(period, instant(day, hour, zone)) for period, day in _asking_days(made_on, deadline, land)
    )


def _asking_days(made_on: date, deadline: date, land: str | None) -> list[tuple[Period, date]]:
    last = [(Period.DEADLINE, asking_day(deadline, land))]
    three = _just_before(deadline - _THREE, made_on, land)
    if three is not None:
        last.insert(0, (Period.BEFORE3, three))
    fourteen = _fourteen_before(deadline, made_on, min(deadline, last[0][1]), land)
    if fourteen is not None:
        last.insert(0, (Period.BEFORE14, fourteen))
    early = list(_early_days(made_on, land))
    kept: list[tuple[Period, date]] = []
    following = min(deadline, last[0][1])
    for period, day in reversed(early):
        if day + _APART <= following:
            kept.insert(0, (period, day))
            following = day
    return kept + last


def _early_days(made_on: date, land: str | None) -> Iterator[tuple[Period, date]]:
    yield Period.WEEK1, asking_day(made_on + _WEEK, land)
    for number, period in enumerate(MONTHS, start=1):
        yield period, asking_day(months_after(made_on, number), land)


def _fourteen_before(deadline: date, made_on: date, following: date, land: str | None) -> date | None:
    day = asking_day(deadline - _FOURTEEN, land)
    if day + _APART > following:
        return _just_before(deadline - _FOURTEEN, made_on, land, following)
    return day if day - made_on >= _WEEK else None


def _just_before(day: date, made_on: date, land: str | None, following: date | None = None) -> date | None:
    """The last day up to `day` on which people may be asked; None if that is too early for it."""
    found = last_asking_day(day, land)
    too_close = following is not None and found + _APART > following
    if day - found > _EARLIEST_BEFORE or found - made_on < _WEEK or too_close:
        return None
    return found

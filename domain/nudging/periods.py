"""The questions of a pledge and their order."""

from collections.abc import Collection
from enum import StrEnum


class Period(StrEnum):
    """Which question of a pledge a nudge asks; pledge, party and period identify a nudge."""

    WEEK1 = "w1"
    M1 = "m1"
    M2 = "m2"
    M3 = "m3"
    M4 = "m4"
    M5 = "m5"
    BEFORE14 = "d14"
    BEFORE3 = "d3"
    DEADLINE = "deadline"


_ORDER = {period: number for number, period in enumerate(Period)}
COUNTING_DOWN = (Period.BEFORE14, Period.BEFORE3, Period.DEADLINE)
"""Those that follow the deadline when it is moved; the others count from the day the pledge was made."""
MONTHS = (Period.M1, Period.M2, Period.M3, Period.M4, Period.M5)


def in_order(period: Period) -> int:
    """A sort key: the question's place among those of a pledge."""
    return _ORDER[period]


def earlier_than(period: Period) -> tuple[Period, ...]:
    """The questions that are asked before this one."""
    return tuple(each for each in Period if _ORDER[each] < _ORDER[period])


def current(planned: Collection[Period], due: Collection[Period]) -> Period | None:
    """The question that an answer given now belongs to: the latest one due, or the first one planned if none is due.

    How it ended is not asked before its day: None if that is the only question planned.
    """
    if due:
        return max(due, key=in_order)
    return min((each for each in planned if each is not Period.DEADLINE), key=in_order, default=None)

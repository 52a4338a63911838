"""What words about a day were taken for: the day itself, or what has to be asked first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.calendar import months_after


class Doubt(StrEnum):
    """Why the words do not name one day for certain."""

    CHOSEN = "chosen"  # they name a stretch or its edge (Ende März, KW 14, nach Ostern), and we chose the day
    NEXT = "next"  # "next Friday" on a Monday: most people mean the coming one, some the one after
    PAST = "past"  # the year they give makes it a day that is over
    ORDER = "order"  # 05/06/2027: the day may come first, or the month
    WEEKDAY = "weekday"  # "Monday, 20 July" if that is a Tuesday
    WIDE = "wide"  # a month, season or year, and not where in it: "bis Mai" has two meanings
    SEVERAL = "several"  # two days, joined by "or" or found in one sentence


MUST_BE_ASKED = frozenset({Doubt.ORDER, Doubt.WEEKDAY, Doubt.WIDE, Doubt.SEVERAL})


@dataclass(frozen=True, slots=True)
class Reading:
    """The day to propose, the stretch it was taken from, and other days the same words may mean.

    `first` to `last`, both included, is all that the words name: for "KW 14" Monday to Sunday, for a single day that
    day twice. `others` are worth a button each, the likeliest first; `day` is never among them.
    """

    day: date
    first: date
    last: date
    doubt: Doubt | None = None
    others: tuple[date, ...] = ()

    @property
    def settled(self) -> date | None:
        """The day, if it can be taken without asking which one is meant; else None."""
        return None if self.doubt in MUST_BE_ASKED else self.day


def exactly(day: date) -> Reading:
    """The reading of words that name this very day."""
    return Reading(day, day, day)


def chosen(day: date, first: date, last: date) -> Reading:
    """The reading of words that name a stretch, of which we propose this day."""
    return Reading(day, first, last, Doubt.CHOSEN)


def asked(doubt: Doubt, days: Iterable[date]) -> Reading | None:
    """The reading of words that may mean any of these days, the likeliest first; without doubt if there is only one."""
    different = list(dict.fromkeys(days))
    if len(different) <= 1:
        return exactly(different[0]) if different else None
    return Reading(different[0], min(different), max(different), doubt, tuple(different[1:]))


def coming(readings: Iterable[Reading], today: date) -> Reading | None:
    """The first of these readings that is not over, or the last if all are; None without any. Expects them in order."""
    latest = None
    for latest in readings:
        if latest.day >= today:
            break
    return latest


def or_next_year(reading: Reading, today: date) -> Reading:
    """The reading; if its day is over and no other is offered, with the same day of the next year to come beside it."""
    if reading.day >= today or reading.doubt not in (None, Doubt.CHOSEN):
        return reading
    years = range(1, today.year - reading.day.year + 2)
    later = (months_after(reading.day, 12 * number) for number in years)
    again = next(day for day in later if day >= today)
    return replace(reading, doubt=Doubt.PAST, others=(again,))

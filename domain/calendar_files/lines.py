"""One line of such a file, and what can be wrong with it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.terms import TermKind

LARGEST = 100_000
"""Bytes of a file; a year of all Länder takes fewer than ten thousand."""
MOST = 400
"""Lines with days, or with something wrong."""

_LONGEST = timedelta(days=100)  # summer holidays take six weeks and a half
_NEAR = timedelta(days=366 * 6)


class FileFault(StrEnum):
    """Why nothing can be read from a file."""

    LOST = "lost"  # it could not be fetched
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    BROKEN = "broken"  # it begins like a calendar, but is not one
    TOO_MANY = "too_many"  # lines
    EMPTY = "empty"  # no line with days


class LineFault(StrEnum):
    """Why one line does not count."""

    NO_DAY = "no_day"
    BACKWARDS = "backwards"  # it ends before it begins
    TOO_LONG = "too_long"
    FAR_AWAY = "far_away"  # in years that nobody plans
    RECURS = "recurs"  # a calendar's entry that repeats by a rule


class CalendarFileError(ValueError):
    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class LineRead:
    """A line with days. `kind` None, `of` "": it does not say of what, or whose they are."""

    kind: TermKind | None
    of: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class FileRead:
    """`faults`: by the number of the line, or of the calendar's entry, counted from 1."""

    terms: tuple[LineRead, ...]
    faults: tuple[tuple[int, LineFault], ...]


def fault_of(first: date, last: date, today: date) -> LineFault | None:
    """What is wrong with these days; None if nothing is."""
    if last < first:
        return LineFault.BACKWARDS
    if not today - _NEAR <= first <= last <= today + _NEAR:
        return LineFault.FAR_AWAY
    return LineFault.TOO_LONG if last - first > _LONGEST else None

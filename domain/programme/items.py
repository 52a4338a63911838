"""One item of a programme, and what can be wrong with a line that says one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from domain.versions import version_of

MOST = 100
"""Items that are read from one file, wrong ones included. A full day has some twenty."""
TITLE_LIMIT = 120
PLACE_LIMIT = 60
"""The most UTF-16 units of an item's title, and of its place."""


class SentFault(StrEnum):
    """Why nothing can be read from what was sent."""

    LOST = "lost"  # it could not be fetched
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"  # a picture, a workbook
    BROKEN = "broken"  # it begins like a calendar, but is not one
    TOO_MANY = "too_many"  # items
    EMPTY = "empty"  # not one line, or entry


class ItemFault(StrEnum):
    """Why one line, or one entry of a calendar, is no item."""

    NO_TIME = "no_time"
    NO_TITLE = "no_title"
    BACKWARDS = "backwards"  # it ends before it begins
    TOO_LONG = "too_long"
    FORMULA = "formula"  # a cell that a program would compute
    ANOTHER_DAY = "another_day"
    RECURS = "recurs"  # an entry that repeats by a rule
    TWICE = "twice"  # the same as in a line above


class ProgrammeError(ValueError):
    def __init__(self, fault: SentFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Item:
    """What begins when, by the operator's clock on the day of the workshop. `ends` None, `place` "": nobody said."""

    begins: time
    title: str
    place: str = ""
    ends: time | None = None

    @property
    def version(self) -> int:
        return version_of(self)

    @property
    def order(self) -> tuple[time, time, str, str]:
        """By when they begin; of those that begin together the one that ends first, then by their titles."""
        return (self.begins, self.ends or time.max, self.title, self.place)


@dataclass(frozen=True, slots=True)
class SentRead:
    """`items` and `faults` by the number of the line, or of the calendar's entry, counted from 1. `whole`: it is a file
    with all of the day, no lines that somebody typed.
    """

    items: tuple[tuple[int, Item], ...]
    faults: tuple[tuple[int, ItemFault], ...]
    whole: bool


def in_order(items: Iterable[Item]) -> list[Item]:
    """In the order of the day."""
    return sorted(items, key=lambda each: each.order)

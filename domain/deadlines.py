"""Which of the days that words may mean can be a deadline; and whether a sentence agrees with the one it has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from domain.days import Doubt, Reading, reading_on, reading_until
from domain.nudging import may_be_deadline

# The words name one day, or a stretch of which any day is meant.
_ANY_DAY_OF_IT = (None, Doubt.CHOSEN, Doubt.WIDE)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """The likeliest day that a sentence names, which is not its deadline.

    `offered`: those it may name that may become the deadline, the likeliest first. `sure`: its words leave no doubt.
    """

    day: date
    offered: tuple[date, ...]
    sure: bool


def possible(reading: Reading, may_be: Callable[[date], bool]) -> tuple[date, ...]:
    """The days that the words may mean and that may be chosen, the likeliest first."""
    return tuple(day for day in (reading.day, *reading.others) if may_be(day))


def said_day(sentence: str, deadline: date, *, written_on: date, today: date) -> SaidDay | None:
    """The day in the sentence that the deadline disagrees with; None if they agree, or it names none.

    It is read as on the day it was written, and offered as a deadline from today on.
    """
    reading = reading_until(sentence, written_on) or reading_on(sentence, written_on)
    if reading is None or _agree(reading, deadline):
        return None
    offered = possible(reading, partial(may_be_deadline, today))
    return SaidDay(offered[0] if offered else reading.day, offered, sure=reading.doubt is None)


def _agree(reading: Reading, deadline: date) -> bool:
    within = reading.doubt in _ANY_DAY_OF_IT and reading.first <= deadline <= reading.last
    return within or deadline in (reading.day, *reading.others)

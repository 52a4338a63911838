"""Which of the days that words may mean can be taken."""

from collections.abc import Callable
from datetime import date

from domain.days import Reading


def possible(reading: Reading, may_be: Callable[[date], bool]) -> tuple[date, ...]:
    """The days that the words may mean and that may be chosen, the likeliest first."""
    return tuple(day for day in (reading.day, *reading.others) if may_be(day))

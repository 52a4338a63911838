"""Days as people say them, in German and English: typed as an answer, or named in a sentence.

`read_day` and `reading_until` say all there is to know: the day to propose, whether and why it is in doubt, and which
other days may be meant. `parse_day` returns a day only if nothing has to be asked first.
"""

from datetime import date

from domain.days.plain import plain, time_of_day
from domain.days.reading import Doubt, Reading
from domain.days.sentence import reading_on, reading_until
from domain.days.spoken import spoken
from domain.days.typed import ALONE, read

__all__ = [
    "DAY_LIMIT",
    "Doubt",
    "Reading",
    "parse_day",
    "read_day",
    "reading_on",
    "reading_until",
    "spoken",
    "time_of_day",
]

DAY_LIMIT = 100  # UTF-16 units of a text that is to be a day


def read_day(text: str, today: date) -> Reading | None:
    """What an answer to "until when?" or "when?" means; None if it names no day.

    Without a year it is the next such day from `today` on, today included; a weekday is the next one after today. With
    a year it may be past: then the next such day is offered beside it. With dots or in words the day comes before the
    month; with slashes or dashes either may. Times of the day are left to
    `time_of_day`. `edges` says which day is taken if the words
    leave it open; before and after a holiday it is the nearest working day.
    """
    return read(plain(text), today, ALONE)


def parse_day(text: str, today: date) -> date | None:
    """The day that `read_day` makes out; None if there is none, or if it has to be asked which one is meant."""
    reading = read_day(text, today)
    return reading.settled if reading else None

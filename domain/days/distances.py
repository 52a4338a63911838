"""Distances from one day to another: "in 3 Wochen", "a fortnight", "anderthalb Jahre"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import months_after
from domain.days.reading import Reading, chosen, exactly
from domain.days.vocabulary import number

_FAR = 1000  # of any unit: nobody means it, and it would leave the calendar
_DAYS = {"tag": 1, "day": 1, "woche": 7, "week": 7, "fortnight": 14}
_MONTHS = {"monat": 1, "month": 1, "jahr": 12, "year": 12}
_FRACTIONS = (  # in months
    (re.compile(r"(?:(?:ein(?:em|es)?|an?) )?(?:halbe[snm]?|half|half an?) (?:jahr(?:es)?|year)"), 6),
    (re.compile(r"(?:(?:einem|eines|ein) )?halbjahr(?:es)?"), 6),
    (re.compile(r"(?:(?:einem|eines|ein) )?vierteljahr(?:es)?"), 3),
    (re.compile(r"(?:(?:einem|eines|ein) )?dreivierteljahr(?:es)?"), 9),
    (re.compile(r"(?:anderthalb|eineinhalb) jahren?|(?:a|one) year and a half|one and a half years"), 18),
)
_IN = (
    r"(?:(?:heute |today )?in|(?:innerhalb|binnen)(?: von| der| des)?|within|over)"
    r"(?: (?:den|der|the|die|dem))?(?: (?:naechsten|kommenden|next|coming))?"
    r"(?: (?:ca\.?|circa|etwa|ungefaehr|about|around|roughly))?"
)
_LONG = (
    r"(?:(?P<low>[a-z0-9-]{1,18}?) ?(?:-|bis|to|oder|or) ?)?(?P<number>\d{1,3}|[a-z-]{1,18}) "
    rf"(?P<unit>{'|'.join([*_DAYS, *_MONTHS])})(?:es|en|e|s|n)?"
)
_TWO_WEEKS = re.compile(r"(?:a )?couple of weeks")
_IN_A_WHILE = re.compile(rf"{_IN} (?P<long>.{{1,40}}?)(?:'? time)?")
_FROM_NOW = re.compile(r"(?P<long>.{1,40}?) (?:from (?:now|today|heute)|ab (?:heute|jetzt))")
_MEASURE = re.compile(_LONG)


@dataclass(frozen=True, slots=True)
class Distance:
    """Calendar months and days from one day to another."""

    months: int = 0
    days: int = 0
    rough: bool = False  # "two to three weeks", of which the longer one is taken

    def after(self, day: date) -> date:
        return months_after(day, self.months) + timedelta(days=self.days)

    def before(self, day: date) -> date:
        return months_after(day, -self.months) - timedelta(days=self.days)


def distance(words: str) -> Distance | None:
    """How long "3 Wochen", "ein halbes Jahr" or "two to three months" is; None for anything else."""
    months = next((months for pattern, months in _FRACTIONS if pattern.fullmatch(words)), None)
    if months:
        return Distance(months=months)
    if _TWO_WEEKS.fullmatch(words):
        return Distance(days=14, rough=True)
    found = _MEASURE.fullmatch(words)
    return _measured(found) if found else None


def _measured(found: re.Match[str]) -> Distance | None:
    count = number(found["number"])
    if count is None or count >= _FAR or (found["low"] and number(found["low"]) is None):
        return None
    rough = found["low"] is not None
    if unit := _DAYS.get(found["unit"]):
        return Distance(days=count * unit, rough=rough)
    return Distance(months=count * _MONTHS[found["unit"]], rough=rough)


def after_a_while(typed: str, today: date) -> Reading | None:
    """In 3 Wochen, heute in 14 Tagen, within six months, two weeks from now."""
    found = _IN_A_WHILE.fullmatch(typed) or _FROM_NOW.fullmatch(typed)
    return _from(today, distance(found["long"])) if found else None


def a_while(typed: str, today: date) -> Reading | None:
    """6 Monate: as an answer to "until when" it counts from today."""
    return _from(today, distance(typed))


def _from(today: date, long: Distance | None) -> Reading | None:
    if long is None:
        return None
    day = long.after(today)
    return chosen(day, today, day) if long.rough else exactly(day)

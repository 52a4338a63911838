"""Stretches of time: which days are in a week, month, quarter, half, season or year."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.calendar import months_after
from domain.days.vocabulary import MONTHS, NEXT, ORDINALS, THIS, WHICH, YEARS, one_of, ordinal
from domain.days.vocabulary import month as month_named
from domain.days.vocabulary import year as year_of

_A_DAY = timedelta(days=1)
_WEEK_DAYS = 7
_QUARTER, _HALF, _YEAR = 3, 6, 12  # months


class Scale(Enum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `first` to `last`, both included."""

    scale: Scale
    first: date
    last: date


_YEAR_SAID = r"(?:[ /,]*(?:of )?(?P<year>\d{4}))?"
_COUNT = rf"(?P<count>\d|{one_of(ORDINALS)})(?:\.|st|nd|rd|th)?"
_WEEK = re.compile(rf"(?:in )?(?:der |die |the )?{WHICH}(?:woche|week)")
_NUMBERED_WEEK = re.compile(
    rf"(?:in )?(?:der |the )?(?:(?:kw|cw|(?:kalender|calendar |calendar-)?(?:woche|week)) ?(?P<week>\d{{1,2}})\.?"
    rf"|(?P<before>\d{{1,2}})\.? ?(?:kw|kalenderwoche)){_YEAR_SAID}"
)
_ISO_WEEK = re.compile(r"(?P<year>\d{4})-?w(?P<week>\d{1,2})")
_NAMED_MONTH = re.compile(rf"(?:{THIS} |{NEXT} )?(?P<name>[a-z]{{3,12}})\.?(?: (?P<year>\d{{4}}))?")
_NUMBERED_MONTH = re.compile(r"(?P<month>\d{1,2})[./ -](?P<year>\d{4})|(?P<iso>\d{4})-(?P<iso_month>\d{2})")
_MONTH = re.compile(rf"{WHICH}(?:monate?s?|month)")
_QUARTERS = re.compile(rf"(?:{THIS} |{NEXT} )?(?:q ?(?P<q>[1-4])|{_COUNT} (?:quartals?|quarter)){_YEAR_SAID}")
_THIS_QUARTER = re.compile(rf"{WHICH}(?:quartals?|quarter)")
_HALVES = re.compile(
    rf"(?:h ?(?P<h>[12])|{_COUNT} (?:halbjahr(?:es)?|jahreshaelfte|half(?: of)?(?: the)?(?: year)?)){_YEAR_SAID}"
)
_SEASON = re.compile(
    rf"(?:{THIS} |{NEXT} )?(?:(?P<spring>fruehjahrs?|fruehlings?|spring)|(?P<summer>sommers?|summer)|"
    rf"(?P<autumn>herbst(?:es)?|autumn)|(?P<winter>winters?)){_YEAR_SAID}"
)
_SEASONS = {
    "spring": 3,
    "summer": 6,
    "autumn": 9,
    "winter": 12,
}  # the month they begin with, as the weather counts
_YEAR_ALONE = re.compile(rf"(?P<year>\d{{4}})|{WHICH}(?:jahre?s?|year)")


def stretches(noun: str, today: date, *, misspelt: bool = False) -> tuple[Stretch, ...]:
    """All stretches that the words may name, in order of time; without a year, this year's and next year's."""
    for read in (weeks, _relative_months, _quarters, _halves, _seasons, _years):
        if found := read(noun, today):
            return found
    return months_named(noun, today, misspelt=misspelt)


def weeks(noun: str, today: date) -> tuple[Stretch, ...]:
    """Diese Woche, next week, KW 14, 14. Kalenderwoche 2027."""
    monday = today - timedelta(days=today.weekday())
    if found := _WEEK.fullmatch(noun):
        return tuple(_week_from(monday + timedelta(weeks=ahead)) for ahead in _ahead(found))
    found = _NUMBERED_WEEK.fullmatch(noun) or _ISO_WEEK.fullmatch(noun)
    if not found:
        return ()
    week = int(found["week"] or found["before"])
    current = today.isocalendar().year
    return _existing(_iso_week(year, week) for year in _years_of(found["year"], current))


def months_named(noun: str, today: date, *, misspelt: bool = False) -> tuple[Stretch, ...]:
    """März, March 2027, nächsten Mai, 3/2027."""
    if found := _NUMBERED_MONTH.fullmatch(noun):
        return _existing(
            [_months(int(found["iso"] or found["year"]), int(found["iso_month"] or found["month"]))]
        )
    found = _NAMED_MONTH.fullmatch(noun)
    month = month_named(found["name"], misspelt=misspelt) if found else None
    if found is None or month is None:
        return ()
    return _existing(_months(year, month) for year in _years_of(found["year"], today.year))


def names_a_month(noun: str) -> bool:
    """Whether it begins with the name of a month."""
    return noun.partition(" ")[0].rstrip(".") in MONTHS


def _relative_months(noun: str, today: date) -> tuple[Stretch, ...]:
    found = _MONTH.fullmatch(noun)
    first = today.replace(day=1)
    starts = [months_after(first, ahead) for ahead in _ahead(found)] if found else []
    return _existing(_months(start.year, start.month) for start in starts)


def _quarters(noun: str, today: date) -> tuple[Stretch, ...]:
    if found := _QUARTERS.fullmatch(noun):
        count = ordinal(found["q"] or found["count"]) or 0
        return _parts(Scale.QUARTER, _QUARTER, count, _years_of(found["year"], today.year))
    if not (found := _THIS_QUARTER.fullmatch(noun)):
        return ()
    begins = date(today.year, today.month - (today.month - 1) % _QUARTER, 1)
    starts = [months_after(begins, _QUARTER * ahead) for ahead in _ahead(found)]
    return _existing(_months(start.year, start.month, _QUARTER, Scale.QUARTER) for start in starts)


def _halves(noun: str, today: date) -> tuple[Stretch, ...]:
    found = _HALVES.fullmatch(noun)
    count = ordinal(found["h"] or found["count"]) if found else None
    return _parts(Scale.HALF, _HALF, count or 0, _years_of(found["year"], today.year)) if found else ()


def _seasons(noun: str, today: date) -> tuple[Stretch, ...]:
    found = _SEASON.fullmatch(noun)
    if not found:
        return ()
    name = next(name for name in _SEASONS if found[name])
    years = _years_of(found["year"], today.year)
    if name == "winter" and not found["year"]:  # in January it is still last year's
        years = (today.year - 1, today.year)
    return _existing(_months(year, _SEASONS[name], _QUARTER, Scale.SEASON) for year in years)


def _years(noun: str, today: date) -> tuple[Stretch, ...]:
    found = _YEAR_ALONE.fullmatch(noun)
    if not found:
        return ()
    years = [int(found["year"])] if found["year"] else [today.year + ahead for ahead in _ahead(found)]
    return _existing(_months(year, 1, _YEAR, Scale.YEAR) for year in years)


def _ahead(found: re.Match[str]) -> tuple[int, ...]:
    """How many weeks, months and so on from this one; 0 and 1 if the words leave it open."""
    which = (("this", 0), ("next", 1), ("after_next", 2))
    return next(((ahead,) for name, ahead in which if found[name]), (0, 1))


def _years_of(said: str | None, current: int) -> Iterable[int]:
    return [year_of(said)] if said else range(current, current + 2)


def _parts(scale: Scale, months: int, count: int, years: Iterable[int]) -> tuple[Stretch, ...]:
    if not 1 <= count <= _YEAR // months:
        return ()
    return _existing(_months(year, 1 + (count - 1) * months, months, scale) for year in years)


def _months(year: int, month: int, count: int = 1, scale: Scale = Scale.MONTH) -> Stretch | None:
    if year not in YEARS or not 1 <= month <= _YEAR:
        return None
    first = date(year, month, 1)
    return Stretch(scale, first, months_after(first, count) - _A_DAY)


def _week_from(monday: date) -> Stretch:
    return Stretch(Scale.WEEK, monday, monday + timedelta(days=_WEEK_DAYS - 1))


def _iso_week(year: int, week: int) -> Stretch | None:
    if year not in YEARS:
        return None
    try:
        return _week_from(date.fromisocalendar(year, week, 1))
    except ValueError:  # week 0, or 53 of a year that has 52
        return None


def _existing(candidates: Iterable[Stretch | None]) -> tuple[Stretch, ...]:
    return tuple(candidate for candidate in candidates if candidate is not None)

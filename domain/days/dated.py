"""Days by their date: in numbers, with the name of the month, or by the day of the month alone."""

import re
from datetime import date

from domain.days.reading import Doubt, Reading, asked, chosen, exactly
from domain.days.vocabulary import GERMAN_MONTHS, ORDINALS, YEARS, one_of, ordinal
from domain.days.vocabulary import month as month_named
from domain.days.vocabulary import year as year_of

_LONGEST_WAIT = 8  # years until 29 February comes again, over a turn of the century
_MONTHS_AHEAD = 3  # one of any three months in a row has a 31st

_YEAR = r"(?P<year>\d{4}|\d{2})"
_ISO = re.compile(r"(?P<year>\d{4})(?P<dash>[-./])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})")
_DOTTED = re.compile(rf"(?P<day>\d{{1,2}})\. ?(?P<month>\d{{1,2}})(?:\. ?'?{_YEAR}|(?P<end>\.))")
_DOTTED_OPEN = re.compile(r"(?P<day>\d{1,2}) ?\. ?(?P<month>\d{1,2})")
_SPACED = re.compile(rf"(?P<day>\d{{1,2}}) ?\. ?(?P<month>\d{{1,2}}) ?\.? ?'?{_YEAR}")
_SLASHED = re.compile(rf"(?P<one>\d{{1,2}})(?P<dash> ?[/-] ?)(?P<two>\d{{1,2}})(?P=dash)'?{_YEAR}")
_SLASHED_OPEN = re.compile(r"(?P<one>\d{1,2})/(?P<two>\d{1,2})/?")
_DAY = rf"(?P<day>\d{{1,2}}|{one_of(ORDINALS)})"
_NAME = r"(?P<name>[a-z]{3,12})\.?"
_DAY_NAME = re.compile(rf"{_DAY}(?:\.|st|nd|rd|th)? ?(?:of )?{_NAME}(?:[, ]*(?P<year>\d{{4}}))?")
_DAY_NAME_SHORT = re.compile(rf"{_DAY}(?:\.|st|nd|rd|th)? ?(?:of )?{_NAME}[, ]*'?(?P<year>\d{{2}})")
_NAME_DAY = re.compile(
    rf"(?P<name>[a-z]{{3,12}})\.? ?(?:the )?{_DAY}(?:\.|st|nd|rd|th)?(?:(?:, ?| )(?P<year>\d{{4}}))?"
)
_DAY_OF_MONTH = re.compile(
    rf"(?:am|zum|bis zum|den|vom|(?:on |by |until )?the) {_DAY}(?P<mark>\.|st|nd|rd|th)?"
)


def iso(typed: str, _today: date) -> Reading | None:
    """2027-07-20."""
    found = _ISO.fullmatch(typed)
    day = _day_of(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    return exactly(day) if day else None


def dotted(typed: str, today: date) -> Reading | None:
    """20.7.2027, 20.7.27, 20.7.: always the day first. Without a year the final dot tells it from a decimal."""
    return _in_order(_DOTTED.fullmatch(typed) or _SPACED.fullmatch(typed), today)


def dotted_open(typed: str, today: date) -> Reading | None:
    """20.7 without its final dot."""
    return _in_order(_DOTTED_OPEN.fullmatch(typed), today)


def slashed(typed: str, today: date) -> Reading | None:
    """20/7/2027, 7-20-2027: the month is whichever number can be one; if both can, day first is only the likelier."""
    found = _SLASHED.fullmatch(typed)
    return _either_way(found["one"], found["two"], found["year"], today) if found else None


def slashed_open(typed: str, today: date) -> Reading | None:
    """20/7, 5/6. Not 7/20, which without a year is just as likely a fraction."""
    found = _SLASHED_OPEN.fullmatch(typed)
    if not found or _made(int(found["one"]), int(found["two"]), None, today) is None:
        return None
    return _either_way(found["one"], found["two"], None, today)


def day_and_name(typed: str, today: date) -> Reading | None:
    """20. Juli, 20th of July 2027, erster Mai."""
    return _named(_DAY_NAME.fullmatch(typed), today)


def day_and_name_short(typed: str, today: date) -> Reading | None:
    """20. Juli 27: in a sentence the two digits may count something else ("bis 5. Mai 20 Kitas")."""
    return _named(_DAY_NAME_SHORT.fullmatch(typed), today)


def name_and_day(typed: str, today: date) -> Reading | None:
    """July 20th, 2027."""
    return _named(_NAME_DAY.fullmatch(typed), today)


def english_name_and_day(typed: str, today: date) -> Reading | None:
    """July 20th, 2027, but not "Juli 20"."""
    found = _NAME_DAY.fullmatch(typed)
    return _named(found, today) if found and found["name"] not in GERMAN_MONTHS else None


def day_of_month(typed: str, today: date) -> Reading | None:
    """Am 15., by the 15th: the next such day, today included."""
    found = _DAY_OF_MONTH.fullmatch(typed)
    number = ordinal(found["day"]) if found else None
    if found is None or number is None or not (found["mark"] or found["day"] in ORDINALS):
        return None
    months = (divmod(today.year * 12 + today.month - 1 + ahead, 12) for ahead in range(_MONTHS_AHEAD))
    days = (_day_of(year, month + 1, number) for year, month in months)
    day = next((day for day in days if day and day >= today), None)
    return chosen(day, day, day) if day else None


def _in_order(found: re.Match[str] | None, today: date) -> Reading | None:
    if not found:
        return None
    day = _made(int(found["day"]), int(found["month"]), found.groupdict().get("year"), today)
    return exactly(day) if day else None


def _either_way(one: str, two: str, year: str | None, today: date) -> Reading | None:
    both = (_made(int(one), int(two), year, today), _made(int(two), int(one), year, today))
    return asked(Doubt.ORDER, [day for day in both if day])


def _named(found: re.Match[str] | None, today: date) -> Reading | None:
    if not found or not (month := month_named(found["name"])) or not (number := ordinal(found["day"])):
        return None
    day = _made(number, month, found["year"], today)
    return exactly(day) if day else None


def _made(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day_of(year_of(year), month, day)
    coming = (_day_of(one, month, day) for one in range(today.year, today.year + _LONGEST_WAIT + 1))
    return next((one for one in coming if one and one >= today), None)


def _day_of(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # no such day
        return None

"""Days by their weekday or by how near they are: "nächsten Freitag", "Montag in einer Woche", "übermorgen"."""

import re
from dataclasses import replace
from datetime import date, timedelta

from domain.days.distances import distance
from domain.days.reading import Doubt, Reading, chosen, coming, exactly
from domain.days.stretches import Scale, stretches, weeks
from domain.days.vocabulary import DAYS_FROM_TODAY, ORDINALS, SHORT_WEEKDAYS, WEEKDAYS, WHICH, one_of, ordinal

_A_WEEK = timedelta(weeks=1)
_NAME = rf"(?P<weekday>{one_of(WEEKDAYS)})"
_WEEKDAY = re.compile(rf"{WHICH}{_NAME}")
_LATER = re.compile(
    rf"(?P<day>{one_of(WEEKDAYS)}|{one_of(DAYS_FROM_TODAY)})(?:,? in (?P<long>.{{1,30}})| (?P<week>week))"
)
_LATER_FIRST = re.compile(r"(?P<long>.{1,30}) (?:on|from) (?P<day>[a-z ]{3,20})")
_IN_WEEK = re.compile(rf"{_NAME},? (?:(?:in|of|der|the|die) )*(?P<week>.{{3,30}})")
_WEEK_FIRST = re.compile(rf"(?:(?:in|der|the|die) )*(?P<week>.{{3,30}}?),? (?:am |on )?{_NAME}")
_COUNTED = re.compile(
    rf"(?:im |in )?(?:(?P<count>{one_of(ORDINALS)}|[1-5])(?:\.|st|nd|rd|th)?|(?P<last>letzte[nrs]?|last)) {_NAME} "
    r"(?:(?:im|in|of|des|the) )*(?P<month>.{3,25})"
)


def from_today(typed: str, today: date) -> Reading | None:
    """Heute, übermorgen, the day after tomorrow."""
    days = DAYS_FROM_TODAY.get(typed)
    return None if days is None else exactly(today + timedelta(days=days))


def on_weekday(typed: str, today: date) -> Reading | None:
    """The next such day after today. "Next Friday" may also be that of next week; "übernächster" is a week later."""
    found = _WEEKDAY.fullmatch(typed)
    if not found:
        return None
    day = _coming(WEEKDAYS[found["weekday"]], today)
    if found["after_next"]:
        return chosen(day + _A_WEEK, day + _A_WEEK, day + _A_WEEK)
    reading = exactly(day)
    if found["next"] and not typed.startswith(("kommend", "coming")) and _same_week(day, today):
        return replace(reading, doubt=Doubt.NEXT, others=(day + _A_WEEK,))
    return reading


def on_short_weekday(typed: str, today: date) -> Reading | None:
    """Fr., Mon: only typed alone, since in a sentence "so", "do" and "mi" are other words."""
    weekday = SHORT_WEEKDAYS.get(typed)
    return None if weekday is None else exactly(_coming(weekday, today))


def later_than_weekday(typed: str, today: date) -> Reading | None:
    """Freitag in einer Woche, heute in 14 Tagen, Friday week, a week on Friday."""
    found = _LATER.fullmatch(typed) or _LATER_FIRST.fullmatch(typed)
    if not found:
        return None
    start = from_today(found["day"], today) or on_weekday(found["day"], today)
    long = distance(found["long"] or "one week")
    return exactly(long.after(start.day)) if start and long else None


def weekday_in_week(typed: str, today: date) -> Reading | None:
    """Freitag nächster Woche, next week Monday, Montag in KW 14."""
    found = _IN_WEEK.fullmatch(typed) or _WEEK_FIRST.fullmatch(typed)
    if not found:
        return None
    days = [week.first + timedelta(days=WEEKDAYS[found["weekday"]]) for week in weeks(found["week"], today)]
    return coming((exactly(day) for day in days), today)


def counted_weekday(typed: str, today: date) -> Reading | None:
    """Erster Montag im April, last Friday of March."""
    found = _COUNTED.fullmatch(typed)
    if not found:
        return None
    weekday, count = WEEKDAYS[found["weekday"]], ordinal(found["count"] or "")
    months = [one for one in stretches(found["month"], today) if one.scale is Scale.MONTH]
    days = [_counted(month.first, month.last, weekday, count) for month in months]
    return coming((exactly(day) for day in days if day), today)


def _coming(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _same_week(one: date, other: date) -> bool:
    return one.isocalendar()[:2] == other.isocalendar()[:2]


def _counted(first: date, last: date, weekday: int, count: int | None) -> date | None:
    """The nth such weekday of a month, None if it has fewer; without a count, the last one."""
    if count is None:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.weekday()) % 7, weeks=count - 1)
    return day if day <= last else None

"""Weeks in which the Bundestag sits, and school holidays of the Länder, as far as they are known: sources in NOTICE.

Both come as small files, first and last day inclusive. What is not known counts as an ordinary day.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "calendar_data"
_A_DAY = timedelta(days=1)


def sitting(day: date) -> bool:
    """Whether the day lies in a week, Monday to Sunday, in which the Bundestag sits."""
    return day - timedelta(days=day.weekday()) in _sitting_weeks()


def school_holidays(day: date, land: str | None) -> bool:
    """Whether schools of this Land are closed for holidays; False for an unknown Land."""
    return day in _school_holidays().get(land or "", frozenset())


@lru_cache
def _sitting_weeks() -> frozenset[date]:
    """The Mondays of these weeks."""
    firsts = (date.fromisoformat(row["first"]) for row in _rows("sitting-weeks.csv"))
    return frozenset(first - timedelta(days=first.weekday()) for first in firsts)


@lru_cache
def _school_holidays() -> dict[str, frozenset[date]]:
    days: dict[str, set[date]] = {}
    for row in _rows("school-holidays.csv"):
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        span = (first + number * _A_DAY for number in range((last - first).days + 1))
        days.setdefault(row["land"], set()).update(span)
    return {land: frozenset(each) for land, each in days.items()}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

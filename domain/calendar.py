"""Days and instants: months clamped to their end, German working days, office hours, the quiet time at New Year."""

import calendar
import sys
from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

OPENS = time(8)
CLOSES = time(18)  # the first moment that is too late
USUAL_HOUR = time(10)  # for nudges that have no hour of their own

_A_DAY = timedelta(days=1)
_SATURDAY = 5
# Holidays of a part of a Land: sources in NOTICE.
_IN_PARTS = {"BY": ((8, 8), (8, 15))}  # the Peace Festival in Augsburg; Assumption in most communities
_CORPUS_CHRISTI_IN_PARTS = ("SN", "TH")
_TO_CORPUS_CHRISTI = timedelta(days=60)
_QUIET_FROM = (12, 20)
_QUIET_UNTIL = (1, 6)


def months_after(day: date, months: int) -> date:
    """The same day that many calendar months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_apart(since: date, until: date) -> int:
    """How many months lie between, to the nearest, counted as `months_after` counts: 31 August to 28 February are six.

    Two days short of six are six, as people say it.
    """
    months = (until.year - since.year) * 12 + until.month - since.month
    around = range(max(months - 1, 0), months + 2)
    return min(around, key=lambda each: abs((months_after(since, each) - until).days))


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day on which the (aware) moment falls in `zone`."""
    return moment.astimezone(zone).date()


def public_holiday(day: date, land: str | None) -> bool:
    """Whether it is one nationwide, or, given a Land ("BY"), throughout that Land.

    Raises NotImplementedError for an unknown Land.
    """
    return day in _holidays(land)


def partial_holiday(day: date, land: str | None) -> bool:
    """Whether it is a public holiday in a part of that Land only: where exactly somebody lives is not known here."""
    if (day.month, day.day) in _IN_PARTS.get(land or "", ()):
        return True
    easter = easter_sunday(day.year)
    return land in _CORPUS_CHRISTI_IN_PARTS and easter is not None and day == easter + _TO_CORPUS_CHRISTI


def working_day(day: date, land: str | None) -> bool:
    """Whether it is Monday to Friday and no public holiday, of a part of the Land either (None: only nationwide ones
    count).
    """
    return day.weekday() < _SATURDAY and not public_holiday(day, land) and not partial_holiday(day, land)


@lru_cache
def easter_sunday(year: int) -> date | None:
    """None of a year that the library of holidays does not know; it knows 1991 to 2100."""
    with_easter = _library().country_holidays("DE", subdiv="BB", years=year, language="de")
    return next(iter(with_easter.get_named("Ostersonntag")), None)


def quiet(day: date) -> bool:
    """Whether it lies between 20 December and 6 January, inclusive: nobody is asked then, no deadline proposed."""
    return (day.month, day.day) >= _QUIET_FROM or (day.month, day.day) <= _QUIET_UNTIL


def asking_day(day: date, land: str | None) -> date:
    """The first day from `day` on, itself included, on which people may be asked: a working day, not quiet."""
    while quiet(day) or not working_day(day, land):
        day += _A_DAY
    return day


def last_asking_day(day: date, land: str | None) -> date:
    """The last day up to `day`, itself included, on which people may be asked."""
    while quiet(day) or not working_day(day, land):
        day -= _A_DAY
    return day


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That wall-clock time of that day, in UTC.

    A time skipped by the change to summer time becomes an hour later (02:30 becomes 03:30); of a time that occurs
    twice in autumn, it is the first.
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def office_hours(moment: datetime, zone: ZoneInfo, land: str | None) -> datetime:
    """The moment itself, in UTC, if people may be asked then, else the next 10:00 at which they may.

    They may be asked on working days outside the quiet time, 08:00 <= t < 18:00 by the wall clock of `zone`.
    The moment must be aware.
    """
    local = moment.astimezone(zone)
    today = local.date()
    if asking_day(today, land) != today or local.time() >= CLOSES:
        return instant(asking_day(today + _A_DAY, land), USUAL_HOUR, zone)
    if local.time() < OPENS:
        return instant(today, USUAL_HOUR, zone)
    return moment.astimezone(UTC)


def working_day_later(moment: datetime, zone: ZoneInfo, land: str | None = None) -> datetime:
    """One working day later, in UTC: at the same time of the next day on which people may be asked in that Land.

    What comes outside of office hours counts from their next beginning. The moment must be aware.
    """
    local = moment.astimezone(zone)
    today = local.date()
    began = local.time()
    if asking_day(today, land) != today or began >= CLOSES:
        today, began = asking_day(today + _A_DAY, land), OPENS
    began = max(began, OPENS)
    return instant(asking_day(today + _A_DAY, land), began, zone)


def by_day(moment: datetime, zone: ZoneInfo, until: time = CLOSES) -> datetime:
    """The moment itself, in UTC, between 08:00 and `until` by the wall clock of `zone`, else the next 08:00.

    The clock's news come then, on any day of the week: nobody is woken by them.
    """
    local = moment.astimezone(zone)
    if local.time() < OPENS:
        return instant(local.date(), OPENS, zone)
    return instant(local.date() + _A_DAY, OPENS, zone) if local.time() >= until else moment.astimezone(UTC)


def asking_hours(
    moment: datetime, zone: ZoneInfo, land: str | None, opens: time = USUAL_HOUR, closes: time = CLOSES
) -> datetime:
    """The moment itself, in UTC, if people may be asked then what was not due before, else the next time at which they
    may: on working days outside the quiet time, from `opens` until before `closes` by the wall clock of `zone`. What
    waited overnight does not come with the first minute of office hours. The moment must be aware.
    """
    local = moment.astimezone(zone)
    day = local.date() if local.time() < closes else local.date() + _A_DAY
    return max(moment.astimezone(UTC), instant(asking_day(day, land), opens, zone))


def end_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """The midnight that ends the (aware) moment's day in `zone`: the first instant of the next day, in UTC."""
    return instant(local_day(moment, zone) + _A_DAY, time(), zone)


@lru_cache
def _holidays(land: str | None) -> Container[date]:
    by_year: Container[date] = _library().country_holidays("DE", subdiv=land)  # computes each year lazily
    return by_year


@cache
def _library() -> Any:
    import holidays  # noqa: PLC0415 - 20 ms of a start, in which nobody asks for a holiday

    # The package of countries imports all of them, which takes 8 MB, to give us one. In a package of that name that
    # imports none, the library finds Germany as well.
    countries = ModuleType("holidays.countries")
    countries.__path__ = [str(Path(holidays.__file__).with_name("countries"))]
    sys.modules.setdefault(countries.__name__, countries)
    return holidays

"""The details of a workshop as organisers type them, and the hours of its day."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain import places
from domain.calendar import instant, local_day
from domain.days import DAY_LIMIT, parse_day
from domain.versions import version_of
from domain.voice import Voice
from domain.words import clean, utf16_length

LIMITS = {"title": 80, "place": 120, "sender": 60, "tables": 1000}
"""UTF-16 units of what may be typed for each field."""
OPENS, CLOSES = time(9), time(18)
"""The hours of a workshop whose organisers have not said any."""
MOST_TABLES = 100
PLANNED_WITHIN = timedelta(days=730)
"""How far ahead a workshop may be: profiles are kept until nine months after it."""
ENTERED_WITHIN = timedelta(days=14)
"""How long ago its day may be when it is entered: its guest list is kept a while longer, for what is on paper."""
_AGO = {"gestern": 1, "vorgestern": 2, "yesterday": 1}
_A_DAY = timedelta(days=1)
_TABLE_NAME = 30  # UTF-16 units


class WorkshopField(StrEnum):
    """What can be changed about a workshop, one at a time."""

    TITLE = "title"
    DAY = "day"
    HOURS = "hours"
    PLACE = "place"
    LAND = "land"
    VOICE = "voice"
    TABLES = "tables"
    SENDER = "sender"
    CLOSED = "closed"  # whether its code lets nobody new in


@dataclass(frozen=True)
class Hours:
    """When a workshop begins and ends, by the operator's clock; it opens before it closes."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Tables:
    """How many standing tables there are, and what the first of them are called."""

    number: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkshopDetails:
    """A workshop as its organisers see and change it. `voice`: None for the operator's; no `sender`: its title."""

    title: str
    day: date
    hours: Hours | None = None
    place: str = ""
    land: str | None = None
    voice: Voice | None = None
    tables: Tables = Tables(0)
    sender: str = ""
    closed: bool = False

    def version(self, field: WorkshopField) -> int:
        """The version of this field."""
        return version_of(getattr(self, field))


def may_be_on(day: date, today: date) -> bool:
    """Whether a workshop can be entered for this day: two years ahead at most, and two weeks ago."""
    return today - ENTERED_WITHIN <= day <= today + PLANNED_WITHIN


def days_meant(text: str, today: date) -> tuple[date, ...]:
    """The days that were typed, the earlier one first; none if a workshop can be on no such day.

    A past one is to be asked back: "27. November" on the day after it means yesterday, or next year. Raises Empty and
    TooLong.
    """
    typed = clean(text, limit=DAY_LIMIT)
    meant = (_just_over(typed, today), parse_day(typed, today))
    return tuple(dict.fromkeys(day for day in meant if day is not None and may_be_on(day, today)))


def _just_over(typed: str, today: date) -> date | None:
    """The past day that the words mean, if they are read as two weeks ago, and name the same date as they do now."""
    if ago := _AGO.get(typed.casefold().rstrip(" .!")):
        return today - ago * _A_DAY
    day, now = parse_day(typed, today - ENTERED_WITHIN), parse_day(typed, today)
    same = day is not None and now is not None and (day.month, day.day) == (now.month, now.day)
    return day if same and day is not None and day < today else None


_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr|h\b)?\s*(?:([ap])\.?m\.?)?"
_HOURS = re.compile(
    rf"(?:von|ab|from)?\s*{_CLOCK}\s*(?:-|\u2013|\u2014|bis|to|until|till)\s*{_CLOCK}", re.IGNORECASE
)
_LAST_MINUTE = time(23, 59)
_NOON, _HOURS_A_DAY, _MINUTES_AN_HOUR = 12, 24, 60


def read_hours(text: str) -> Hours | None:
    """What "9 bis 17 Uhr", "9:30-16:00" or "10 am to 4 pm" says; None if it is no such span within one day.

    Raises Empty and TooLong.
    """
    found = _HOURS.fullmatch(clean(text, limit=DAY_LIMIT))
    if found is None:
        return None
    opens, closes = _time(*found.group(1, 2, 3)), _time(*found.group(4, 5, 6))
    if opens is None or closes is None:
        return None
    if found[6] and not found[3] and opens.hour < _NOON and opens.replace(hour=opens.hour + _NOON) < closes:
        opens = opens.replace(hour=opens.hour + _NOON)  # "1 to 5 pm"
    return Hours(opens, closes) if opens < closes else None


def _time(hour: str, minute: str | None, half: str | None) -> time | None:
    at, past = int(hour), int(minute or 0)
    if half:
        at = at % _NOON + (_NOON if half.lower() == "p" else 0)
    if (at, past) == (_HOURS_A_DAY, 0):
        return _LAST_MINUTE
    return time(at, past) if at < _HOURS_A_DAY and past < _MINUTES_AN_HOUR else None


_NUMBER = re.compile(r"(\d{1,4})(?:\s+(?:steh)?(?:tische?|tables?|standing tables?))?", re.IGNORECASE)


def read_tables(text: str) -> Tables | None:
    """A number of tables ("12", "12 Tische"), or their names, separated by line breaks, semicolons or commas.

    None for more than there may be, or for a name that is too long. Raises Empty and TooLong.
    """
    typed = clean(text, limit=LIMITS["tables"], lines=True)
    if found := _NUMBER.fullmatch(typed):
        number = int(found[1])
        return Tables(number) if number <= MOST_TABLES else None
    between = next((sign for sign in "\n;," if sign in typed), "\n")
    names = tuple(name for each in typed.split(between) if (name := each.strip()))
    if len(names) > MOST_TABLES or any(utf16_length(name) > _TABLE_NAME for name in names):
        return None
    return Tables(len(names), names)


_POSTCODE = re.compile(r"(?:D-?)?\d{5}\s+")


def land_of(address: str) -> str | None:
    """The Land of a place or an address, by ISO code; None unless it is sure. The town is looked for from the end."""
    parts = [_POSTCODE.sub("", part.strip()) for part in address.split(",")]
    found = (places.land_of(part) for part in (address, *reversed(parts)))
    return next((laender[0] for laender in found if len(laender) == 1), None)


def is_under_way(day: date, closes: time | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is the day of a workshop, and it has not closed yet, if anybody said when it does."""
    return day == local_day(now, zone) and (closes is None or now < instant(day, closes, zone))

"""A calendar file (.ics): each entry is an item of its day. Rules of repetition are not followed: they could make
endless ones.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.programme.items import Item, ItemFault, ProgrammeError, SentFault
from domain.programme.lines import ItemError, item_of

_REPEATS = ("RRULE", "RDATE", "EXRULE")


def entries_of(text: str) -> list[Any]:
    """The entries of a calendar. Raises ProgrammeError(BROKEN) for anything else."""
    from icalendar import Calendar  # noqa: PLC0415 - 3 MB, loaded with the first file

    try:
        return list(Calendar.from_ical(text).walk("VEVENT"))
    except Exception as error:  # whatever the parser trips over, it is the file that is broken
        raise ProgrammeError(SentFault.BROKEN) from error


def item_of_entry(entry: Any, day: date, zone: ZoneInfo) -> Item:
    """The entry, by the wall clock of `zone`. Raises ItemError for one that is not of this day, or has no hour."""
    if any(each in entry for each in _REPEATS):
        raise ItemError(ItemFault.RECURS)
    begins = _local(_decoded(entry, "DTSTART"), zone)
    if begins is None:
        raise ItemError(ItemFault.NO_TIME)
    if begins.date() != day:
        raise ItemError(ItemFault.ANOTHER_DAY)
    ends = _local(_decoded(entry, "DTEND"), zone) or _after(entry, begins)
    until = ends.time() if ends is not None and ends.date() == day and ends > begins else None
    minute = begins.time().replace(second=0, microsecond=0)
    return item_of((minute, until), str(entry.get("SUMMARY", "")), str(entry.get("LOCATION", "")))


def _local(value: object, zone: ZoneInfo) -> datetime | None:
    """A moment by the wall clock, without its zone; one that says no zone is meant like that already."""
    if not isinstance(value, datetime):
        return None
    try:
        return (value.astimezone(zone) if value.tzinfo is not None else value).replace(tzinfo=None)
    except OverflowError:
        return None


def _after(entry: Any, begins: datetime) -> datetime | None:
    length = _decoded(entry, "DURATION")
    try:
        return begins + length if isinstance(length, timedelta) else None
    except OverflowError:
        return None


def _decoded(entry: Any, field: str) -> object:
    try:
        return entry.decoded(field, None)
    except (ValueError, KeyError, AttributeError, TypeError):
        return None

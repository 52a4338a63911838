"""A calendar file (.ics): each entry is a line. Rules of repetition are not followed: they could make endless days."""

from datetime import date, datetime, timedelta
from typing import Any

from domain.calendar_files.lines import CalendarFileError, FileFault, FileRead, LineFault, LineRead, fault_of
from domain.calendar_files.texts import kind_in, whose_in

_A_DAY = timedelta(days=1)
_REPEATS = ("RRULE", "RDATE", "EXRULE")


def read_calendar(text: str, name: str, today: date) -> FileRead:
    """Each entry with its first and its last day. Raises CalendarFileError(BROKEN) for what is no calendar."""
    from icalendar import Calendar  # noqa: PLC0415 - 3 MB, loaded with the first file

    try:
        calendar = Calendar.from_ical(text)
        entries = list(calendar.walk("VEVENT"))
    except Exception as error:  # whatever the parser trips over, it is the file that is broken
        raise CalendarFileError(FileFault.BROKEN) from error
    above = " ".join([str(calendar.get("X-WR-CALNAME", "")), name.replace("_", " ")])
    kind, of = kind_in(above), whose_in(above)
    terms: list[LineRead] = []
    faults: list[tuple[int, LineFault]] = []
    for number, entry in enumerate(entries, 1):
        repeats = any(each in entry for each in _REPEATS)
        try:
            found = None if repeats else _days(entry)
        except OverflowError:
            faults.append((number, LineFault.FAR_AWAY))
            continue
        if found is None:
            faults.append((number, LineFault.RECURS if repeats else LineFault.NO_DAY))
        elif (fault := fault_of(*found, today)) is not None:
            faults.append((number, fault))
        else:
            words = " ".join(str(entry.get(field, "")) for field in ("SUMMARY", "DESCRIPTION", "LOCATION"))
            terms.append(LineRead(kind_in(words) or kind, whose_in(words) or of, *found))
    return FileRead(tuple(terms), tuple(faults))


def _days(entry: Any) -> tuple[date, date] | None:
    """An entry ends on the day before its end, if that is a day or a midnight; without an end it takes one day.

    Raises OverflowError for days that no calendar has.
    """
    first = _decoded(entry, "DTSTART")
    last = _decoded(entry, "DTEND")
    if first is None:
        return None
    begins = first.date() if isinstance(first, datetime) else first
    if last is None:
        length = _decoded_length(entry)
        last = first + length if length is not None else begins + _A_DAY
    at_midnight = not isinstance(last, datetime) or last.time() == datetime.min.time()
    ends = last.date() if isinstance(last, datetime) else last
    return begins, max(begins, ends - _A_DAY) if at_midnight and ends >= begins else ends


def _decoded(entry: Any, field: str) -> date | None:
    try:
        value = entry.decoded(field, None)
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return value if isinstance(value, date) else None


def _decoded_length(entry: Any) -> timedelta | None:
    try:
        value = entry.decoded("DURATION", None)
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return value if isinstance(value, timedelta) else None

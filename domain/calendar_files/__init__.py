"""Sitting weeks and school holidays in files that organisers send: a table (CSV) or a calendar (.ics).

Nothing of a file is trusted: it is read for days and for whose they are, and none of its words are kept.
"""

from datetime import date

from domain.calendar_files.calendars import read_calendar
from domain.calendar_files.lines import (
    LARGEST,
    MOST,
    CalendarFileError,
    FileFault,
    FileRead,
    LineFault,
    LineRead,
)
from domain.calendar_files.tables import read_table
from domain.file_texts import NotText, text_of

__all__ = [
    "LARGEST",
    "MOST",
    "CalendarFileError",
    "FileFault",
    "FileRead",
    "LineFault",
    "LineRead",
    "is_named_like_one",
    "read_file",
]

_CALENDAR = "BEGIN:VCALENDAR"
_ENDINGS = (".csv", ".ics")


def is_named_like_one(name: str) -> bool:
    """Whether the file's name is one of a table or of a calendar."""
    return name.lower().endswith(_ENDINGS)


def read_file(name: str, content: bytes | None, today: date) -> FileRead:
    """What the file says, line by line, whatever its name says about its kind. Raises CalendarFileError, also if there
    is no content.
    """
    if content is None:
        raise CalendarFileError(FileFault.LOST)
    if len(content) > LARGEST:
        raise CalendarFileError(FileFault.TOO_LARGE)
    try:
        text = text_of(content)
    except NotText:
        raise CalendarFileError(FileFault.NOT_TEXT) from None
    read = read_calendar if text.lstrip().upper().startswith(_CALENDAR) else read_table
    found = read(text, name, today)
    if len(found.terms) + len(found.faults) > MOST:
        raise CalendarFileError(FileFault.TOO_MANY)
    if not found.terms and not found.faults:
        raise CalendarFileError(FileFault.EMPTY)
    return found

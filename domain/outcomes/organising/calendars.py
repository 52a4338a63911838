"""Outcomes of the organisers' calendars: what is known, and what a file says."""

from dataclasses import dataclass, field
from datetime import date

from domain.calendar_files import FileFault, LineFault
from domain.outcomes import payload
from domain.terms import TermKind
from domain.versions import version_of


@dataclass(frozen=True)
class CalendarAsked:
    """Asks for a file. `sitting_until`, `school_until`: up to which day sittings of the Bundestag, and school holidays
    of every Land, are known.
    """

    sitting_until: date | None
    school_until: date | None

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class CalendarPart:
    """What a file says of one kind for one parliament, or the schools of one Land; `land` None: of the Bundestag."""

    kind: TermKind
    land: str | None
    spans: tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class CalendarPreview:
    """What was read. `faults`: the lines that do not count. `unsaid`: how many lines do not say what kind of days they
    are, which is asked first (`kind_asked`), or whose (`of_asked`). `confirmed`: it counts from now on.
    """

    upload_id: int
    parts: tuple[CalendarPart, ...]
    unsaid: int
    kind_asked: bool
    of_asked: TermKind | None
    faults: tuple[tuple[int, LineFault], ...]
    confirmed: bool

    @property
    def version(self) -> int:
        """It is taken over as it was shown."""
        return version_of(self.parts, self.unsaid)

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        upload_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class CalendarRefused(payload.Payload):
    """Nothing can be read from the file. Another one is awaited."""

    fault: FileFault


@dataclass(frozen=True)
class CalendarDropped(payload.Payload):
    pass


Calendars = CalendarAsked | CalendarPreview | CalendarRefused | CalendarDropped

"""Outcomes of the timetable: which talk is when, and at which table."""

from dataclasses import dataclass
from datetime import date, time

from domain.outcomes import payload
from domain.outcomes.choices import Theme


@dataclass(frozen=True)
class TimetableRow:
    """One talk. `table`: its number, `table_name`: what it is called, if it is. `names`: of all who talk."""

    at: time
    table: int
    table_name: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class TimetablePlan:
    """To the organiser, before anybody else knows of it. `first`: when it begins, in minutes after midnight; `earlier`
    and `later` likewise, None if it cannot be moved there. `length`: of a slot, in minutes.

    `seated`: talks that have a place, `left`: that have none, of which these `left_names` are some. `day`: the
    workshop's, unless it is today. `version`: of all of it; `changed`: the reader decided on an older one.
    """

    workshop_id: int
    workshop: str
    first: int
    length: int
    tables: int
    seated: int
    left: int
    left_names: tuple[tuple[str, ...], ...]
    page: int
    pages: int
    rows: tuple[TimetableRow, ...]
    version: int
    earlier: int | None = None
    later: int | None = None
    day: date | None = None
    changed: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        first: int = 0
        length: int = 0
        page: int = 0
        changed: bool = False


@dataclass(frozen=True)
class TimetableSent:
    """The timetable that holds. `told`: how many are just being told; None if it is only looked at. `may_end`: a talk
    is to come.
    """

    workshop_id: int
    workshop: str
    page: int
    pages: int
    rows: tuple[TimetableRow, ...]
    told: int | None = None
    may_end: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        page: int = 0
        told: int | None = None
        length: int = 0  # of a slot, in minutes, when it is sent: how long its talks last


@dataclass(frozen=True)
class TimetableEnding:
    """Asks whether all of it is called off: how many talks are to come, of how many people. `version`: of which talks,
    when and where; `changed`: the reader decided on other ones.
    """

    workshop_id: int
    workshop: str
    talks: int
    people: int
    version: int
    changed: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        changed: bool = False


@dataclass(frozen=True)
class TimetableOff:
    """No talk is to come any more. `told`: how many are just being told."""

    workshop_id: int
    workshop: str
    told: int

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        told: int = 0


@dataclass(frozen=True)
class TimetablePictured:
    """The same as a picture, or a page of it."""

    workshop_id: int
    workshop: str
    day: date
    page: int
    pages: int
    rows: tuple[TimetableRow, ...]
    theme: Theme

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        theme: Theme = Theme.LIGHT
        page: int = 0
        replaced = True


@dataclass(frozen=True)
class OwnSlot:
    """One talk of the reader's. `names`: of the others. `intro_id`: with the first of them."""

    intro_id: int
    at: time
    table: int
    table_name: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class OwnSlots:
    """To each who has a place in the timetable: their talks that are to come, none if they are no longer in it."""

    workshop: str
    slots: tuple[OwnSlot, ...]
    day: date | None = None  # unless it is today

    class Payload(payload.OfWorkshop):
        pass


Timetables = TimetablePlan | TimetableSent | TimetableEnding | TimetableOff | TimetablePictured | OwnSlots

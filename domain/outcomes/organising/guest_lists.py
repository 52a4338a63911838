"""Outcomes of taking over a guest list: asked for, shown row by row, taken over at one word."""

from dataclasses import dataclass, field

from domain.guest_lists import GuestField, GuestRow, ListFault, RowFault
from domain.outcomes import payload


@dataclass(frozen=True)
class GuestFileAsked:
    """Asks for a file. `guests`: how many are on the list already."""

    workshop_id: int
    workshop: str
    guests: int

    class Payload(payload.OfWorkshop):
        pass


@dataclass(frozen=True)
class GuestFileRefused(payload.Payload):
    """Nothing can be read from the file. Another one is awaited."""

    fault: ListFault


@dataclass(frozen=True)
class NewGuest:
    """A row that is not on the list yet."""

    line: int
    row: GuestRow


@dataclass(frozen=True)
class ChangedGuest:
    """A guest whose row changes: how it reads now, how it will, and in which fields both differ."""

    line: int
    row: GuestRow
    new: GuestRow
    fields: tuple[GuestField, ...]


@dataclass(frozen=True)
class WrongRow:
    """A row that cannot be taken over."""

    line: int
    fault: RowFault


@dataclass(frozen=True)
class GuestPreview:
    """What taking the list over does, a page at a time, from 0: what is wrong first. `version`: of all of it.

    `absent`: guests who are not in the file, and stay. `left_out`: columns that are not taken over. `changed_since`: it
    is another than was shown before.
    """

    upload_id: int
    workshop_id: int
    workshop: str
    version: str
    shown: tuple[WrongRow | ChangedGuest | NewGuest, ...]
    page: int
    pages: int
    new: int
    changed: int
    unchanged: int
    wrong: int
    absent: int
    left_out: tuple[str, ...]
    changed_since: bool

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        upload_id: int = field(metadata=payload.OBJECT)
        page: int = 0
        changed_since: bool = False


@dataclass(frozen=True)
class GuestsTaken(payload.OfWorkshop):
    """The list is taken over. `wrong`: the rows that were left out."""

    new: int
    changed: int
    unchanged: int
    wrong: int


@dataclass(frozen=True)
class GuestListDropped(payload.OfWorkshop):
    pass


GuestLists = GuestFileAsked | GuestFileRefused | GuestPreview | GuestsTaken | GuestListDropped

"""Outcomes of the programme: what its people read, and how its organisers make it."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from domain.outcomes import payload
from domain.programme import Item, ItemFault, NowAndNext, SentFault


class ProgrammePhase(StrEnum):
    """Whether the day of the programme is to come, is today, or is over."""

    BEFORE = "before"
    TODAY = "today"
    AFTER = "after"


@dataclass(frozen=True)
class ProgrammeShown:
    """To somebody in the workshop. `now`: as it stands at this moment, None for a page of the whole day, `page` from 0.

    `reminded`: whether they want to hear before each item. `items`: of the page; none if nobody has entered any.
    """

    workshop_id: int
    title: str
    day: date
    phase: ProgrammePhase
    now: NowAndNext | None
    items: tuple[Item, ...]
    page: int
    pages: int
    reminded: bool

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        page: int | None = None


@dataclass(frozen=True)
class ItemSoon:
    """Unasked, to whoever wants it: these begin in a few minutes."""

    workshop_id: int
    begins: time
    items: tuple[Item, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        begins: time


@dataclass(frozen=True)
class ProgrammeDesk:
    """To an organiser: the items, a page at a time, from 0, each with its id. `saved`: what was just asked for.

    `may_tell`: what has `changed` can be told to the hall as a notice of the day.
    """

    workshop_id: int
    title: str
    day: date
    items: tuple[tuple[int, Item], ...]
    page: int
    pages: int
    saved: bool = False
    may_tell: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        page: int = 0
        saved: bool = False
        changed: tuple[int, ...] = ()


@dataclass(frozen=True)
class ProgrammeAsked:
    """Asks an organiser for items, typed or as a file. `items`: how many there are already."""

    workshop_id: int
    title: str
    day: date
    items: int

    class Payload(payload.OfWorkshop):
        pass


@dataclass(frozen=True)
class ProgrammeRefused(payload.OfWorkshop):
    """Nothing can be read from what was sent. Something else is awaited."""

    fault: SentFault


@dataclass(frozen=True)
class NewItem:
    line: int
    item: Item


@dataclass(frozen=True)
class ChangedItem:
    """An item as it reads now, and as it will."""

    line: int
    item: Item
    new: Item


@dataclass(frozen=True)
class WrongLine:
    """A line that cannot be taken over."""

    line: int
    fault: ItemFault


@dataclass(frozen=True)
class ProgrammePreview:
    """What taking it over does, a page at a time, from 0: what is wrong first. `version`: of all of it.

    `absent`: items that are not in it, and stay. `changed_since`: it is another than was shown before.
    """

    upload_id: int
    workshop_id: int
    title: str
    version: str
    shown: tuple[WrongLine | ChangedItem | NewItem, ...]
    page: int
    pages: int
    new: int
    changed: int
    unchanged: int
    wrong: int
    absent: int
    changed_since: bool

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        upload_id: int = field(metadata=payload.OBJECT)
        page: int = 0
        changed_since: bool = False


@dataclass(frozen=True)
class ProgrammeDropped(payload.OfWorkshop):
    """What was sent is not taken over."""


@dataclass(frozen=True)
class ItemShown:
    """To an organiser: one item, to be changed or removed. `changed`: it is another than was decided about.

    `may_tell`: that it is off can be told to the hall as a notice of the day.
    """

    item_id: int
    workshop_id: int
    title: str
    item: Item
    changed: bool = False
    may_tell: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        item_id: int = field(metadata=payload.OBJECT)
        changed: bool = False


@dataclass(frozen=True)
class ItemAsked:
    """Asks how an item reads from now on. `fault`: what was wrong with the words that came. `again`: it was changed
    meanwhile.
    """

    item_id: int
    item: Item
    fault: ItemFault | None = None
    again: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        item_id: int = field(metadata=payload.OBJECT)
        fault: ItemFault | None = None
        again: bool = False


Programme = (
    ProgrammeShown | ItemSoon | ProgrammeDesk | ProgrammeAsked | ProgrammeRefused | ProgrammePreview
    | ProgrammeDropped | ItemShown | ItemAsked
)  # fmt: skip

"""Outcomes of the organisers' desk: the menu, role claims, counts."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.figures import Figure
from domain.guest_lists import GuestRow
from domain.outcomes import payload
from domain.outcomes.matching import Card


@dataclass(frozen=True)
class OrgaWorkshop:
    workshop_id: int
    title: str
    people: Figure
    day: date


@dataclass(frozen=True)
class OrgaMenu:
    """The desk, as far as its reader's roles go, with the day's numbers. `to_confirm` is work to be done, and exact.
    `pledges`: None below five. `released`: the team may read some of them.

    `counts`, `receives`, `runs`: whether the reader does this anywhere; `everywhere`: runs all workshops.
    """

    workshops: tuple[OrgaWorkshop, ...]  # today's first, then the newest
    all_workshops: int
    to_confirm: int
    pledges: int | None
    complaints: int = 0  # that are not settled
    released: bool = False
    wall: int = 0  # pledges that wait for somebody to let them on a wall
    report: int = 0  # retrospectives that wait for somebody to let them into a report
    help_calls: int = 0  # that are not settled
    inquiries: int | None = None  # that wait for an answer; None if none is open
    entered: bool = False  # somebody without Telegram
    announcements: int = 0  # of others, that wait for a second organiser
    rounds: int = 0  # that are planned, and not sent
    is_on: bool = False  # today is the day of one of them
    counts: bool = True
    receives: bool = True
    runs: bool = True
    everywhere: bool = True

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class RoleClaims:
    """The people waiting to be confirmed as MPs, sorted by name: (person id, card).

    `page` counts from 0; `waiting` is the number on all pages; `first` is the rank of the first one on this page.
    `refused`: the list is of those who were not confirmed, perhaps by mistake. `others_refused`: there are such.
    """

    page: int
    pages: int
    waiting: int
    first: int
    people: tuple[tuple[int, Card], ...]
    refused: bool = False
    others_refused: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        page: int = 0
        refused: bool = False


@dataclass(frozen=True)
class RoleClaim:
    """Somebody waiting to be confirmed as an MP. `left`: how many more are. `decided`: the decision, None if open.

    `looks_like_confirmed`: the name could be taken for that of somebody else who is confirmed.
    `listed`: the guest whom they have joined as, and `beside` those on the list whose names are the same or look so;
    `namesakes`: people who have joined, likewise.
    `changed`: the organiser decided about what an older card said, which counts for nothing. `is_due`: a workshop of
    theirs is not over, so that it can be said how long they stay.
    """

    person_id: int
    card: Card
    left: int
    decided: bool | None
    looks_like_confirmed: bool = False
    changed: bool = False
    is_due: bool = False
    listed: tuple[GuestRow, ...] = ()
    beside: tuple[GuestRow, ...] = ()
    namesakes: tuple[Card, ...] = ()

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        changed: bool = False


@dataclass(frozen=True)
class ClaimsWaiting:
    """To organisers, unasked: how many role claims wait for a decision. `people`: whose, when this was owed."""

    waiting: int

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        people: tuple[int, ...] = ()


@dataclass(frozen=True)
class NoClaims:
    """Nobody waits. `others_refused`: as in `RoleClaims`."""

    others_refused: bool

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class RoleDecided(payload.Payload):
    """To the person: the role is confirmed, or please come to the reception."""

    confirmed: bool


class DeskTask(StrEnum):
    """What an organiser does in one workshop at a time."""

    BROADCAST = "broadcast"
    ROUND = "round"
    TIMETABLE = "timetable"
    COUNTS = "counts"
    CARD = "card"
    RELEASED = "released"
    ROUNDTABLE = "roundtable"
    MOMENT = "moment"
    WALL = "wall"
    EXPORT = "export"
    REPORT = "report"


@dataclass(frozen=True)
class WorkshopAsked:
    """Asks for which workshop, if there is more than one. The newest first, in pages counted from 0.

    `kept`: the broadcast itself was written already.
    """

    task: DeskTask
    page: int
    pages: int
    workshops: tuple[OrgaWorkshop, ...]
    kept: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        task: DeskTask = field(metadata=payload.stored_as("errand"))
        page: int = 0
        kept: bool = False


Desk = (
    OrgaMenu | RoleClaims | RoleClaim | NoClaims | RoleDecided | ClaimsWaiting | WorkshopAsked
)  # fmt: skip

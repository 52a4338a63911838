"""Outcomes of round tables: to organisers who plan one, and to those who are asked to it."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from domain.figures import Figure
from domain.outcomes import payload
from domain.roles import Role
from domain.roundtables import Deals, Invitation


@dataclass(frozen=True)
class OfRoundtable(payload.Payload):
    """The payload of an outcome about one round table, for organisers."""

    roundtable_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class OfRoundtableSeat(payload.Payload):
    """The payload of an outcome about a round table, for whoever is asked to it."""

    roundtable_seat_id: int = field(metadata=payload.OBJECT)  # `seat_id` is that of an office


class TableStage(StrEnum):
    """How far a table has come."""

    DRAFT = "draft"
    ASKING = "asking"
    SETTLED = "standing"
    CALLED_OFF = "called_off"


@dataclass(frozen=True)
class TablePlace:
    """Where and when a table is: its number in the room, and its name if it has one. `day`: if it is not today."""

    number: int
    name: str
    at: time
    day: date | None


@dataclass(frozen=True)
class TopicShared:
    """A topic, and how many have it."""

    topic: str
    people: Figure


@dataclass(frozen=True)
class RoundtableLine:
    """A table in a list."""

    roundtable_id: int
    topic: str
    at: time


@dataclass(frozen=True)
class RoundtableTopics:
    """Which topics enough people of the workshop have, the most common first, a page at a time from 0; and the tables
    there are that were not called off.
    """

    workshop_id: int
    workshop: str
    page: int
    pages: int
    topics: tuple[TopicShared, ...]
    tables: tuple[RoundtableLine, ...]
    too_late: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        page: int = 0


@dataclass(frozen=True)
class RoundtableGuest:
    """Somebody at a table, or who could be asked to it, and why. `chosen`: they are to be asked, or were."""

    person_id: int
    name: str
    role: Role
    deals: Deals | None
    chosen: bool = True


@dataclass(frozen=True)
class RoundtableCard:
    """A table to organisers. `guests`: while it is planned whom it is to ask, afterwards who has said yes.

    `asked`: how many were asked; of a no nobody learns. `decides`: when it is decided. `version` changes with what the
    card shows. `changed`: somebody decided about what it showed before.
    """

    roundtable_id: int
    workshop_id: int
    topic: str
    place: TablePlace
    stage: TableStage
    guests: tuple[RoundtableGuest, ...]
    asked: int
    decides: time
    version: int
    changed: bool = False

    @dataclass(frozen=True)
    class Payload(OfRoundtable):
        changed: bool = False


@dataclass(frozen=True)
class RoundtablePeople:
    """Who of the workshop has the topic, by name, a page at a time from 0: a tap asks them too, or not."""

    roundtable_id: int
    topic: str
    page: int
    pages: int
    first: int
    guests: tuple[RoundtableGuest, ...]
    may_drop: bool

    @dataclass(frozen=True)
    class Payload(OfRoundtable):
        page: int = 0


class Detail(StrEnum):
    """What can be changed about a table."""

    TIME = "time"
    TABLE = "table"


@dataclass(frozen=True)
class RoundtableDetailAsked:
    """Asks when it is to begin, or at which table: `times`, or `tables` as (number, name)."""

    roundtable_id: int
    what: Detail
    times: tuple[time, ...]
    tables: tuple[tuple[int, str], ...]

    @dataclass(frozen=True)
    class Payload(OfRoundtable):
        what: Detail = field(metadata=payload.stored_as("detail"))


@dataclass(frozen=True)
class RoundtableAsked:
    """To somebody who is asked to a table. `kinds`: how many in which role are asked, the reader included; nobody is
    named before they have said yes. `deals`: why the reader is asked. `decides`: when they hear whether it stands.
    """

    seat_id: int
    topic: str
    place: TablePlace
    asked: int
    kinds: tuple[tuple[Role, int], ...]
    deals: Deals | None
    decides: time
    state: Invitation

    class Payload(OfRoundtableSeat):
        pass


@dataclass(frozen=True)
class RoundtableStands:
    """To each who has said yes, once it stands: who else sits there, and why."""

    seat_id: int
    topic: str
    place: TablePlace
    others: tuple[RoundtableGuest, ...]

    class Payload(OfRoundtableSeat):
        pass


@dataclass(frozen=True)
class RoundtableFull:
    """To somebody who has said yes, and did not come any more when somebody else took the last place."""

    topic: str
    place: TablePlace

    class Payload(OfRoundtableSeat):
        pass


@dataclass(frozen=True)
class RoundtableOff:
    """To each who has said yes: it does not come about."""

    topic: str
    place: TablePlace

    class Payload(OfRoundtableSeat):
        pass


Roundtables = (
    RoundtableTopics
    | RoundtableCard
    | RoundtablePeople
    | RoundtableDetailAsked
    | RoundtableAsked
    | RoundtableStands
    | RoundtableFull
    | RoundtableOff
)

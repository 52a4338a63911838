"""Outcomes of the care list: what waits for the team, by kind and by name, what somebody has taken on, what is new."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.care import ConcernKind, Key
from domain.outcomes import payload
from domain.pledges import Blocker


class Did(StrEnum):
    """What has just become of a concern."""

    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    LEFT = "left"
    ASKED = "asked"  # somebody for topics, or once more whether they want to meet
    CARD = "card"  # somebody got a card
    NO_CARD = "no_card"  # there is nobody to suggest
    SENT = "sent"  # once more
    NOT_NOW = "not_now"  # it cannot be done for now, or not any more
    CHANGED = "changed"  # it is not as it was shown, or does not wait any more; nothing was done


@dataclass(frozen=True)
class CareOverview:
    """Each kind that waits, with its number. `taken`: how many of all somebody sees to; `mine`: the reader."""

    counts: tuple[tuple[ConcernKind, int], ...]
    taken: int
    mine: int

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class CareLine:
    """A concern, and since when it waits. `name`, `beside`: whom it is about, None for nobody who may be named.

    `topic`, `blocker`: of a help call. `holder`: who sees to it, empty without a name, None for nobody; `mine`: the
    reader does. `version`: of what is shown here.
    """

    kind: ConcernKind
    object_id: int
    other_id: int
    workshop_id: int
    workshop: str
    since: date
    name: str | None
    beside: str | None
    topic: str | None
    blocker: Blocker | None
    holder: str | None
    mine: bool
    version: int

    @property
    def key(self) -> Key:
        return self.kind, self.object_id, self.other_id


@dataclass(frozen=True)
class CareListed:
    """A page of them, counted from 0, the longest waiting first: of one kind, or what the reader has taken on (None).

    `waiting`: on all pages; `first`: the rank of the first one here. `did`: what was just done to one.
    """

    kind: ConcernKind | None
    lines: tuple[CareLine, ...]
    waiting: int
    first: int
    page: int
    pages: int
    did: Did | None = None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        concern: ConcernKind | None = None
        page: int = 0
        did: Did | None = None


@dataclass(frozen=True)
class CareReminded(payload.Payload):
    """To whoever has had so many of them for a working day."""

    number: int


@dataclass(frozen=True)
class CareNoted:
    """To whoever runs a workshop, once a month, unasked: how many of each kind have arisen since the message before;
    all that wait if they have had none (`since` None).
    """

    since: date | None
    counts: tuple[tuple[ConcernKind, int], ...]

    class Payload(payload.Payload):
        pass


Care = CareOverview | CareListed | CareReminded | CareNoted

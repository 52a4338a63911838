"""Outcomes of broadcasting: what is asked for, the preview, the copies, and what became of them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.audience import Facet, Sense
from domain.figures import Figure
from domain.outcomes import payload
from domain.outcomes.organising.desk import OrgaWorkshop
from domain.versions import version_of
from domain.written import Medium, Written


@dataclass(frozen=True)
class BroadcastContentAsked:
    """Asks for the message."""

    workshop: str

    class Payload(payload.OfWorkshop):
        pass


class Whole(StrEnum):
    """Whom a broadcast goes to, chosen with one tap."""

    EVERYBODY = "everybody"
    MPS = "mps"
    NOTICE = "notice"  # everybody who is there today, as a notice of the day


class BroadcastStep(StrEnum):
    """What an organiser does with a broadcast, besides choosing whom it goes to and confirming it."""

    PREVIEW = "preview"
    TEST = "test"  # once more, to me
    ASK = "ask"  # a second organiser
    HALT = "halt"
    GO_ON = "go_on"  # where it was halted
    STOP = "stop"  # what has not gone out never does
    RECALL = "recall"  # and what has arrived is deleted
    LATER = "later"  # asks when
    AT_ONCE = "at_once"
    CHANGE = "change"  # before it has set out
    CALL_OFF = "call_off"  # likewise


Chosen = tuple[Sense, Facet, str]
Option = tuple[str, Sense | None, Figure]


@dataclass(frozen=True)
class SegmentAsked:
    """Asks who gets a broadcast: by what to choose, or, with a `facet`, the values to choose of it.

    `options`: (value, how it counts, people), of `Whole` without a facet. Counts are of people who would get it now.
    `several`: the workshops that can be chosen, if there are more than one. `is_chosen`: so that it goes not
    simply to everybody in one workshop.
    """

    broadcast_id: int
    workshops: tuple[str, ...]
    facet: Facet | None
    options: tuple[Option, ...]
    chosen: tuple[Chosen, ...] = ()
    count: Figure = 0
    page: int = 0
    pages: int = 1
    several: tuple[OrgaWorkshop, ...] = ()
    is_chosen: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        facet: Facet | None = field(default=None, metadata=payload.stored_as("step"))
        page: int = 0


@dataclass(frozen=True)
class Later:
    """When a broadcast sets out, by the operator's clock, and how many hours and minutes that is from now."""

    at: datetime
    hours: int
    minutes: int


@dataclass(frozen=True)
class BroadcastTimeAsked:
    """Asks when a broadcast is to set out."""

    broadcast_id: int

    class Payload(payload.OfBroadcast):
        pass


@dataclass(frozen=True)
class BroadcastPreview:
    """Follows the copied message. `typed`: the exact count has to be typed, as there is no second organiser.

    `names`: of a few who get it. `later`: when it sets out, if not at once. `notice`: of the day, which its author lets
    out alone.
    """

    broadcast_id: int
    workshops: tuple[str, ...]
    chosen: tuple[Chosen, ...]
    count: int
    typed: bool
    names: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # that are in it, where they lead
    later: Later | None = None
    notice: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        typed: bool = False
        named: tuple[int, ...] = ()


@dataclass(frozen=True)
class BroadcastToConfirm:
    """To the second organiser, after the copied message. `changed`: asked again, since the count has changed."""

    broadcast_id: int
    workshops: tuple[str, ...]
    author: str
    chosen: tuple[Chosen, ...]
    count: int
    changed: bool = False
    links: tuple[str, ...] = ()
    later: Later | None = None

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        changed: bool = False


@dataclass(frozen=True)
class NoticeSent:
    """To the other organisers, after the copied message: its author has let out this notice of the day."""

    workshop: str
    author: str
    count: int

    class Payload(payload.OfBroadcast):
        pass


@dataclass(frozen=True)
class BroadcastWaiting:
    """To the author: these second organisers have been asked."""

    broadcast_id: int
    names: tuple[str, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        second_organisers: tuple[int, ...] = field(default=(), metadata=payload.stored_as("seconds"))


class Phase(StrEnum):
    """How far a broadcast is."""

    SCHEDULED = "scheduled"
    RUNNING = "running"
    HALTED = "halted"
    FINISHED = "finished"
    CALLED_OFF = "called_off"
    RECALLED = "recalled"


@dataclass(frozen=True)
class BroadcastProgress:
    """One message that is edited while the broadcast runs, and is its report in the end.

    `repeats` were possibly delivered twice; for `undecided` ones Telegram gave no clear answer, so they may have
    been delivered; for `withdrawn` ones the consent ended meanwhile; `unsent` ones never set out. Of those delivered,
    `deleted` ones were deleted again, which Telegram refused for `undeletable` ones. `finished`: nothing moves any
    more. `recall_until`: by the local clock; None: it is too late. `run`: when it was let out last, in
    seconds.
    """

    broadcast_id: int
    total: int
    delivered: int
    unreachable: int
    failed: int
    repeats: int
    undecided: int
    withdrawn: int
    finished: bool
    unsent: int = 0
    deleted: int = 0
    undeletable: int = 0
    phase: Phase = Phase.RUNNING
    later: Later | None = None
    recall_until: datetime | None = None
    run: int = 0

    @property
    def version(self) -> int:
        """To send it again is decided about what became of this run."""
        return version_of(self.run)

    @property
    def missed(self) -> int:
        """How many surely did not get it, though they wanted it."""
        return self.unreachable + self.failed

    class Payload(payload.OfBroadcast):
        pass


@dataclass(frozen=True)
class BroadcastDropped(payload.Payload):
    """The broadcast will not go out. `by_other`: to the author, after a second organiser said no."""

    by_other: bool = False


@dataclass(frozen=True)
class BroadcastCopy:
    """The broadcast itself, as the organiser wrote it, and who it is from; media are copied from their chat.

    `written` None: begun in a version that copied all of it, without saying who it is from. `since`: when it went out,
    by the operator's clock, to somebody who came later.
    """

    from_chat_id: int
    message_id: int
    workshop: str
    written: Written | None
    since: datetime | None = None

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        notice: bool = False
        late: bool = False


@dataclass(frozen=True)
class BroadcastTakenBack:
    """Deletes a copy that had arrived, all of an album."""

    album: tuple[Medium, ...] = ()

    class Payload(payload.OfBroadcast):
        pass


Broadcasting = (
    BroadcastContentAsked | SegmentAsked | BroadcastTimeAsked | BroadcastPreview | BroadcastToConfirm | BroadcastWaiting
    | BroadcastProgress | BroadcastDropped | BroadcastCopy | BroadcastTakenBack | NoticeSent
)  # fmt: skip

"""Outcomes of broadcasting: what is asked for, the preview, the copies, and what became of them."""

from dataclasses import dataclass, field
from enum import StrEnum

from domain.figures import Figure
from domain.outcomes import payload
from domain.written import Written


@dataclass(frozen=True)
class BroadcastContentAsked:
    """Asks for the text, or for a photo with a caption."""

    workshop: str

    class Payload(payload.OfWorkshop):
        pass


class Segment(StrEnum):
    """Which people of a workshop a broadcast goes to."""

    EVERYBODY = "everybody"
    ROLE = "role"  # its value: a Role
    MPS = "mps"
    LAND = "land"  # its value: an ISO code


@dataclass(frozen=True)
class SegmentAsked:
    """Asks who gets a broadcast. `step` None: the segment; ROLE or LAND: its value.

    Counts are of reachable people with consent A.
    """

    broadcast_id: int
    workshop: str
    step: Segment | None
    options: tuple[tuple[str, Figure], ...]  # (value, count); for step None of everybody and MPs

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        step: Segment | None = None


@dataclass(frozen=True)
class BroadcastPreview:
    """Follows the copied message. `typed`: the exact count has to be typed, as there is no second organiser."""

    broadcast_id: int
    workshop: str
    segment: Segment
    value: str
    count: int
    typed: bool
    links: tuple[str, ...] = ()  # that are in it, where they lead

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        typed: bool = False


@dataclass(frozen=True)
class BroadcastToConfirm:
    """To the second organiser, after the copied message. `changed`: asked again, since the count has changed."""

    broadcast_id: int
    workshop: str
    author: str
    segment: Segment
    value: str
    count: int
    changed: bool = False
    links: tuple[str, ...] = ()

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        changed: bool = False


@dataclass(frozen=True)
class BroadcastWaiting:
    """To the author: these second organisers have been asked."""

    broadcast_id: int
    names: tuple[str, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        second_organisers: tuple[int, ...] = field(default=(), metadata=payload.stored_as("seconds"))


@dataclass(frozen=True)
class BroadcastProgress:
    """One message that is edited while the broadcast runs, and is its report in the end.

    `repeats` were possibly delivered twice; for `undecided` ones Telegram gave no clear answer, so they may have
    been delivered; for `withdrawn` ones the consent ended meanwhile.
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
    """The broadcast itself, as the organiser wrote it, and who it is from; a photo is copied from their chat.

    `written` None: begun in a version that copied all of it, without saying who it is from.
    """

    from_chat_id: int
    message_id: int
    workshop: str
    written: Written | None

    class Payload(payload.OfBroadcast):
        pass


Broadcasting = (
    BroadcastContentAsked | SegmentAsked | BroadcastPreview | BroadcastToConfirm | BroadcastWaiting
    | BroadcastProgress | BroadcastDropped | BroadcastCopy
)  # fmt: skip

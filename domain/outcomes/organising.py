"""Outcomes of organising: workshops, role claims, broadcasts, counts, rounds."""

from dataclasses import dataclass, field
from enum import StrEnum

from domain.outcomes import payload
from domain.outcomes.matching import Because, Card


@dataclass(frozen=True)
class OrgaWorkshop:
    workshop_id: int
    title: str
    people: int


@dataclass(frozen=True)
class OrgaMenu:
    """The desk. How many people are there and are waiting is exact: anybody in the room could count them.

    `pledges` is about what people did with each other: None below five, as in `PeopleCounts`.
    """

    workshops: tuple[OrgaWorkshop, ...]  # the newest
    all_workshops: int
    to_confirm: int
    pledges: int | None

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class WorkshopTitleAsked(payload.Payload):
    pass


@dataclass(frozen=True)
class WorkshopCard:
    """A workshop, with `link` as a QR picture."""

    workshop_id: int
    title: str
    code: str
    link: str
    people: int

    class Payload(payload.OfWorkshop):
        pass


@dataclass(frozen=True)
class RoleClaims:
    """Who is waiting to be confirmed as an MP, sorted by name: (person id, card).

    `page` counts from 0; `waiting` is the number on all pages; `first` is the rank of the first one on this page.
    """

    page: int
    pages: int
    waiting: int
    first: int
    people: tuple[tuple[int, Card], ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        page: int = 0


@dataclass(frozen=True)
class RoleClaim:
    """Somebody waiting to be confirmed as an MP. `left`: how many more are. `decided`: the decision, None if open."""

    person_id: int
    card: Card
    left: int
    decided: bool | None

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class NoClaims(payload.Payload):
    pass


@dataclass(frozen=True)
class RoleDecided(payload.Payload):
    """To the person: the role is confirmed, or please come to the reception."""

    confirmed: bool


class DeskTask(StrEnum):
    """What an organiser does in one workshop at a time."""

    BROADCAST = "broadcast"
    ROUND = "round"
    COUNTS = "counts"
    CARD = "card"


@dataclass(frozen=True)
class WorkshopAsked:
    """Asks for which workshop, if there is more than one. The newest first, in pages counted from 0."""

    task: DeskTask
    page: int
    pages: int
    workshops: tuple[OrgaWorkshop, ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        task: DeskTask = field(metadata=payload.stored_as("errand"))
        page: int = 0


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
    options: tuple[tuple[str, int], ...]  # (value, count); for step None of everybody and MPs

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

    class Payload(payload.OfBroadcast):
        pass


@dataclass(frozen=True)
class BroadcastDropped(payload.Payload):
    """The broadcast will not go out. `by_other`: to the author, after a second organiser said no."""

    by_other: bool = False


@dataclass(frozen=True)
class BroadcastCopy:
    """The broadcast itself, copied from the organiser's chat."""

    from_chat_id: int
    message_id: int

    class Payload(payload.OfBroadcast):
        pass


@dataclass(frozen=True)
class PeopleCounts:
    """A workshop's counts, for `/stand`, made to be passed on: every number below 5 is None ("unter 5"), even those
    that the desk shows exactly (`OrgaMenu`).
    """

    workshop: str
    joined: int | None
    profiles: int | None
    both_yes: int | None
    promised: int | None
    answered: int | None

    class Payload(payload.OfWorkshop):
        pass


class NoCard(StrEnum):
    """Why a round has no card for somebody."""

    NO_TOPICS = "no_topics"
    UNFINISHED = "unfinished"  # has not answered enough to be shown to others
    PAUSED = "paused"
    UNREACHABLE = "unreachable"
    FULL = "full"  # an MP who has no conversations left to give
    CROWDED = "crowded"  # everybody who would fit has no room left
    WAITING = "waiting"  # nobody new fits, but a card or a question is still open
    ALONE = "alone"  # nobody new has a topic in common


@dataclass(frozen=True)
class RoundPreview:
    """A planned round in numbers, before anybody else knows of it; names are a tap away.

    `cards`: how many people get one, `with_mps`: how many of them an MP's. `mps`: MPs whose cards are given out,
    `unconfirmed`: MPs whose cards are not, because no organiser has confirmed them.
    """

    round_id: int
    workshop: str
    cards: int
    with_mps: int
    mps: int
    unconfirmed: int
    left: tuple[tuple[NoCard, int], ...]

    class Payload(payload.OfRound):
        pass


@dataclass(frozen=True)
class RoundSeat:
    """`name` gets the card of `other`; `because` is put as `name` will read it."""

    name: str
    other: str
    because: Because


@dataclass(frozen=True)
class RoundSeats:
    """Who gets whose card, and why. `page` counts from 0."""

    round_id: int
    page: int
    pages: int
    seats: tuple[RoundSeat, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfRound):
        page: int = 0


@dataclass(frozen=True)
class RoundLeft:
    """Who gets no card, and why."""

    round_id: int
    page: int
    pages: int
    people: tuple[tuple[str, NoCard], ...]

    @dataclass(frozen=True)
    class Payload(payload.OfRound):
        page: int = 0


@dataclass(frozen=True)
class RoundReport:
    """The cards are being sent. `missed`: pairs that were no longer possible when the round was confirmed."""

    sent: int
    missed: int

    class Payload(payload.OfRound):
        pass


@dataclass(frozen=True)
class RoundDropped(payload.Payload):
    pass


@dataclass(frozen=True)
class OpenWords:
    """What people wrote that no topic knows, each with how many wrote it (None below five).

    `words` None: too few people wrote any.
    """

    words: tuple[tuple[str, int | None], ...] | None

    class Payload(payload.Payload):
        pass


Organising = (
    OrgaMenu | WorkshopTitleAsked | WorkshopCard | RoleClaims | RoleClaim | NoClaims | RoleDecided
    | WorkshopAsked | BroadcastContentAsked | SegmentAsked | BroadcastPreview | BroadcastToConfirm | BroadcastWaiting
    | BroadcastProgress | BroadcastDropped | BroadcastCopy | PeopleCounts
    | RoundPreview | RoundSeats | RoundLeft | RoundReport | RoundDropped | OpenWords
)  # fmt: skip

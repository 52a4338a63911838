"""What happens at the organisers' desk: workshops, roles, announcements, rounds."""

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
    """Who is there and who waits is the day's work: exact, as anybody in the hall could count it. What people did with
    each other is a roll-up, here as in `PeopleCounts`: below five None.
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
    """With the QR picture of `link`."""

    workshop_id: int
    title: str
    code: str
    link: str
    people: int

    class Payload(payload.OfWorkshop):
        pass


@dataclass(frozen=True)
class RoleClaims:
    """Who waits with an MP role, by name: (person id, card). `page` counts from 0; `waiting` counts all pages,
    `first` is the number of the first one on this page."""

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
    """An MP role waits for an organiser. `left`: how many more wait. `decided`: None open, else the decision."""

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
    """To the person: confirmed, or please come to reception."""

    confirmed: bool


class DeskTask(StrEnum):
    """What is done in one workshop at a time."""

    BROADCAST = "broadcast"
    ROUND = "round"
    COUNTS = "counts"
    CARD = "card"


@dataclass(frozen=True)
class WorkshopAsked:
    """For which one? Only asked where there is more than one. Newest first, a page at a time, from 0."""

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
    """Send me the text or the photo with caption."""

    workshop: str

    class Payload(payload.OfWorkshop):
        pass


class Segment(StrEnum):
    EVERYBODY = "everybody"
    ROLE = "role"  # value: a Role
    MPS = "mps"
    LAND = "land"  # value: an ISO code


@dataclass(frozen=True)
class SegmentAsked:
    """`step` None: the first choice; ROLE or LAND: the second. Counts are people with consent A, reachable."""

    broadcast_id: int
    workshop: str
    step: Segment | None
    options: tuple[tuple[str, int], ...]  # (value, count), for step None: everybody, mps

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        step: Segment | None = None


@dataclass(frozen=True)
class BroadcastPreview:
    """Follows the copied message itself. `typed`: the exact count has to be typed (no second organiser)."""

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
    """To the second organiser, after the copied message; `changed`: again, since the count is another by now."""

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
    """To the author: a second organiser was asked."""

    broadcast_id: int
    names: tuple[str, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfBroadcast):
        second_organisers: tuple[int, ...] = field(default=(), metadata=payload.stored_as("seconds"))


@dataclass(frozen=True)
class BroadcastProgress:
    """One message, edited while it runs; the report when finished. `repeats`: possibly delivered twice;
    `undecided`: never answered by Telegram, perhaps delivered; `withdrawn`: consent ended meanwhile."""

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
    """`by_other`: to the author, after a second organiser's no."""

    by_other: bool = False


@dataclass(frozen=True)
class BroadcastCopy:
    """The announcement itself: copied from the organiser's chat."""

    from_chat_id: int
    message_id: int

    class Payload(payload.OfBroadcast):
        pass


@dataclass(frozen=True)
class PeopleCounts:
    """`/stand`, per workshop: a roll-up, made to be passed on. Below 5 every number is None ("unter 5"), those that
    the desk counts exactly (`OrgaMenu`) too."""

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
    UNFINISHED = "unfinished"  # has not told enough to be shown to others
    PAUSED = "paused"
    UNREACHABLE = "unreachable"
    FULL = "full"  # an MP whose conversations are all spoken for
    CROWDED = "crowded"  # whoever would fit has no room left
    WAITING = "waiting"  # nobody new, but a card or a question that is still open
    ALONE = "alone"  # nobody new has a topic in common


@dataclass(frozen=True)
class RoundPreview:
    """Before anybody else knows of it: numbers. Names are a tap away.

    `cards`: people who get one, `with_mps` of these an MP's; `mps`: MPs who are put forward, `unconfirmed` those
    who are not, because no organiser confirmed them.
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
    """`name` gets the card of `other`; `because` as `name` will read it."""

    name: str
    other: str
    because: Because


@dataclass(frozen=True)
class RoundSeats:
    """Who gets whose card and why. `page` counts from 0."""

    round_id: int
    page: int
    pages: int
    seats: tuple[RoundSeat, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfRound):
        page: int = 0


@dataclass(frozen=True)
class RoundLeft:
    """Who stays without a card, and why."""

    round_id: int
    page: int
    pages: int
    people: tuple[tuple[str, NoCard], ...]

    @dataclass(frozen=True)
    class Payload(payload.OfRound):
        page: int = 0


@dataclass(frozen=True)
class RoundReport:
    """The cards are on their way. `missed`: pairs that no longer held when the round was confirmed."""

    sent: int
    missed: int

    class Payload(payload.OfRound):
        pass


@dataclass(frozen=True)
class RoundDropped(payload.Payload):
    pass


@dataclass(frozen=True)
class OpenWords:
    """What people wrote that no topic knows, and how many wrote it (None below five). `words` None: too few people."""

    words: tuple[tuple[str, int | None], ...] | None

    class Payload(payload.Payload):
        pass


Organising = (
    OrgaMenu | WorkshopTitleAsked | WorkshopCard | RoleClaims | RoleClaim | NoClaims | RoleDecided
    | WorkshopAsked | BroadcastContentAsked | SegmentAsked | BroadcastPreview | BroadcastToConfirm | BroadcastWaiting
    | BroadcastProgress | BroadcastDropped | BroadcastCopy | PeopleCounts
    | RoundPreview | RoundSeats | RoundLeft | RoundReport | RoundDropped | OpenWords
)  # fmt: skip

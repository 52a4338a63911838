"""Outcomes of rounds, and of the words that no topic knows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.figures import Figure
from domain.outcomes import payload
from domain.outcomes.matching import Because


class NoCard(StrEnum):
    """Why a round has no card for somebody."""

    NO_TOPICS = "no_topics"
    UNFINISHED = "unfinished"  # has not answered enough to be shown to others
    PAUSED = "paused"
    GONE = "gone"  # an MP who has left for the day
    UNREACHABLE = "unreachable"
    FULL = "full"  # an MP who has no conversations left to give
    CROWDED = "crowded"  # everybody who would fit has no room left
    WAITING = "waiting"  # nobody new fits, but a card or a question is still open
    ALONE = "alone"  # nobody new has a topic in common
    TAKEN_OUT = "taken_out"  # by an organiser
    NEW = "new"  # joined after the round was planned


class Edit(StrEnum):
    """How organisers change a planned round, by whom they choose."""

    SWAP = "swap"  # two who get a card get each other's
    JOIN = "join"  # somebody without a card gets the one of a pair: a conversation of three
    GIVE = "give"  # somebody without a card gets somebody's


@dataclass(frozen=True)
class RoundPreview:
    """A planned round in numbers, before anybody else knows of it; names are a tap away.

    `cards`: how many people get one, `with_mps`: how many of them an MP's. `mps`: MPs whose cards are given out,
    `unconfirmed`: MPs whose cards are not, because no organiser has confirmed them. `without`: how many get none,
    `left`: for which reasons. `another_day`: the workshop's, if it is not today. `threes`: conversations of three.
    `revision`: which state of the plan it shows; `changed`: the reader decided on an older one.
    """

    round_id: int
    revision: int
    workshop: str
    cards: int
    with_mps: Figure
    mps: Figure
    unconfirmed: int
    left: tuple[tuple[NoCard, Figure], ...]
    without: int
    another_day: date | None = None
    threes: int = 0
    changed: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfRound):
        changed: bool = False


@dataclass(frozen=True)
class NamedSeat:
    """`name` gets the card of `other`, as does `third`, if there is one; `because` is put as `name` will read it.

    `number`: what a button calls it.
    """

    number: int
    name: str
    other: str
    because: Because
    third: str | None = None


@dataclass(frozen=True)
class RoundSeats:
    """Who gets whose card, and why. `page` counts from 0. `changed`: the reader decided on an older state."""

    round_id: int
    page: int
    pages: int
    seats: tuple[NamedSeat, ...]
    changed: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfRound):
        page: int = 0
        changed: bool = False


@dataclass(frozen=True)
class RoundPair:
    """One of them, to be changed. `revision`: of the plan."""

    round_id: int
    revision: int
    page: int
    seat: NamedSeat

    @dataclass(frozen=True)
    class Payload(payload.OfRound):
        line_id: int = 0


@dataclass(frozen=True)
class RoundOption:
    """What the plan would say, if the reader chose this: `also`, if two swap. `number`: what a button calls it, and
    `name` of whom it is.
    """

    number: int
    name: str
    seat: NamedSeat
    also: NamedSeat | None = None


@dataclass(frozen=True)
class RoundChoice:
    """Asks with whom, or for whom, a round is changed. `name`: whose card, or who has none; `of`: their number."""

    round_id: int
    revision: int
    edit: Edit
    of: int
    name: str
    page: int
    pages: int
    options: tuple[RoundOption, ...]

    @dataclass(frozen=True)
    class Payload(payload.OfRound):
        edit: Edit = Edit.SWAP
        of: int = 0
        page: int = 0


@dataclass(frozen=True)
class WithoutCard:
    """Somebody who gets no card, and why; `can_get_one`: an organiser may give them one."""

    number: int
    name: str
    why: NoCard
    can_get_one: bool


@dataclass(frozen=True)
class RoundLeft:
    """Who gets no card, and why. `topicless`: somebody among all of them has named no topic."""

    round_id: int
    page: int
    pages: int
    people: tuple[WithoutCard, ...]
    topicless: bool

    @dataclass(frozen=True)
    class Payload(payload.OfRound):
        page: int = 0


@dataclass(frozen=True)
class TopicsWanted(payload.OfRound):
    """To the organiser: how many are being asked for their topics, and how many were asked `before`."""

    asked: int = 0
    before: int = 0


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


Rounds = (
    RoundPreview | RoundSeats | RoundPair | RoundChoice | RoundLeft | TopicsWanted | RoundReport | RoundDropped
    | OpenWords
)  # fmt: skip

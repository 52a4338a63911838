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


@dataclass(frozen=True)
class RoundPreview:
    """A planned round in numbers, before anybody else knows of it; names are a tap away.

    `cards`: how many people get one, `with_mps`: how many of them an MP's. `mps`: MPs whose cards are given out,
    `unconfirmed`: MPs whose cards are not, because no organiser has confirmed them. `without`: how many get none,
    `left`: for which reasons. `another_day`: the workshop's, if it is not today.
    """

    round_id: int
    workshop: str
    cards: int
    with_mps: Figure
    mps: Figure
    unconfirmed: int
    left: tuple[tuple[NoCard, Figure], ...]
    without: int
    another_day: date | None = None

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


Rounds = RoundPreview | RoundSeats | RoundLeft | RoundReport | RoundDropped | OpenWords

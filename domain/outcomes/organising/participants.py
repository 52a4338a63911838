"""Outcomes of looking for somebody in one's workshops: the list, how far people have come, and one of them."""

from dataclasses import dataclass

from domain.outcomes import payload
from domain.outcomes.matching import Card
from domain.participants import Standing


@dataclass(frozen=True)
class ParticipantsListed:
    """A page of people: of a search the nearest first, else by name. `found`: on all pages; `first`: the rank of the
    first one here. `standing`: only those; `searched`: only those whom the words may mean.
    """

    people: tuple[tuple[int, Card], ...]
    found: int
    first: int
    page: int
    pages: int
    standing: Standing | None
    searched: bool
    to_confirm: int

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        """`hits`: whom the search found, the nearest first; empty without one."""

        standing: Standing | None = None
        hits: tuple[int, ...] = ()
        page: int = 0


@dataclass(frozen=True)
class StandingsCounted:
    """How many people there are of each standing that its reader may look for; `doubles`: pairs that may be one."""

    options: tuple[tuple[Standing, int], ...]
    doubles: int = 0

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class ParticipantAsked(payload.Payload):
    """Asks for a name, a place or a topic."""


@dataclass(frozen=True)
class ParticipantShown:
    """One of them, as far as the team sees a profile. `workshops`: those of its reader's; `guest_id`: their row of a
    guest list, 0 without one; `claims`: a role that is confirmed by the team.
    """

    person_id: int
    card: Card
    workshops: tuple[str, ...]
    seeks: tuple[str, ...]
    offers: tuple[str, ...]
    standings: tuple[Standing, ...]
    guest_id: int
    claims: bool

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class DoublesListed:
    """Pairs of accounts that may be one human's, as (person id, person id, card, card). `first`: the rank of the first
    of them.
    """

    pairs: tuple[tuple[int, int, Card, Card], ...]
    first: int
    page: int
    pages: int

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        page: int = 0


@dataclass(frozen=True)
class DoubleShown:
    """Two of them, side by side, as (person id, card)."""

    people: tuple[tuple[int, Card], ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        people: tuple[int, ...] = ()


Participants = (
    ParticipantsListed | StandingsCounted | ParticipantAsked | ParticipantShown | DoublesListed | DoubleShown
)  # fmt: skip

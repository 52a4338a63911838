"""Outcomes of an organiser's question why somebody is asked nothing."""

from dataclasses import dataclass
from datetime import date

from domain.nudging import NotNow
from domain.outcomes import payload
from domain.outcomes.pledging.partners import PartnerFound


@dataclass(frozen=True)
class WhyNameAsked(payload.Payload):
    """Asks whom it is about."""


@dataclass(frozen=True)
class PeopleFound:
    """The people whose names come near; a place only where two would be mistaken for each other."""

    hits: tuple[PartnerFound, ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        """`alike`: those of whom somebody has a similar name."""

        hits: tuple[int, ...] = ()
        alike: tuple[int, ...] = ()


@dataclass(frozen=True)
class NextQuestion:
    """When somebody was asked last about one pledge of theirs, is asked next, and why not now. None: never; not before
    something else changes; no reason but the day.
    """

    asked: date | None
    on: date | None
    why: NotNow | None


@dataclass(frozen=True)
class WhyNothing:
    """To organisers: of each running pledge of this person, and of nothing else in it, when the next question comes."""

    person_id: int
    name: str
    pledges: tuple[NextQuestion, ...]
    hour: int

    class Payload(payload.OfPerson):
        pass


Whys = WhyNameAsked | PeopleFound | WhyNothing

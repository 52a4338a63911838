"""Outcomes of the team's list of silences: once a month, one message for each workshop."""

from dataclasses import dataclass, field
from datetime import date

from domain.outcomes import payload


@dataclass(frozen=True)
class SilenceNoted:
    """To organisers, unasked: about how many pledges of a workshop somebody is silent. `on`: the day of the list."""

    workshop_id: int
    workshop: str
    on: date
    pledges: int

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        on: date


@dataclass(frozen=True)
class SilentPeople:
    """Who is silent, by name, and since when; nothing of what was promised. A page at a time, counted from 0."""

    workshop_id: int
    workshop: str
    on: date
    people: tuple[tuple[str, date], ...]
    page: int
    pages: int

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        workshop_id: int = field(metadata=payload.OBJECT)
        on: date
        page: int = 0


SilenceLists = SilenceNoted | SilentPeople

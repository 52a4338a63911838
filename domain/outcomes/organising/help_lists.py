"""Outcomes of the team's list of help calls: those for which nobody was found."""

from dataclasses import dataclass
from datetime import date

from domain.outcomes import payload
from domain.pledges import Blocker


@dataclass(frozen=True)
class HelpLine:
    """`topic` None: nobody could tell what the pledge is about. `name` None: the caller did not want to be named."""

    call_id: int
    topic: str | None
    blocker: Blocker
    workshop: str
    on: date
    name: str | None


@dataclass(frozen=True)
class HelpCalls:
    """A page at a time, counted from 0, the oldest first. `first`: the rank of the first line."""

    calls: tuple[HelpLine, ...]
    page: int = 0
    pages: int = 1
    first: int = 1

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        page: int = 0


HelpLists = HelpCalls

"""What the team sees of the pledges that could be on the wall, and says about each."""

from dataclasses import dataclass, field
from enum import StrEnum

from domain.outcomes import payload
from domain.outcomes.organising.released import ReleasedPledge


class OnWall(StrEnum):
    """What the team has said about a pledge that everybody may read."""

    WAITS = "waits"
    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class WallCandidate:
    """`version`: what is said of an older one does not count."""

    pledge_id: int
    version: int
    pledge: ReleasedPledge
    said: OnWall


@dataclass(frozen=True)
class WallPledges:
    """One of a workshop's pledges that everybody may read, and `waiting`, how many wait; a page each, counted from 0,
    those that wait first. `link`: of the wall; empty if the workshop is closed.

    `put_up`: whether another was just let on it, or kept off.
    """

    workshop_id: int
    workshop: str
    link: str
    of: WallCandidate | None
    waiting: int
    page: int
    pages: int
    put_up: bool | None = None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        workshop_id: int = field(metadata=payload.OBJECT)
        page: int = 0
        put_up: bool | None = None


Walls = WallPledges

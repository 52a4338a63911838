"""What the team may read of the pledges whose two parties both let it."""

from dataclasses import dataclass, field
from datetime import date

from domain.outcomes import payload


@dataclass(frozen=True)
class ReleasedPledge:
    """`title`, `text`: without the names of the two. `on`: the day by which, or on which it ended."""

    title: str
    text: str
    ended: bool
    on: date | None


@dataclass(frozen=True)
class ReleasedPledges:
    """A page of them in one workshop, counted from 0, the oldest first; who the two are is not said."""

    workshop_id: int
    workshop: str
    pledges: tuple[ReleasedPledge, ...]
    page: int
    pages: int

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        workshop_id: int = field(metadata=payload.OBJECT)
        page: int = 0


Released = ReleasedPledges

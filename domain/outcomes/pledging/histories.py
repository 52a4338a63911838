"""What happened to a pledge, as both its parties may read it."""

from dataclasses import dataclass
from datetime import date, time

from domain.history import EventKind
from domain.outcomes import payload
from domain.pledges import Blocker, NoBecause, Status


@dataclass(frozen=True)
class HistoryEntry:
    """An event of a pledge. `doer`: the name of the party who did it, empty for the reader, None for the clock.

    `text`: the sentence as it was worded then, or the note; empty without any, or once they were deleted. `because`:
    of a no. `by_office`: somebody in an MP's office did it; the doer is their name, or outside the office the MP's.
    `reported`: the doer has no Telegram, or had none, and the other party told it; `other`: than the reader.
    """

    kind: EventKind
    on: date
    doer: str | None
    status: Status | None = None
    day: date | None = None
    text: str = ""
    because: NoBecause | None = None
    talk_time: time | None = None
    reported: bool = False
    other: str = ""
    by_office: bool = False
    blocker: Blocker | None = None


@dataclass(frozen=True)
class History:
    """What happened to a pledge, a page at a time, counted from 0, the newest first."""

    pledge_id: int
    title: str
    happened: tuple[HistoryEntry, ...]
    page: int = 0
    pages: int = 1

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        page: int = 0

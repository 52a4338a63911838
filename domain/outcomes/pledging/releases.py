"""What a party hears about who may read a pledge."""

from dataclasses import dataclass

from domain.outcomes import payload
from domain.readers import OfficeReads, Readership


@dataclass(frozen=True)
class ReadersAsked:
    """Whom does the reader let read it, too? `mine`: what they have said; `now`: who may read it, as both see it.

    `offices`: who acts for the parties, and so reads it, too. `on_wall`: everybody in the workshop does.
    """

    pledge_id: int
    title: str
    mine: Readership | None
    now: Readership
    other: str = ""
    offices: OfficeReads = OfficeReads.NONE
    on_wall: bool = False

    class Payload(payload.OfPledge):
        pass


Releases = ReadersAsked

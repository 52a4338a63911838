"""What a party hears about who may read a pledge."""

from dataclasses import dataclass

from domain.outcomes import payload
from domain.readers import Readers


@dataclass(frozen=True)
class ReadersAsked:
    """Whom does the reader let read it, too? `mine`: what they have said; `now`: who may read it, as both see it."""

    pledge_id: int
    title: str
    mine: Readers | None
    now: Readers

    class Payload(payload.OfPledge):
        pass


Releases = ReadersAsked

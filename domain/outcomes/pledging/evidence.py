"""Outcomes of evidence: links and photos that the two of a pledge show each other."""

from dataclasses import dataclass
from datetime import date

from domain.absence import Absence
from domain.outcomes import payload


@dataclass(frozen=True)
class EvidenceAsked:
    """Asks for a link, or a photo."""

    pledge_id: int
    title: str
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class EvidenceAdded:
    """To whoever added it."""

    pledge_id: int
    title: str
    other: str
    absence: Absence | None = None  # of the other

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class EvidenceShown:
    """One of `count`, at `place`, counted from 0. `other`: who gave it; empty for the reader. `note`: the link, or what
    stands below the photo. `photo`: Telegram's id of it. `by_office`: somebody in their office gave it.
    """

    pledge_id: int
    title: str
    other: str
    on: date
    note: str
    photo: str | None
    place: int
    count: int
    by_office: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        """`by`: the id of who gave it; `is_photo`: the message holds one, which an erasure has to cover."""

        event: int
        by: int
        is_photo: bool


Evidence = EvidenceAsked | EvidenceAdded | EvidenceShown

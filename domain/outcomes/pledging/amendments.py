"""Outcomes of an amendment, which is other words or another day for an agreed pledge; and of a no with a reason."""

from dataclasses import dataclass, field
from datetime import date

from domain.absence import Absence
from domain.amendments import AmendmentEnd
from domain.coaching import Gap
from domain.deadlines import SaidDay
from domain.outcomes import payload
from domain.pledges import NoBecause


@dataclass(frozen=True)
class AmendmentAsked:
    """Asks what is to change."""

    pledge_id: int
    title: str
    text: str
    deadline: date

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class NewWordsAsked:
    """Asks for the sentence as it is to be. `text`: as it is."""

    pledge_id: int
    other: str
    text: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class NewDayAsked:
    """Asks for another deadline, by buttons or in words."""

    pledge_id: int
    other: str
    deadline: date
    days: tuple[date, ...]

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class AmendmentProposed:
    """To the party whose answer it waits for. `text` empty, or `day` None: that stays as it is."""

    pledge_id: int
    amendment_id: int
    other: str
    before: str
    text: str
    deadline: date
    day: date | None

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class AmendmentSent:
    """To whoever proposed it. The fields are those of `AmendmentProposed`.

    `said`: the day that the new sentence names instead; `gap`: what it leaves open.
    """

    pledge_id: int
    amendment_id: int
    other: str
    before: str
    text: str
    deadline: date
    day: date | None
    said: SaidDay | None = None
    absence: Absence | None = None  # of the other
    gap: Gap | None = None
    entered: bool = False  # the other has no Telegram, and the reader reports what they say

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class AmendmentSettled:
    """What became of an amendment. `mine`: whether the reader proposed it.

    `text` empty, or `day` None: that was not to change. `because`, `reason`: of a no. `asks_readers`: others than the
    two may read it no more, whom the reader had let read the old sentence.
    """

    pledge_id: int
    title: str
    other: str
    end: AmendmentEnd
    mine: bool
    text: str
    day: date | None
    because: NoBecause | None = None
    reason: str = ""
    asks_readers: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        amendment: int


@dataclass(frozen=True)
class AmendmentOffered:
    """The message with a sentence that both agreed to was edited: is that to be proposed?"""

    draft_id: int
    other: str
    before: str
    text: str

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        draft_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class BecauseAsked:
    """Asks why the reader says no: to a proposal, or to an amendment unless `amendment_id` is 0."""

    pledge_id: int
    amendment_id: int
    other: str

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        amendment: int = 0


Amending = (
    AmendmentAsked
    | NewWordsAsked
    | NewDayAsked
    | AmendmentProposed
    | AmendmentSent
    | AmendmentSettled
    | AmendmentOffered
    | BecauseAsked
)

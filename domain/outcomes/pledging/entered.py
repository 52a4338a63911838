"""Outcomes about a partner without Telegram, whom the other party entered: texts to pass on, and what came back."""

from dataclasses import dataclass
from datetime import date

from domain.nudging import Period
from domain.outcomes import payload
from domain.pledges import Acts, Side, Status


@dataclass(frozen=True)
class EnteredNameAsked(payload.Payload):
    """Asks for the name of somebody without Telegram."""


@dataclass(frozen=True)
class EnteredOrganisationAsked:
    """Asks for the organisation of somebody who was just entered; nothing else is asked about them."""

    pledge_id: int
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class PartnerEntered:
    """To the author: what to do until the other, who has no Telegram, has said yes."""

    pledge_id: int
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class InvitationToForward:
    """Words from the reader to the other: what both will keep to, and what Art. 14 GDPR has told to somebody entered.

    `acts`: "author" is the reader. `kept_days`: for how long their words are kept after the deadline.
    """

    other: str
    me: str
    text: str
    acts: Acts
    deadline: date
    controller: str
    contact: str
    kept_days: int

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class AmendmentToForward:
    """Words from the reader to the other: the sentence, and the day, as the reader would change them."""

    other: str
    me: str
    text: str
    deadline: date

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class EnteredAsked:
    """To the party who entered the other: the question to pass on, and what came back to it.

    `side` and `said` are the other's. `period` None: nothing is asked any more. `opened`: all answers are shown.
    """

    pledge_id: int
    title: str
    other: str
    me: str
    side: Side
    deadline: date
    period: Period | None
    said: Status | None
    opened: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        opened: bool = False


@dataclass(frozen=True)
class EntryDeleteAsked:
    """Asks whether what is stored about the other, who has no Telegram, is to be deleted."""

    pledge_id: int
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class EntryDeleted(payload.Payload):
    """What was stored about somebody without Telegram is deleted; the pledges with them have ended."""


Entered = (
    EnteredNameAsked | EnteredOrganisationAsked | PartnerEntered | InvitationToForward | EnteredAsked
    | AmendmentToForward | EntryDeleteAsked | EntryDeleted
)  # fmt: skip

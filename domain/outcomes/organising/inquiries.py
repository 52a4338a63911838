"""Outcomes of inquiries: somebody asks the team of their workshop, and the answer comes back into their chat."""

from dataclasses import dataclass, field
from datetime import date

from domain.absence import Absence
from domain.outcomes import payload
from domain.outcomes.matching import Card
from domain.versions import version_of


@dataclass(frozen=True)
class OfInquiry(payload.Payload):
    """The payload of an outcome about one inquiry."""

    inquiry_id: int = field(metadata=payload.OBJECT)


# --- whoever asks


@dataclass(frozen=True)
class TeamNotYet:
    """Before the core consents no words can be taken: `contact` is where the team may be asked without the bot."""

    contact: str

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class Exchanged:
    """Where an open inquiry is: the last question, on which day it was asked, and the answer, if one came since.

    `taken`: somebody of the team sees to it.
    """

    text: str
    on: date
    answer: str
    taken: bool


@dataclass(frozen=True)
class TeamQuestionAsked:
    """Asks what the team is to be asked. `before`: the inquiry that the words will join. `named`: the team will read
    the reader's name beside them, which somebody who is still joining may not have said.
    """

    before: Exchanged | None
    named: bool = True

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class TeamQuestionOffered:
    """Asks whether these words are to go to the team; `named`: as in `TeamQuestionAsked`."""

    draft_id: int
    text: str
    workshop: str  # empty of somebody who is in none
    named: bool = True

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        draft_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class TeamQuestionSent:
    """The question is with the team. `reached`: somebody of the team can be told; if not, `contact` may be asked."""

    reached: bool
    contact: str

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        reached: bool


@dataclass(frozen=True)
class TeamWordsDropped(payload.Payload):
    """The words, for the team or of it, were dropped."""

    organiser: bool = False


@dataclass(frozen=True)
class TeamAnswered:
    """To whoever asked: the team answers. Which of them wrote it is not told."""

    text: str
    question: str

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        words_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class TeamClosed:
    """To whoever asked: the team has settled it without another word."""

    question: str

    class Payload(OfInquiry):
        pass


# --- the team


@dataclass(frozen=True)
class InquirySaid:
    """Words in an inquiry. `name`: of the organiser who wrote them; empty of whoever asked, and of the erased."""

    by_team: bool
    name: str
    text: str
    on: date


@dataclass(frozen=True)
class InquiryShown:
    """To organisers: the last words of an inquiry, the oldest first, and how it stands.

    `card`: of whoever asks; None while they have no name yet. `holder`: who sees to it, empty if they have no name,
    None if nobody does; `mine`: it is the reader. `waiting_since`: when the first question came that no answer follows.
    """

    inquiry_id: int
    card: Card | None
    workshop: str
    said: tuple[InquirySaid, ...]
    waiting_since: date | None
    holder: str | None
    mine: bool
    closed_on: date | None
    absence: Absence | None = None  # of whoever asks
    reminder: bool = False

    @property
    def version(self) -> int:
        """What was said last, as it is shown."""
        return version_of(*((each.by_team, each.text) for each in self.said))

    @dataclass(frozen=True)
    class Payload(OfInquiry):
        reminder: bool = False


@dataclass(frozen=True)
class InquiryLine:
    """One open inquiry in the list. `name`: empty while whoever asks has none. `waiting_since`: None if answered."""

    inquiry_id: int
    name: str
    waiting_since: date | None
    holder: str | None


@dataclass(frozen=True)
class InquiryList:
    """To organisers: the open inquiries, those that wait for an answer first, the oldest first."""

    lines: tuple[InquiryLine, ...]
    waiting: int
    page: int
    pages: int

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        page: int = 0


@dataclass(frozen=True)
class TeamAnswerAsked:
    """Asks an organiser for the answer."""

    inquiry_id: int
    name: str

    class Payload(OfInquiry):
        pass


@dataclass(frozen=True)
class TeamAnswerOffered:
    """Asks an organiser whether these words are to go to whoever asked."""

    inquiry_id: int
    draft_id: int
    name: str
    text: str

    @dataclass(frozen=True)
    class Payload(OfInquiry):
        draft_id: int


@dataclass(frozen=True)
class TeamAnswerSent:
    """The answer is on its way."""

    inquiry_id: int
    name: str
    absence: Absence | None

    class Payload(OfInquiry):
        pass


Inquiries = (
    TeamNotYet | TeamQuestionAsked | TeamQuestionOffered | TeamQuestionSent | TeamWordsDropped | TeamAnswered
    | TeamClosed | InquiryShown | InquiryList | TeamAnswerAsked | TeamAnswerOffered | TeamAnswerSent
)  # fmt: skip

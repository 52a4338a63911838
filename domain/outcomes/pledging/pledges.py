"""Outcomes until both have agreed to a pledge, and its card."""

from dataclasses import dataclass
from datetime import date, time

from domain.absence import Absence
from domain.coaching import Advice, Gap
from domain.deadlines import SaidDay
from domain.nudging import Period
from domain.outcomes import payload
from domain.outcomes.pledging.amendments import Amending
from domain.outcomes.pledging.days import DayMeant
from domain.outcomes.pledging.entered import Entered
from domain.outcomes.pledging.evidence import Evidence
from domain.outcomes.pledging.handshakes import Handshakes
from domain.outcomes.pledging.histories import History
from domain.outcomes.pledging.partners import Partners
from domain.outcomes.pledging.relays import Relaying
from domain.outcomes.pledging.retrospectives import LookingBack
from domain.outcomes.pledging.takeovers import Takeovers
from domain.outcomes.pledging.talks import CalendarFile, Sealed, TalkAsked, TalkMoved
from domain.pledges import Acts, NoBecause, Side, State, Status
from domain.readers import OfficeReads, Readership


@dataclass(frozen=True)
class PledgeLine:
    """`other`: as of a card; `mine`, `theirs`: what either said of how it ended; `mp`: whose it is, if the reader is in
    that MP's office. `resigned`: it ended with a mandate, and nobody had to say anything.
    """

    pledge_id: int
    title: str
    other: str | None
    state: State
    waits_for_me: bool
    deadline: date | None
    mine: Status | None = None
    theirs: Status | None = None
    mp: str | None = None
    resigned: bool = False


@dataclass(frozen=True)
class PledgeList:
    """One page, counted from 0, of the reader's pledges that are not over, or of those that have `ended`.

    `first`: the rank of its first line; `others`: how many are in the other of the two lists.
    """

    lines: tuple[PledgeLine, ...]
    can_start: bool
    ended: bool = False
    page: int = 0
    pages: int = 1
    first: int = 1
    others: int = 0

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        ended: bool = False
        page: int = 0


@dataclass(frozen=True)
class LastWord:
    """`status` None: only a note was given. `reported`: by the other party; `by_office`: somebody in theirs said it."""

    status: Status | None
    on: date
    note: str
    reported: bool = False
    by_office: bool = False


@dataclass(frozen=True)
class PledgeCard:
    """A pledge as one of its parties sees it. `other`: empty if they were erased, None if they are not known yet."""

    pledge_id: int
    title: str
    text: str
    other: str | None
    side: Side
    acts: Acts
    state: State
    made_on: date | None
    deadline: date
    talk_on: date | None
    mine: LastWord | None
    theirs: LastWord | None
    period: Period | None  # the question that an answer given now belongs to; None: not active
    opened: bool = False  # the answers behind "Anderes" are shown
    more: bool = False  # so is what is rarely done with an active pledge
    correctable: bool = False  # it has ended, but its result may still be corrected
    ended_on: date | None = None  # however it ended
    has_history: bool = False
    absence: Absence | None = None  # of the other
    amendable: bool = False  # other words, or another day, may be proposed
    amendment: bool = False  # ... and something was, which waits for an answer
    evidence: int = 0  # how many links and photos there are
    provable: bool = False  # the reader may add another
    looks_back: bool = False  # there is a retrospective to see
    other_quiet: bool = True  # the other was asked, and has shown nothing
    talk_time: time | None = None
    entered: bool = False  # the other has no Telegram
    readers: Readership | None = None  # None: nobody can be let read it
    offices: OfficeReads = OfficeReads.NONE

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        opened: bool = False
        more: bool = False


@dataclass(frozen=True)
class ActsAsked:
    """`other` None: somebody who stands by, and is not known yet."""

    pledge_id: int
    other: str | None

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class SentenceAsked:
    """Asks for the sentence. `text`: the present one; `adjusting`: the other's is being changed.

    `other`: as of `ActsAsked`.
    """

    pledge_id: int
    other: str | None
    acts: Acts
    adjusting: bool
    text: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class SentenceCoached:
    """To the author, once for each pledge: what the sentence leaves open, and a sharper one if there is any."""

    pledge_id: int
    text: str
    acts: Acts
    advice: Advice

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class PledgePreview:
    """To the author, who has to confirm it before it is sent.

    `said`: what the sentence names instead of the deadline. `dated`: the sentence with its deadline in it, if that is
    all it leaves open. `other`: as of `ActsAsked`. `tells_of_silence`: the rule of silence holds, and is said.
    `entered`: the other has no Telegram, and cannot be told of a silence.
    `offices`: who acts for the parties, and so reads it, too.
    """

    pledge_id: int
    text: str
    other: str | None
    acts: Acts
    deadline: date
    said: SaidDay | None = None
    dated: Advice | None = None
    tells_of_silence: bool = True
    entered: bool = False
    offices: OfficeReads = OfficeReads.NONE

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class DeadlineAsked:
    """Asks for the deadline: in words if `typed`, else by buttons that offer months."""

    pledge_id: int
    deadline: date
    typed: bool

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        typed: bool = False


@dataclass(frozen=True)
class Proposed:
    """To the party whose yes, to this very `revision`, is missing. `proposer` worded it; `side` is the reader's.

    `said`: what the sentence names instead of the deadline. `tells_of_silence`: the rule of silence holds, and is said.
    `known_from`: the title of another workshop from which the two know each other. `offices`: who acts for the
    parties, and so reads it, too.
    """

    pledge_id: int
    revision: int
    proposer: str
    text: str
    side: Side
    acts: Acts
    deadline: date
    said: SaidDay | None = None
    has_history: bool = False
    tells_of_silence: bool = True
    known_from: str | None = None
    offices: OfficeReads = OfficeReads.NONE

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class ProposalSent:
    """To the proposer. `said`: what the sentence names instead of the deadline; `counter`, `gap`: their other words
    and what these leave open. All three only of a counter-proposal: of a first one, the preview has shown it.
    """

    pledge_id: int
    other: str
    deadline: date
    said: SaidDay | None = None
    absence: Absence | None = None  # of the other
    counter: str = ""
    gap: Gap | None = None
    offices: OfficeReads = OfficeReads.NONE

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class ProposalDeclined:
    """To the proposer, put neutrally: "passt gerade nicht". `because`, `reason`: why, if they said so."""

    pledge_id: int
    other: str
    title: str
    because: NoBecause | None = None
    reason: str = ""

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class ProposalQuiet:
    """To the proposer, once: no answer came yet. The proposal stays."""

    pledge_id: int
    title: str
    other: str
    absence: Absence | None = None  # of the other

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class YouDeclined:
    """`said_why`: with a reason."""

    other: str
    said_why: bool = False

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class Withdrawn:
    """A draft or proposal was taken back: by the reader (`by_me`), or by the other."""

    other: str
    by_me: bool

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        by_me: bool


Pledging = (
    PledgeList | PledgeCard | History | Partners | ActsAsked | SentenceAsked
    | SentenceCoached | PledgePreview | DeadlineAsked | DayMeant | Proposed | ProposalSent | ProposalDeclined
    | ProposalQuiet | YouDeclined | Withdrawn | TalkAsked | TalkMoved | Sealed | CalendarFile
    | Handshakes | Amending | Evidence | Entered | Takeovers | LookingBack | Relaying
)  # fmt: skip

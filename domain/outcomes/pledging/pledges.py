"""What happens to a promise until both have agreed, and how it stands."""

from dataclasses import dataclass
from datetime import date

from domain.nudging import Period
from domain.outcomes import payload
from domain.outcomes.matching import Card
from domain.pledges import Acts, Side, State, Status


@dataclass(frozen=True)
class PledgeLine:
    pledge_id: int
    title: str
    other: str
    state: State
    waits_for_me: bool
    deadline: date | None


@dataclass(frozen=True)
class PledgeList:
    lines: tuple[PledgeLine, ...]
    can_start: bool

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class LastWord:
    """`status` None: only a note was given."""

    status: Status | None
    on: date
    note: str


@dataclass(frozen=True)
class PledgeCard:
    """One pledge to one of its two people. `other` is empty when that person was erased."""

    pledge_id: int
    title: str
    text: str
    other: str
    side: Side
    acts: Acts
    i_am_author: bool
    state: State
    made_on: date | None
    deadline: date
    talk_on: date | None
    mine: LastWord | None
    theirs: LastWord | None
    period: Period | None  # the question an answer given now counts for; None: not active
    opened: bool = False  # the answers behind "Anderes" are shown
    correctable: bool = False  # it has ended, and how may still be corrected
    other_paused: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        opened: bool = False


@dataclass(frozen=True)
class PartnerAsked:
    """Whom is it with? `people`: (person id, name) of one's matches."""

    people: tuple[tuple[int, str], ...]

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class PartnerNameAsked(payload.Payload):
    """Type a name, at least three letters."""


@dataclass(frozen=True)
class PartnersFound:
    """At most three hits: (person id, card)."""

    hits: tuple[tuple[int, Card], ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        hits: tuple[int, ...]


@dataclass(frozen=True)
class ActsAsked:
    pledge_id: int
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class SentenceAsked:
    """`adjusting`: the other's sentence is being changed; `text` the present one."""

    pledge_id: int
    other: str
    acts: Acts
    adjusting: bool
    text: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class PledgePreview:
    """To the author before it goes out: Bestätigen sends it. `said`: the day that the sentence names, where it is
    another one than the deadline; `fits`: it may become the deadline."""

    pledge_id: int
    text: str
    other: str
    acts: Acts
    deadline: date
    said: date | None = None
    fits: bool = False

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class DeadlineAsked:
    """`typed`: words are awaited; else buttons offer months."""

    pledge_id: int
    deadline: date
    typed: bool

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        typed: bool = False


@dataclass(frozen=True)
class Proposed:
    """To the one who has to say yes, to this very `revision`. `proposer` wrote the words; `side` is the reader's."""

    pledge_id: int
    revision: int
    proposer: str
    text: str
    side: Side
    acts: Acts
    deadline: date

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class ProposalSent:
    """`said`: another day that the sentence names and that may become the deadline. Only where words were changed:
    who wrote the first ones was offered it before they went out."""

    pledge_id: int
    other: str
    deadline: date
    said: date | None = None

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class ProposalDeclined:
    """To the proposer, neutral: "passt gerade nicht"."""

    other: str
    title: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class YouDeclined:
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class Withdrawn:
    """`by_me`: my own draft or proposal is gone; else: the other took it back."""

    other: str
    by_me: bool

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        by_me: bool


@dataclass(frozen=True)
class TalkAsked:
    """Both, right after the yes: "Wann sprecht ihr wieder?". `typed`: a date in words is awaited. `change`: asked
    for by one of them later; `talk_on` stands until then."""

    pledge_id: int
    other: str
    typed: bool
    change: bool = False
    talk_on: date | None = None

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        typed: bool = False
        change: bool = False


@dataclass(frozen=True)
class TalkMoved:
    """The other named another day to talk; None leaves it open."""

    pledge_id: int
    title: str
    other: str
    talk_on: date | None

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class Sealed:
    """The promise stands. `talk_on` None: still open. `next_on`: the day of the first nudge, None if there is none.
    `already`: the day was agreed before the reader tapped another one."""

    pledge_id: int
    title: str
    text: str
    other: str
    deadline: date
    talk_on: date | None
    next_on: date | None
    already: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        already: bool = False


Pledging = (
    PledgeList | PledgeCard | PartnerAsked | PartnerNameAsked | PartnersFound | ActsAsked | SentenceAsked
    | PledgePreview | DeadlineAsked | Proposed | ProposalSent | ProposalDeclined | YouDeclined | Withdrawn
    | TalkAsked | TalkMoved | Sealed
)  # fmt: skip

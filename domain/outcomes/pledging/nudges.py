"""What is asked about a promise, what is answered, how it ends."""

from dataclasses import dataclass, field
from datetime import date

from domain.nudging import Period
from domain.outcomes import payload
from domain.outcomes.pledging.pledges import LastWord
from domain.pledges import Side, Status


@dataclass(frozen=True)
class NudgeRow:
    """One promise in a nudge. `answer`: what was tapped on this very question, then the row shows it."""

    pledge_id: int
    period: Period
    side: Side
    title: str
    text: str
    other: str
    weeks_left: int
    months: int  # deadline: how many months ago it was promised
    mine: LastWord | None
    theirs: LastWord | None
    talk_on: date | None
    answer: Status | None
    over: bool = False  # the promise has ended: an answer can no longer be taken back
    correctable: bool = False  # ... but for a while be changed into another one
    day_was: date | None = None  # the deadline, where its question comes after it (a weekend, a pause)

    @property
    def is_open(self) -> bool:
        """Still to be answered. A promise may be over without an answer: its other side is erased, or it ended
        by an answer to another question.
        """
        return self.answer is None and not self.over


@dataclass(frozen=True)
class Nudged:
    """One message per person and day, most urgent first. `nudge_id` goes with the snooze button.
    `opened`: the row whose other answers ("Anderes") are shown, as (pledge id, period)."""

    nudge_id: int
    rows: tuple[NudgeRow, ...]
    opened: tuple[int, Period] | None = None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        first: int | None = field(default=None, metadata=payload.OBJECT)  # the row that asked; None: this one
        opened: int | None = None
        period: Period | None = None


@dataclass(frozen=True)
class Snoozed(payload.Payload):
    until: date


@dataclass(frozen=True)
class NoteAsked:
    """Words to go with an answer."""

    pledge_id: int
    title: str
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class NoteOffered:
    """Words came with no question open: a note to which promise? (pledge id, title, other)"""

    draft_id: int
    words: str
    pledges: tuple[tuple[int, str, str], ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        draft_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class NoteSaved:
    pledge_id: int
    title: str
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class NoteDropped(payload.Payload):
    pass


@dataclass(frozen=True)
class Reported:
    """An answer given outside a nudge (from the pledge's card)."""

    pledge_id: int
    title: str
    status: Status
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class AgreementAsked:
    """The other says before the deadline what needs both ("erfüllt", "gemeinsam beendet"): does the reader agree?"""

    pledge_id: int
    title: str
    text: str
    other: str
    status: Status

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class AgreementOver:
    """The other took that back, or says something else by now (None: nothing). Nothing to agree to."""

    pledge_id: int
    title: str
    other: str
    status: Status | None


@dataclass(frozen=True)
class AdviceAsked(payload.Payload):
    """After "nicht geklappt": what would you tell others? Words are awaited."""

    pledge_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class AdviceSaved(payload.Payload):
    pass


@dataclass(frozen=True)
class Result:
    """Both said how it ended. `period`: the question whose answer the reader may still change, None: it stands;
    `opened`: the other answers are shown."""

    pledge_id: int
    title: str
    text: str
    other: str
    mine: Status
    theirs: Status
    my_note: str
    their_note: str
    period: Period | None = None
    opened: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        opened: bool = False


Nudging = (
    Nudged | Snoozed | NoteAsked | NoteOffered | NoteSaved | NoteDropped | Reported | AgreementAsked
    | AgreementOver | AdviceAsked | AdviceSaved | Result
)  # fmt: skip

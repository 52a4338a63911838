"""Outcomes after a pledge is made: nudges, answers, notes, how it ends."""

from dataclasses import dataclass, field
from datetime import date, time

from domain.nudging import Period, Snooze
from domain.outcomes import payload
from domain.outcomes.choices import ContactKind
from domain.outcomes.pledging.pledges import LastWord
from domain.outcomes.pledging.snoozes import NextAsked, Snoozed
from domain.pledges import Blocker, Side, Status


@dataclass(frozen=True)
class NudgeRow:
    """One pledge in a nudge. `answer`: what the reader tapped on this very question, which the row then shows."""

    pledge_id: int
    period: Period
    side: Side
    title: str
    text: str
    other: str
    weeks_left: int
    months: int  # deadline: how many months ago the pledge was made
    mine: LastWord | None
    theirs: LastWord | None
    talk_on: date | None
    answer: Status | None
    over: bool = False  # the pledge has ended: an answer can no longer be undone
    correctable: bool = False  # ... but for a while it can be changed into another one
    day_was: date | None = None  # the deadline, if its question comes after it (a weekend, a pause)
    again: bool = False  # it is asked once more
    days_left: int | None = None
    closes_on: date | None = None  # the answer is an ending: it ends so on that day, unless the other objects
    other_pauses: bool = False  # and was not asked about it yet: then that day is the latest
    silent: bool = False  # nothing was heard of the reader about it for long
    other_asked: bool = True  # before: only then does it mean something that nothing was heard from the other
    talk_time: time | None = None
    entered: bool = False  # the other has no Telegram, and the reader reports what they say
    blocker: Blocker | None = None  # what is lacking, if the answer is that it is stuck

    @property
    def asks_first_step(self) -> bool:
        """Whether it is the question on day 7, about the first step or the date to talk."""
        return self.period is Period.WEEK1 and not self.again

    @property
    def shows_theirs(self) -> bool:
        """Whether the question shows the other's last words: those of day 7 and of the deadline do not."""
        return not self.asks_first_step and (self.again or self.period is not Period.DEADLINE)

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered. A pledge may be over without an answer: the other party was erased, or it
        ended with an answer to another question.
        """
        return self.answer is None and not self.over

    @property
    def asks_what_blocks(self) -> bool:
        """Whether the next question is what is lacking."""
        return self.answer is Status.STUCK and self.blocker is None and not self.over


@dataclass(frozen=True)
class ListPart:
    """Which part of a long list a message shows. `rank`: the place of its first row; `rows` and `left`: how many rows,
    and open questions, there are on its other pages; `before` and `after`: the id of a pledge on the pages beside it.
    """

    rank: int = 1
    rows: int = 0
    left: int = 0
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Nudged:
    """One message per person and day, the most urgent pledge first. `nudge_id` is for the buttons in `snoozes`.

    `opened`: the row whose other answers ("Anderes") are shown, as (pledge id, period). `next_on`: when the reader is
    asked next, whatever it is about, once they have answered; None if that is soon, or not known.
    """

    nudge_id: int
    rows: tuple[NudgeRow, ...]
    opened: tuple[int, Period] | None = None
    snoozes: tuple[Snooze, ...] = ()
    part: ListPart = ListPart()
    next_on: date | None = None

    @property
    def is_list(self) -> bool:
        return len(self.rows) + self.part.rows > 1

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        """`at`: a pledge on the page that is shown; None: the first page, or that of the opened row."""

        first: int | None = field(default=None, metadata=payload.OBJECT)  # the asking row; None: this one
        opened: int | None = None
        period: Period | None = None
        at: int | None = None


@dataclass(frozen=True)
class NoteAsked:
    """Asks for a note to an answer."""

    pledge_id: int
    title: str
    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class NoteOffered:
    """Answers words that came with no question open: to which pledge are they a note?

    `pledges`: (pledge id, title, other). `status`: the answer that the words begin with; `sayable`: what may
    be answered now, (pledge id, answer).
    """

    draft_id: int
    words: str
    pledges: tuple[tuple[int, str, str], ...]
    status: Status | None = None
    sayable: tuple[tuple[int, Status], ...] = ()

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        """`pledges`: the only ones that are offered; without any, all that are active."""

        draft_id: int = field(metadata=payload.OBJECT)
        pledges: tuple[int, ...] = ()
        status: Status | None = None


@dataclass(frozen=True)
class NoteSaved:
    pledge_id: int
    title: str
    other: str
    note: str = ""

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class NoteDropped(payload.Payload):
    pass


@dataclass(frozen=True)
class Reported:
    """An answer given outside a nudge, from the pledge's card, as it stands. `status`: None if it was taken back."""

    pledge_id: int
    title: str
    status: Status | None
    other: str
    closes_on: date | None = None  # an ending: it ends so on that day, unless the other objects
    other_pauses: bool = False  # as of a row
    entered: bool = False  # so is this
    period: Period | None = None  # the question, if what is lacking is asked next
    blocker: Blocker | None = None  # as of a row

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class Heard:
    """What the other has said, which the reader is told at once: that it is stuck, or a note.

    `status` None and no `note`: they took it back. `contact`, `value`: how the reader may reach them, if they said so.
    `talk_on`: the day on which the two talk, if one is to come. `by_office`: their office said it.
    """

    pledge_id: int
    title: str
    other: str
    status: Status | None
    note: str
    contact: ContactKind | None
    value: str
    talk_on: date | None
    talk_time: time | None = None
    blocker: Blocker | None = None
    by_office: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        period: Period


@dataclass(frozen=True)
class AgreementAsked:
    """Asks whether the reader agrees: before the deadline, the other has said that it is over, and how.

    `closes_on`: the day on which it ends so unless the reader sees it otherwise; None: it does not.
    """

    pledge_id: int
    title: str
    text: str
    other: str
    status: Status
    closes_on: date | None = None
    reported: bool = False  # by the reader

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class SeenDifferently:
    """One party has said that it is over, and the other sees it otherwise: the pledge goes on.

    `status`: the ending in question; `mine`: whether the reader said it; `talk_on`: when they talk next anyway.
    """

    pledge_id: int
    title: str
    other: str
    status: Status
    mine: bool
    talk_on: date | None = None

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class AgreementOver:
    """There is nothing to agree to any more: the other has taken it back, or now says `status`, or it has ended."""

    pledge_id: int
    title: str
    other: str
    status: Status | None
    ended: bool = False


@dataclass(frozen=True)
class AdviceAsked:
    """After "nicht geklappt": asks what the reader would advise others. The other does not read the words awaited."""

    other: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class AdviceSaved(payload.Payload):
    pass


@dataclass(frozen=True)
class Result:
    """How it ended, as both say, or as one says; None of a party who said nothing until the time was over.

    `period`: the question to which the reader may still say it differently, or at last; None if the time for that is
    over. `opened`: the other answers are shown.
    """

    pledge_id: int
    title: str
    text: str
    other: str
    mine: Status | None
    theirs: Status | None
    my_note: str
    their_note: str
    period: Period | None = None
    opened: bool = False
    entered: bool = False  # the other has no Telegram, and was asked nothing
    mine_reported: bool = False  # by the other
    theirs_reported: bool = False  # by the reader
    looks_back: bool = False  # there is a retrospective to see

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        opened: bool = False


Nudging = (
    Nudged | Snoozed | NextAsked | NoteAsked | NoteOffered | NoteSaved | NoteDropped | Reported | Heard
    | AgreementAsked | SeenDifferently | AgreementOver | AdviceAsked | AdviceSaved | Result
)  # fmt: skip

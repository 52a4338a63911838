"""Outcomes of looking back: the five lines of a retrospective, what is asked for one of them, and its picture."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.absence import Absence
from domain.outcomes import payload
from domain.outcomes.choices import Theme
from domain.pledges import Status
from domain.readers import OfficeReads, Readership
from domain.retrospectives import DeedKind, Line


@dataclass(frozen=True)
class DeedShown:
    """Something that was done, as the history has it. `by`: who said so, in full; empty for a talk, and of the erased.

    `words`: theirs; empty without any. `by_office`: said by somebody in their office.
    """

    kind: DeedKind
    on: date
    by: str = ""
    words: str = ""
    by_office: bool = False


@dataclass(frozen=True)
class LineWords:
    """What one party wrote into a line. `by`: their full name; `by_office`: somebody in their office wrote it."""

    line: Line
    by: str
    words: str
    by_office: bool = False


@dataclass(frozen=True)
class FiveLines:
    """What a retrospective says. `promiser`: the full name of the party who acts; empty if both do. `results`: how it
    ended, as each party says who is there, by their full names; None of one who said nothing. Words in the first two
    lines take the place of `text` and `done`; any others are added.
    """

    text: str
    promiser: str
    deadline: date
    done: tuple[DeedShown, ...]
    results: tuple[tuple[str, Status | None], ...]
    words: tuple[LineWords, ...]

    def words_in(self, line: Line) -> tuple[LineWords, ...]:
        return tuple(each for each in self.words if each.line is line)


class Looking(StrEnum):
    """How far it is."""

    OPEN = "open"
    MINE_MISSING = "mine_missing"  # the other has approved
    THEIRS_MISSING = "theirs_missing"  # the reader has
    DECLINED = "declined"
    CLOSED = "closed"


@dataclass(frozen=True)
class RetrospectiveShown:
    """The five lines to one of the two, as they are now, with what may be done about them.

    `version`: what an approval is about. `closes_on`: the day on which it is closed if whoever is missing says nothing.
    `changed`: the line that the other has worded after an approval. `choosing`: which line to word is asked. `by_me`:
    it is the reader who declined it. `absence`: of the other. `entered`: the other has no Telegram. `reported`: one of
    the two approvals was reported by the other, and whether it is the reader's.
    """

    pledge_id: int
    title: str
    other: str
    lines: FiveLines
    state: Looking
    version: int
    closes_on: date | None = None
    changed: Line | None = None
    choosing: bool = False
    by_me: bool = False
    absence: Absence | None = None
    entered: bool = False
    reported: bool | None = None

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        choosing: bool = False


@dataclass(frozen=True)
class RetrospectiveToForward:
    """Words from the reader to the other, who has no Telegram: the five lines, and whether they fit."""

    other: str
    me: str
    lines: FiveLines

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class RetrospectiveLineAsked:
    """Asks for the reader's words in one line. `mine`: what they wrote there before. `advice`: what they would tell
    others, which they may take.
    """

    pledge_id: int
    line: Line
    other: str
    mine: str
    advice: str = ""

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        line: Line


@dataclass(frozen=True)
class RetrospectivePictured:
    """The closed retrospective as a picture. `names`: of both parties, the author first."""

    pledge_id: int
    names: tuple[str, ...]
    lines: FiveLines
    theme: Theme

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        theme: Theme
        replaced = True


@dataclass(frozen=True)
class RetrospectiveReadersAsked:
    """Whom does the reader let read it, once it is closed? `mine`: what they have said; `now`: who may read it, as both
    see it. `offices`: as of `ReadersAsked`.
    """

    pledge_id: int
    mine: Readership | None
    now: Readership
    other: str = ""
    offices: OfficeReads = OfficeReads.NONE

    class Payload(payload.OfPledge):
        pass


LookingBack = (
    RetrospectiveShown | RetrospectiveToForward | RetrospectiveLineAsked | RetrospectivePictured
    | RetrospectiveReadersAsked
)  # fmt: skip

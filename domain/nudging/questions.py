"""What is known about the questions to somebody, and what is said about the next one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar import USUAL_HOUR
from domain.nudging.periods import Period
from domain.roles import Role
from domain.terms import Terms, shipped


class WhyNot(StrEnum):
    """Why somebody is not asked now."""

    NOT_DUE = "not_due"
    ASKED_LATELY = "asked_lately"
    HEARD_LATELY = "heard_lately"
    DAY_OFF = "day_off"  # a public holiday, of a part of their Land either
    WEEKEND = "weekend"
    QUIET = "quiet"
    NIGHT = "night"  # or an evening, or before the usual hour
    PAUSED = "paused"
    UNREACHABLE = "unreachable"
    SITTING = "sitting"
    IN_DIALOGUE = "in_dialogue"
    WAITS = "waits"  # one party said how it ended, and the other is being asked about that
    SILENT = "silent"  # nothing was heard of them for so long that they are asked but rarely


@dataclass(frozen=True, slots=True)
class NotNow:
    """Why somebody is not asked now, as far as it is worth a sentence. `day`: until when they pause, or since when
    nothing is delivered to them; `land`: whose holiday it is, if it is not one of all Länder.
    """

    why: WhyNot
    day: date | None = None
    land: str | None = None


class PassedOver(StrEnum):
    """Why a question was never asked, or is not asked again."""

    LATER = "later"  # a later question took its place
    HEARD = "heard"  # it was answered before it was asked
    ENDED = "ended"
    SILENT = "silent"  # its reader is asked but rarely


@dataclass(frozen=True, slots=True)
class PledgeQuestion:
    """A question to one person about one pledge. Of `due` the day counts, in the reader's zone. `heard_on`: when they
    last said how this pledge stands.

    `silent`: nothing was heard of them about it for long; `left_out`: so they are not asked this.
    """

    id: int
    pledge: int
    period: Period
    due: datetime
    asked_at: datetime | None = None
    asked_again_at: datetime | None = None
    answered: bool = False
    passed_over: bool = False
    heard_on: date | None = None
    waits: bool = False
    silent: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asked. `hour`: the earliest, by the wall clock of `zone`. `last_asked`: the day of the last message with
    questions; `writing_since`: words are awaited.
    """

    zone: ZoneInfo
    land: str | None = None
    role: Role | None = None
    hour: time = USUAL_HOUR
    paused: bool = False
    paused_until: datetime | None = None  # None: until they say so
    reachable: bool = True
    last_asked: date | None = None
    writing_since: datetime | None = None
    terms: Terms = field(default_factory=shipped, repr=False)


@dataclass(frozen=True, slots=True)
class Next:
    """`at` None: not before something else changes. `why` None: it is due now.

    `first` and `again` hold the ids of the questions that are then asked in one message, by their due time.
    """

    at: datetime | None
    why: WhyNot | None
    first: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    passed_over: dict[int, PassedOver] = field(default_factory=dict)


def answered_on(
    questions: Sequence[PledgeQuestion], ids: Collection[int], today: date
) -> list[PledgeQuestion]:
    """The questions as they are once these have been answered today."""
    pledges = {question.pledge for question in questions if question.id in ids}
    return [
        replace(each, answered=each.answered or each.id in ids, heard_on=today, silent=False, left_out=False)
        if each.pledge in pledges
        else each
        for each in questions
    ]

"""An amendment: other words, or another day, for a pledge that both agreed to. It counts once the other accepts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

from domain.history import SETTLING, Event, EventKind
from domain.nudging import LONGEST_MONTHS, DeadlineOutOfRange, check_deadline, deadline_for

KEPT_OPEN = timedelta(days=7)
"""After so long without an answer an amendment is off, and whoever proposed it is told."""

_LATER = (1, 2, 3)  # months, as buttons
_A_DAY = timedelta(days=1)


class AmendmentEnd(StrEnum):
    """What became of an amendment."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


_ENDS = dict(zip(SETTLING, AmendmentEnd, strict=True))
_OVER = (*SETTLING, EventKind.ENDED)


def open_amendment(events: Iterable[Event]) -> Event | None:
    """The amendment that waits for the other party's answer, by the events of the pledge in their order; None: there is
    none. A newer one takes the place of the one before, whoever proposed that.
    """
    waiting: Event | None = None
    for event in events:
        if event.kind is EventKind.AMENDMENT_PROPOSED:
            waiting = event
        elif event.kind in _OVER:
            waiting = None
    return waiting


def end_of(events: Iterable[Event], amendment_id: int) -> tuple[AmendmentEnd, Event] | None:
    """What became of this amendment, and the event that says so; None: it waits, another took its place, or the pledge
    ended first.
    """
    waiting: Event | None = None
    for event in events:
        if event.kind is EventKind.AMENDMENT_PROPOSED:
            waiting = event
        elif waiting is not None and waiting.id == amendment_id and event.kind in _ENDS:
            return _ENDS[event.kind], event
        elif event.kind in _OVER:
            waiting = None
    return None


def check_day(made_on: date, today: date, day: date) -> None:
    """Raises DeadlineOutOfRange unless a pledge may be moved to this day: 1 to 12 calendar months after it was made, as
    any deadline, and to come.
    """
    check_deadline(made_on, day)
    if day <= today:
        raise DeadlineOutOfRange(today + _A_DAY, deadline_for(made_on, LONGEST_MONTHS))


def may_move_to(made_on: date, today: date, day: date) -> bool:
    """Whether `check_day` allows it."""
    try:
        check_day(made_on, today, day)
    except DeadlineOutOfRange:
        return False
    return True


def later_days(made_on: date, today: date, deadline: date) -> tuple[date, ...]:
    """The days that are offered instead of the deadline: one to three months later, as far as that is allowed."""
    days = (deadline_for(max(deadline, today), months) for months in _LATER)
    return tuple(day for day in days if may_move_to(made_on, today, day))


class Mark(StrEnum):
    """Whether words stay, go or come."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """Words beside each other that all stay, go or come."""

    mark: Mark
    words: str


def difference(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The sentence before, with the words that go, and the one after it, with those that come."""
    old, new = before.split(), after.split()
    gone: list[Run] = []
    come: list[Run] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal"
        _add(gone, Mark.KEPT if same else Mark.GONE, old[i:j])
        _add(come, Mark.KEPT if same else Mark.NEW, new[k:m])
    return tuple(gone), tuple(come)


def _add(runs: list[Run], mark: Mark, words: list[str]) -> None:
    if words:
        runs.append(Run(mark, " ".join(words)))

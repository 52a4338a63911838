"""When people talk at a workshop: the slots of its day, and how long somebody is there for them.

Times are those of the day by the operator's clock.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Protocol, TypeVar

from domain.workshops import CLOSES, OPENS

LENGTHS = (10, 15, 20, 30)
"""How many minutes a slot may last."""
USUAL_LENGTH = 15
STEP = 15
"""By how many minutes the first slot is moved; slots begin on such a quarter."""
MOST_SLOTS = 16
_A_DAY = 24 * 60


@dataclass(frozen=True)
class Slot:
    starts: time
    ends: time

    def overlaps(self, other: "Slot") -> bool:
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True)
class Stay:
    """How long somebody is there, None: to the end; in how many more talks, None: in any number; and when they are
    expected somewhere else.
    """

    until: time | None = None
    talks: int | None = None
    busy: tuple[Slot, ...] = ()

    def is_there(self, slot: Slot) -> bool:
        return (self.until is None or slot.ends <= self.until) and not any(map(slot.overlaps, self.busy))


FREE = Stay()


@dataclass(frozen=True)
class Talk:
    """Two people, or three, who meet; `number`: of their first introduction."""

    number: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class Seated:
    """A talk (its number), when, and at which table, counted from 1."""

    talk: int
    slot: Slot
    table: int


class Introduced(Protocol):
    """Two people who both said yes, in the row of their introduction."""

    id: int
    asker_id: int
    asked_id: int


Row = TypeVar("Row", bound=Introduced)


def together(both: Iterable[tuple[Row, int | None]]) -> dict[int, list[Row]]:
    """The introductions that make up each talk, by the first of them. Of three people who got the same card (the id
    beside an introduction is that of the third) all talk at once if each two of them said yes, else two at a time.
    """
    by_card: defaultdict[frozenset[int], list[Row]] = defaultdict(list)
    for row, third in both:
        by_card[frozenset({row.asker_id, row.asked_id} | ({third} if third is not None else set()))].append(
            row
        )
    found: dict[int, list[Row]] = {}
    for people, rows in by_card.items():
        everybody = len(rows) == len(people) * (len(people) - 1) // 2
        for each in [rows] if everybody else [[row] for row in rows]:
            found[each[0].id] = each
    return found


def minutes(at: time) -> int:
    """How many minutes after midnight."""
    return at.hour * 60 + at.minute


def clock(after_midnight: int) -> time:
    """The time that is this many minutes after midnight. Raises ValueError if the day has no such time."""
    return time(*divmod(after_midnight, 60))


def slots(first: int, length: int, closes: time | None) -> Sequence[Slot]:
    """The slots of a day from `first` on, in minutes after midnight, each `length` minutes, until it closes."""
    end = minutes(closes or CLOSES)
    starts = range(first, end - length + 1, length)[:MOST_SLOTS]
    return [Slot(clock(each), clock(each + length)) for each in starts]


def first_start(opens: time | None, closes: time | None, now: time | None) -> int:
    """When the first slot begins unless somebody says otherwise, in minutes after midnight: at the next quarter after
    `now` at the earliest; `now` is None on another day.
    """
    begins = minutes(opens or OPENS)
    if now is None:
        return begins
    soon = -(-(minutes(now) + 1) // STEP) * STEP
    return min(max(begins, soon), minutes(closes or CLOSES))


def moved(first: int, by: int, opens: time | None, closes: time | None, now: time | None) -> int | None:
    """The first start, moved by this many minutes; None if that is before it opens, in the past, or after it closes."""
    then = first + by
    earliest = minutes(opens) if opens else 0
    if now is not None:
        earliest = max(earliest, minutes(now))
    return then if earliest <= then < min(minutes(closes or CLOSES), _A_DAY) else None

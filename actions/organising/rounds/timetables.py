"""The timetable of a workshop: people who said yes to each other are given a time and a table.

Nothing of a plan is stored until it is sent: the button that sends it says which one was seen.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.organising.rounds import under_way
from actions.organising.rounds.under_way import Expected, can_meet
from db import intact, reach
from db.beforehand import done_in_thread
from db.models import (
    Introduction,
    IntroState,
    Invited,
    Person,
    Roundtable,
    RoundtableSeat,
    RoundtableState,
    Suggestion,
    Workshop,
)
from domain import slots
from domain.calendar import instant
from domain.presence import has_left, presence
from domain.roundtables import LASTS
from domain.slots import Seated, Slot, Stay, Talk, together
from domain.versions import version_of

_KEPT = 8  # plans; ids and times, no words

Start = tuple[int, int]
"""When the first slot begins, in minutes after midnight, and how many minutes each lasts."""


@dataclass(frozen=True)
class Timetable:
    """`seated`: where and when; `left`: the talks without a place. `introductions`: of each talk, by its number."""

    seated: tuple[Seated, ...]
    left: tuple[Talk, ...]
    talks: Mapping[int, Talk]
    introductions: Mapping[int, Sequence[Introduction]]

    @property
    def version(self) -> int:
        """Changes with who talks when and where, and with who has no place."""
        said = [(each.talk, each.slot.starts, each.table) for each in self.seated]
        return version_of(said, [each.number for each in self.left])


async def timetable(
    session: AsyncSession, operator: Operator, workshop: Workshop, start: Start, now: datetime
) -> Timetable:
    """What a timetable that begins like this would be, as things are now: whoever pauses or has left is in none."""
    rows = await session.execute(_to_come(workshop.id, now))
    open_ones = [(intro, third) for intro, third in rows]
    asked = {person for intro, _ in open_ones for person in (intro.asker_id, intro.asked_id)}
    people = await _there(session, operator, asked, now)
    of = together([each for each in open_ones if {each[0].asker_id, each[0].asked_id} <= people.keys()])
    talks = [Talk(number, _people(intros)) for number, intros in sorted(of.items())]
    taken = [
        *await _round_tables(session, operator, workshop),
        *await under_way.talks(session, operator, workshop, now),
    ]
    stays = await _stays(session, workshop, people, taken, now)
    day = free_slots(operator, workshop, start, now)
    given = (
        tuple(talks),
        tuple(day),
        workshop.tables,
        frozenset(stays.items()),
        frozenset((table, slot) for table, slot, _ in taken),
    )
    seated = await done_in_thread(session, f"timetable {hash(given)}", _planned, *given)
    have_one = {each.talk for each in seated}
    left = tuple(each for each in talks if each.number not in have_one)
    return Timetable(seated, left, {each.number: each for each in talks}, of)


@lru_cache(maxsize=_KEPT)
def _planned(
    talks: tuple[Talk, ...],
    day: tuple[Slot, ...],
    tables: int,
    stays: frozenset[tuple[int, Stay]],
    taken: frozenset[tuple[int, Slot]],
) -> tuple[Seated, ...]:
    """In a thread, before a tap's transaction. It imports there, too: SciPy takes half a second to load.

    Solved once for the tap, its message, the other pages and the tap that sends it, as long as nothing changes.
    """
    from domain.timetable import plan  # noqa: PLC0415 - in the thread

    return plan(talks, day, tables, dict(stays), taken)


def free_slots(operator: Operator, workshop: Workshop, start: Start, now: datetime) -> list[Slot]:
    """The slots of the workshop's day that are to come."""
    wall = operator.wall(now)
    if workshop.day < wall.date():
        return []
    earliest = wall.time() if workshop.day == wall.date() else time()
    return [each for each in slots.slots(*start, workshop.closes) if each.starts >= earliest]


def _to_come(workshop_id: int, now: datetime) -> Select[Introduction, int | None]:
    """Introductions with two yeses whose talk is to come, unless one of the two cannot make it; and who comes along."""
    to_come = or_(Introduction.slot_at.is_(None), Introduction.slot_at > now)
    which = (
        Introduction.workshop_id == workshop_id,
        Introduction.state == IntroState.BOTH,
        to_come,
        *can_meet(),
    )
    card = and_(Suggestion.id == Introduction.suggestion_id)
    return (
        select(Introduction, Suggestion.third_id)
        .join(Suggestion, card)
        .where(*which)
        .order_by(Introduction.id)
    )


def that_hold(workshop_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions on introductions that their talk has a place in the timetable that holds, and stands: neither has
    said that they cannot make it, and both may be written to now.
    """
    writable = (
        reach.names(who, reach.writable(now)) for who in (Introduction.asker_id, Introduction.asked_id)
    )
    placed = (Introduction.slot_at.is_not(None), Introduction.slot_table.is_not(None))
    of_it = (Introduction.workshop_id == workshop_id, Introduction.state == IntroState.BOTH)
    return *of_it, *placed, *can_meet(), *writable


@dataclass(frozen=True)
class ToCome:
    """The talks of the timetable that holds which have not begun: how many, and of how many people. `version`: of
    which, when and where.
    """

    talks: int
    people: int
    version: int


async def to_come(session: AsyncSession, workshop_id: int, now: datetime) -> ToCome:
    """Which talks are to come, as things are now."""
    of = Introduction
    which = select(of.id, of.slot_at, of.slot_table, of.asker_id, of.asked_id).where(
        *that_hold(workshop_id, now), of.slot_at > now
    )
    rows = (await session.execute(which.order_by(of.id))).all()
    places = {(at, table) for _, at, table, *_ in rows}
    people = {person for _, _, _, *two in rows for person in two}
    return ToCome(len(places), len(people), version_of([tuple(row) for row in rows]))


def _people(intros: Sequence[Introduction]) -> tuple[int, ...]:
    return tuple(sorted({person for each in intros for person in (each.asker_id, each.asked_id)}))


async def _there(
    session: AsyncSession, operator: Operator, ids: set[int], now: datetime
) -> dict[int, Person]:
    """Those of these people who may be sent somewhere now."""
    found = await intact.rows(session, Person, select(Person.id).where(Person.id.in_(ids)))
    wall = operator.wall(now)
    return {p.id: p for p in found if reach.may_be_written_to(p, now) and not has_left(p, wall)}


async def _stays(
    session: AsyncSession,
    workshop: Workshop,
    people: Mapping[int, Person],
    taken: Sequence[Expected],
    now: datetime,
) -> dict[int, Stay]:
    """How long each of these people is there, and in how many talks they still are."""
    had = select(Introduction.slot_at, Introduction.asker_id, Introduction.asked_id).where(
        Introduction.workshop_id == workshop.id, Introduction.slot_at <= now
    )
    # Nobody is in two talks at a time: what begins with it is the same talk, of three people.
    at_once = {(at, person) for at, *pair in await session.execute(had) for person in pair}
    begun = Counter(person for _, person in at_once)
    said = {each.id: presence(each, workshop.day) for each in people.values()}
    return {
        number: Stay(
            known.until,
            None if known.talks is None else max(0, known.talks - begun[number]),
            tuple(slot for _, slot, person in taken if person == number),
        )
        for number, known in said.items()
    }


async def _round_tables(session: AsyncSession, operator: Operator, workshop: Workshop) -> Sequence[Expected]:
    """Who has said yes to a round table of the day."""
    live = Roundtable.state.in_((RoundtableState.ASKING, RoundtableState.SETTLED))
    seats = (
        select(Roundtable.number, Roundtable.starts_at, RoundtableSeat.person_id)
        .join(RoundtableSeat, RoundtableSeat.roundtable_id == Roundtable.id)
        .where(Roundtable.workshop_id == workshop.id, live, RoundtableSeat.state == Invited.YES)
    )
    found = []
    for table, at, person in await session.execute(seats):
        starts = operator.wall(at)
        if starts.date() == workshop.day:
            found.append((table, Slot(starts.time(), (starts + LASTS).time()), person))
    return found


def moment(operator: Operator, workshop: Workshop, slot: Slot) -> datetime:
    """When a slot begins, in UTC."""
    return instant(workshop.day, slot.starts, operator.zone)

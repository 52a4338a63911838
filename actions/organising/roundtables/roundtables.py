"""A round table at the desk: an organiser picks a topic, looks at whom it would ask and why, and asks them."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.exchange.paging import on_page
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.roundtables import roundtable_people
from db.models import (
    Invited,
    Person,
    Roundtable,
    RoundtableSeat,
    RoundtableState,
    Workshop,
)
from domain import roundtables
from domain.calendar import instant
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.roundtables import (
    Detail,
    RoundtableAsked,
    RoundtableCard,
    RoundtableDetailAsked,
    RoundtablePeople,
    RoundtableTopics,
)
from domain.refusal import Reason, Refusal
from domain.versions import version_of

LOOK = "saw at a round table"


async def choose(turn: Turn) -> None:
    """Ask in which workshop, if there are several."""
    await desk.choose_workshop(turn, DeskTask.ROUNDTABLE, topics_in)


async def topics_in(turn: Turn, workshop_id: int, page: int = 0) -> None:
    """The topics that enough people of the workshop have, and its tables. Raises Refusal like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    turn.tell(RoundtableTopics.Payload(workshop.id, page=page), edit=turn.pressed is not None and page > 0)


async def plan(turn: Turn, workshop_id: int, topic: str) -> None:
    """Propose people of this topic, at the first time at which enough of them are free; nobody hears of it yet. While I
    still plan one of this topic, it is shown instead.

    Raises Refusal(STALE_BUTTON) if too few have it by now, or it is too late for a table; and like `desk.chosen`.
    """
    workshop = await desk.chosen(turn, workshop_id)
    mine = (Roundtable.workshop_id == workshop.id, Roundtable.made_by_id == turn.me.id)
    own = select(Roundtable).where(
        *mine, Roundtable.topic == topic, Roundtable.state == RoundtableState.DRAFT
    )
    table = await turn.session.scalar(own.order_by(Roundtable.id.desc()).limit(1))
    await _show(turn, table or await _planned(turn, workshop, topic))


async def _planned(turn: Turn, workshop: Workshop, topic: str) -> Roundtable:
    starts, proposed = await _proposed(turn, workshop, topic)
    table = Roundtable(
        workshop_id=workshop.id,
        made_by_id=turn.me.id,
        topic=topic,
        number=await _free_table(turn.session, workshop),
        starts_at=starts,
        state=RoundtableState.DRAFT,
        made_at=turn.now,
    )
    turn.session.add(table)
    await turn.session.flush()
    seats = [
        RoundtableSeat(roundtable_id=table.id, person_id=each, state=Invited.PLANNED) for each in proposed
    ]
    turn.session.add_all(seats)
    await turn.session.flush()
    return table


async def _proposed(turn: Turn, workshop: Workshop, topic: str) -> tuple[datetime, list[int]]:
    """When enough people are free first, and whom to ask then."""
    people = await roundtable_people.candidates(turn.session, workshop, turn.now, turn.operator)
    apart = await roundtable_people.apart(turn.session, workshop.id)
    for at in times_of(workshop, turn.now, turn.operator) if workshop.tables else ():
        starts = instant(workshop.day, at, turn.operator.zone)
        free = await roundtable_people.free(turn.session, people, starts, turn.operator)
        proposed = roundtables.propose(free, topic, turn.today, apart)
        if len(proposed) >= roundtables.FEWEST:
            return starts, proposed
    raise Refusal(Reason.STALE_BUTTON)


def times_of(workshop: Workshop, now: datetime, operator: Operator) -> list[time]:
    """When a table of the workshop may begin."""
    return roundtables.times_ahead(workshop.day, workshop.opens, workshop.closes, operator.wall(now))


async def _free_table(session: AsyncSession, workshop: Workshop) -> int:
    """The first table of the room at which nobody is asked to sit."""
    live = (RoundtableState.ASKING, RoundtableState.SETTLED, RoundtableState.DRAFT)
    taken = select(Roundtable.number).where(Roundtable.workshop_id == workshop.id, Roundtable.state.in_(live))
    used = set(await session.scalars(taken))
    return next((number for number in range(1, workshop.tables + 1) if number not in used), 1)


# --- looking


async def show(turn: Turn, table_id: int) -> None:
    """A table as it is now. Raises Refusal(STALE_BUTTON) if it is gone."""
    await _show(turn, await _table(turn, table_id))


async def _show(turn: Turn, table: Roundtable, *, changed: bool = False) -> None:
    """Everybody who is named finds the look in their data."""
    for seat in await roundtable_people.named(turn.session, table, turn.now, turn.operator):
        desk.audit(turn, seat.person_id, LOOK)
    turn.tell(RoundtableCard.Payload(table.id, changed=changed), edit=True)


async def show_people(turn: Turn, table_id: int, page: int) -> None:
    """Whoever has the topic, a page counted from 0. Raises Refusal(STALE_BUTTON) once nobody can be asked any more."""
    table = await _table(turn, table_id)
    if table.state not in (RoundtableState.DRAFT, RoundtableState.ASKING):
        raise Refusal(Reason.STALE_BUTTON)
    everybody = await roundtable_people.in_order(turn.session, table, turn.now, turn.operator)
    for person_id in on_page(everybody, page)[1]:
        desk.audit(turn, person_id, LOOK)
    turn.tell(RoundtablePeople.Payload(table.id, page=page), edit=True)


async def _table(turn: Turn, table_id: int) -> Roundtable:
    await desk.organiser(turn)
    table = await turn.session.get(Roundtable, table_id, with_for_update=True)
    if table is None:
        raise Refusal(Reason.STALE_BUTTON)
    return table


async def _draft(turn: Turn, table_id: int) -> Roundtable:
    table = await _table(turn, table_id)
    if table.state is not RoundtableState.DRAFT:
        raise Refusal(Reason.STALE_BUTTON)
    return table


# --- changing


async def turn_person(turn: Turn, table_id: int, person_id: int, page: int) -> None:
    """Ask this person too, or not. While others are being asked, they are asked at once, and nobody is taken out.

    Raises Refusal(STALE_BUTTON) for somebody who may not be asked, and once nobody can be asked any more.
    """
    table = await _table(turn, table_id)
    seats = {each.person_id: each for each in await roundtable_people.seats_of(turn.session, table.id)}
    if table.state is RoundtableState.DRAFT and person_id in seats:
        await turn.session.delete(seats[person_id])
    elif person_id not in seats and len(seats) < roundtables.MOST_ASKED:
        await _add(turn, table, person_id)
    await turn.session.flush()
    await show_people(turn, table.id, page)


async def _add(turn: Turn, table: Roundtable, person_id: int) -> None:
    person = await turn.session.get(Person, person_id)
    late = table.decides_at is not None and table.decides_at <= turn.now
    may = await roundtable_people.may_be_asked(turn.session, table, turn.now, turn.operator)
    if person is None or late or person_id not in may:
        raise Refusal(Reason.STALE_BUTTON)
    asking = table.state is RoundtableState.ASKING
    state = Invited.ASKED if asking else Invited.PLANNED
    seat = RoundtableSeat(roundtable_id=table.id, person_id=person_id, state=state)
    turn.session.add(seat)
    await turn.session.flush()
    if asking:
        _ask(turn, person, seat)


def _ask(turn: Turn, person: Person, seat: RoundtableSeat) -> None:
    turn.news(person, RoundtableAsked.Payload(seat.id), key=f"roundtable:{seat.id}")


async def ask_detail(turn: Turn, table_id: int, what: Detail) -> None:
    """When, or at which table? Raises Refusal(STALE_BUTTON) once people have been asked."""
    table = await _draft(turn, table_id)
    turn.tell(RoundtableDetailAsked.Payload(table.id, what), edit=True)


async def set_time(turn: Turn, table_id: int, at: time) -> None:
    """Raises Refusal(STALE_BUTTON) for a time at which none may begin any more, and once people have been asked."""
    table = await _draft(turn, table_id)
    workshop = await turn.session.get_one(Workshop, table.workshop_id)
    if at not in times_of(workshop, turn.now, turn.operator):
        raise Refusal(Reason.STALE_BUTTON)
    table.starts_at = instant(workshop.day, at, turn.operator.zone)
    await _show(turn, table)


async def set_table(turn: Turn, table_id: int, number: int) -> None:
    """Raises Refusal(STALE_BUTTON) for a table that is not in the room, and once people have been asked."""
    table = await _draft(turn, table_id)
    workshop = await turn.session.get_one(Workshop, table.workshop_id)
    if number not in range(1, workshop.tables + 1):
        raise Refusal(Reason.STALE_BUTTON)
    table.number = number
    await _show(turn, table)


# --- deciding


def version(table: Roundtable, seats: Sequence[RoundtableSeat]) -> int:
    """Changes with what would be sent to whom."""
    return version_of(table.starts_at, table.number, sorted(each.person_id for each in seats))


async def send(turn: Turn, table_id: int, seen: int) -> None:
    """Ask everybody who was shown. If the table has changed since, or somebody may no longer be asked, it is shown
    again, and nobody is asked. A second tap shows how it stands. Raises Refusal(STALE_BUTTON) if it is gone.
    """
    table = await _table(turn, table_id)
    if table.state is not RoundtableState.DRAFT:
        await _show(turn, table)
        return
    seats = await roundtable_people.seats_of(turn.session, table.id)
    may = await roundtable_people.may_be_asked(turn.session, table, turn.now, turn.operator)
    gone = [each for each in seats if each.person_id not in may]
    too_late = table.starts_at < turn.now + roundtables.DECIDED_BEFORE
    if seen != version(table, seats) or gone or too_late or len(seats) < roundtables.FEWEST:
        for each in gone:
            await turn.session.delete(each)
        await turn.session.flush()
        await _show(turn, table, changed=True)
        return
    table.state = RoundtableState.ASKING
    table.decides_at = table.starts_at - roundtables.DECIDED_BEFORE
    for each in seats:
        each.state = Invited.ASKED
        _ask(turn, await turn.session.get_one(Person, each.person_id), each)
    turn.tell(RoundtableCard.Payload(table.id), edit=True)

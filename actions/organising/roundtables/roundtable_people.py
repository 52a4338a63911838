"""The people of round tables: who may be asked to one, who is asked, and who comes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import shown
from actions.exchange.operator import Operator
from actions.matching import suggestions
from db import crowd, intact, reach
from db.models import (
    Introduction,
    IntroState,
    Invited,
    Membership,
    Person,
    Roundtable,
    RoundtableSeat,
    RoundtableState,
    Suggestion,
    Workshop,
)
from domain import names, roundtables
from domain.outcomes.choices import Meeting, Verdict
from domain.outcomes.organising.roundtables import RoundtableCard, RoundtableStands
from domain.presence import TALK, stays
from domain.roundtables import LASTS
from domain.suggestions import Candidate


async def candidates(
    session: AsyncSession, workshop: Workshop, now: datetime, operator: Operator
) -> list[Candidate]:
    """Everybody in the workshop who may be suggested now."""
    found = await suggestions.candidates(session, workshop, now, operator)
    return [each for each in found.values() if each.can_be_suggested]


async def apart(session: AsyncSession, workshop_id: int) -> set[frozenset[int]]:
    """Pairs of whom one said "not my topic" about the other, or no to meeting them."""
    here = select(Membership.person_id).where(Membership.workshop_id == workshop_id)
    refused = select(Suggestion.person_id, Suggestion.other_id).where(
        Suggestion.verdict == Verdict.NOT_MY_TOPIC, Suggestion.person_id.in_(here)
    )
    declined = select(Introduction.asker_id, Introduction.asked_id).where(
        Introduction.state == IntroState.DECLINED, Introduction.asked_id.in_(here)
    )
    return {frozenset(pair) for which in (refused, declined) for pair in await session.execute(which)}


async def may_be_asked(
    session: AsyncSession, table: Roundtable, now: datetime, operator: Operator
) -> set[int]:
    """The ids of those who have the topic, may be shown now, and are free until the table is over."""
    workshop = await session.get_one(Workshop, table.workshop_id)
    people = roundtables.dealing(await candidates(session, workshop, now, operator), table.topic)
    return {each.id for each in await free(session, people, table.starts_at, operator, but=table.id)}


async def free(
    session: AsyncSession, people: Sequence[Candidate], starts: datetime, operator: Operator, but: int = 0
) -> list[Candidate]:
    """Those of these people who are there until a table that starts then is over, and are asked to nothing else
    meanwhile. `but`: the table itself.
    """
    wall = operator.wall(starts)
    until = roundtables.ends(wall)
    ids = [each.id for each in people]
    found = await session.scalars(select(Person).where(Person.id.in_(ids)))
    there = {each.id for each in found if stays(each, wall.date(), until)}
    there -= await elsewhere(session, ids, starts, but, Invited.ASKED, Invited.YES)
    return [each for each in people if each.id in there]


async def elsewhere(
    session: AsyncSession, people: Collection[int], starts: datetime, but: int, *states: Invited
) -> set[int]:
    """Those of these people who stand like that with another table than this one while one that starts then goes on,
    or have a talk meanwhile by the timetable.
    """
    live = (Roundtable.state.in_((RoundtableState.ASKING, RoundtableState.SETTLED)), Roundtable.id != but)
    during = (Roundtable.starts_at > starts - LASTS, Roundtable.starts_at < starts + LASTS)
    at_tables = (
        select(RoundtableSeat.person_id)
        .join(Roundtable, Roundtable.id == RoundtableSeat.roundtable_id)
        .where(*live, *during, RoundtableSeat.state.in_(states), RoundtableSeat.person_id.in_(people))
    )
    talks = select(Introduction.asker_id, Introduction.asked_id).where(
        Introduction.state == IntroState.BOTH,
        Introduction.slot_at > starts - TALK,
        Introduction.slot_at < starts + LASTS,
        *(
            or_(said.is_(None), said != Meeting.CANT)
            for said in (Introduction.asker_says, Introduction.asked_says)
        ),
        or_(Introduction.asker_id.in_(people), Introduction.asked_id.in_(people)),
    )
    busy = {person for pair in await session.execute(talks) for person in pair}
    return {*await session.scalars(at_tables), *busy} & set(people)


async def in_order(session: AsyncSession, table: Roundtable, now: datetime, operator: Operator) -> list[int]:
    """The ids of those who may be asked to this table, and of those who are, by name. Names are encrypted, so they are
    sorted here.
    """
    may = await may_be_asked(session, table, now, operator)
    asked = select(RoundtableSeat.person_id).where(RoundtableSeat.roundtable_id == table.id)
    which = or_(Person.id.in_(may), Person.id.in_(asked))
    found = await crowd.named(session, select(Person.id).where(which))
    return [each.id for each in sorted(found, key=lambda each: (names.in_order(each.name), each.id))]


# --- who is asked, and comes


async def seats_of(session: AsyncSession, table_id: int, *states: Invited) -> Sequence[RoundtableSeat]:
    """Those who are asked to this table, or stand like that with it."""
    which = [RoundtableSeat.state.in_(states)] if states else []
    found = select(RoundtableSeat).where(RoundtableSeat.roundtable_id == table_id, *which)
    return (await session.scalars(found.order_by(RoundtableSeat.id))).all()


def seats_beside(person_id: int) -> Select[int]:
    """Selects the ids of all seats at the tables to which this person is asked."""
    mine = select(RoundtableSeat.roundtable_id).where(RoundtableSeat.person_id == person_id)
    return select(RoundtableSeat.id).where(RoundtableSeat.roundtable_id.in_(mine))


async def coming(
    session: AsyncSession, table: Roundtable, now: datetime, operator: Operator
) -> list[RoundtableSeat]:
    """The seats of those who have said yes, are still in the workshop, may be written to, and have not said since that
    they leave before it is over.
    """
    wall = operator.wall(table.starts_at)
    found = []
    for seat in await seats_of(session, table.id, Invited.YES):
        person = await intact.person(session, seat.person_id)
        if person is None or not reach.may_be_written_to(person, now):
            continue
        is_member = any(each.workshop_id == table.workshop_id for each in person.memberships)
        if is_member and stays(person, wall.date(), roundtables.ends(wall)):
            found.append(seat)
    return found


async def named(
    session: AsyncSession, table: Roundtable, now: datetime, operator: Operator
) -> Sequence[RoundtableSeat]:
    """The seats of those whom organisers read: while it is planned whom it is to ask, afterwards who comes."""
    if table.state is RoundtableState.DRAFT:
        return await seats_of(session, table.id, Invited.PLANNED)
    return await coming(session, table, now, operator)


async def show_again(session: AsyncSession, person_id: int, now: datetime) -> None:
    """This person pauses or is back, took a consent back, or says otherwise how long they stay: at the tables to come
    that they said yes to, the others and the organisers read without a sound who comes now.
    """
    await session.flush()
    mine = (RoundtableSeat.person_id == person_id, RoundtableSeat.state == Invited.YES)
    live = (RoundtableState.ASKING, RoundtableState.SETTLED)
    at = select(Roundtable.id, Roundtable.state).join(
        RoundtableSeat, RoundtableSeat.roundtable_id == Roundtable.id
    )
    which = (*mine, Roundtable.state.in_(live), Roundtable.starts_at > now)
    for table_id, state in (await session.execute(at.where(*which))).all():
        await shown.say_again(session, RoundtableCard.Payload(table_id), table_id, now)
        for seat in (
            await seats_of(session, table_id, Invited.YES) if state is RoundtableState.SETTLED else ()
        ):
            await shown.say_again(session, RoundtableStands.Payload(seat.id), seat.id, now)

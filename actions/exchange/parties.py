"""For whom people act: for themselves, or for the MP whose office they are in.

A message is worded for a party and read by a person; the row of the outbox names both.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox
from actions.exchange.turn import Turn
from db import intact, reach
from db.models import OfficeSeat, Person


async def parties_of(session: AsyncSession, person: Person) -> list[Person]:
    """For whom this person acts: themselves, and then the MPs in whose office they are."""
    mps = await intact.rows(session, Person, reach.represented_by(person.id).order_by(OfficeSeat.mp_id))
    return [person, *mps]


def party_in(parties: Iterable[Person], party_ids: Collection[int | None]) -> Person | None:
    """The first of these whom a thing concerns that has these parties; None if it concerns none."""
    return next((each for each in parties if each.id in party_ids), None)


async def acts_for(session: AsyncSession, person_id: int | None, party_id: int) -> bool:
    """Whether this person is that party, or in their office."""
    if person_id is None or person_id == party_id:
        return person_id is not None
    seat = reach.represented_by(person_id).where(OfficeSeat.mp_id == party_id)
    return await session.scalar(seat.limit(1)) is not None


async def take_part(turn: Turn, party_ids: Iterable[int | None]) -> bool:
    """Whether whoever's turn it is may act for one of these parties; the turn is theirs from then on.

    This is where "is it mine?" is decided. Whoever is a party themselves acts for themselves.
    """
    parties = {each for each in party_ids if each is not None}
    turn.represented = None
    if turn.me.id in parties:
        return True
    found = await turn.session.scalar(
        reach.represented_by(turn.me.id)
        .where(OfficeSeat.mp_id.in_(parties))
        .order_by(OfficeSeat.mp_id)
        .limit(1)
    )
    turn.represented = await intact.person(turn.session, found) if found is not None else None
    return turn.represented is not None


async def sides_of(
    session: AsyncSession, people: Collection[int | None], others: Collection[int]
) -> dict[int, int]:
    """For whoever of these people acts for one of the others, by their id: for whom, in the order of `take_part`.

    0: for themselves.
    """
    seats = select(OfficeSeat.staff_id, func.min(OfficeSeat.mp_id)).where(
        OfficeSeat.staff_id.in_(people), OfficeSeat.mp_id.in_(others), reach.seated()
    )
    sides = {each: 0 for each in others if each in people}
    for staff, mp in await session.execute(seats.group_by(OfficeSeat.staff_id)):
        sides.setdefault(staff, mp)
    return sides


async def offices(
    session: AsyncSession, party_ids: Collection[int], now: datetime
) -> dict[int, list[outbox.Recipient]]:
    """Who in each of these parties' offices may be written to now, whoever came first at the head; parties without
    anybody are left out.
    """
    found = await session.execute(
        select(OfficeSeat.mp_id, Person.id, Person.chat_id)
        .join(Person, Person.id == OfficeSeat.staff_id)
        .where(OfficeSeat.mp_id.in_(party_ids), reach.seated(), reach.writable(now))
        .order_by(OfficeSeat.confirmed_at, OfficeSeat.id)
    )
    staff: defaultdict[int, list[outbox.Recipient]] = defaultdict(list)
    for mp_id, person_id, chat_id in found:
        if chat_id is not None:
            staff[mp_id].append(outbox.Recipient(chat_id, person_id, mp_id))
    return staff


def note_without_office(session: AsyncSession, party_id: int) -> None:
    """Nobody has a seat in an office of this party, whom the transaction holds locked: it need not be asked again."""
    without_office(session).add(party_id)


def without_office(session: AsyncSession) -> set[int]:
    """The ids of the parties of whom that is known."""
    found: set[int] = session.info.setdefault("without_office", set())
    return found


async def has_office(session: AsyncSession, party: Person | None) -> bool:
    """Whether somebody acts for this party."""
    if party is None or party.role is None or not party.role.is_mp:
        return False
    seat = select(OfficeSeat.id).where(OfficeSeat.mp_id == party.id, reach.seated())
    return await session.scalar(seat.limit(1)) is not None


async def reader(session: AsyncSession, party: Person, now: datetime) -> Person:
    """Who reads what is asked of this party: whoever of an MP's office may be written to and came first, else the party
    themselves.
    """
    if party.role is None or not party.role.is_mp:
        return party
    office = (await offices(session, {party.id}, now)).get(party.id, ())
    found = await intact.person(session, office[0].person_id) if office and office[0].person_id else None
    return found or party

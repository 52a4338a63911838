"""Traces of somebody who is on a guest list, or on a card of paper."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.shown import says
from actions.organising.guests import guest_lists
from actions.organising.guests.guests import are_alike
from actions.organising.papers import paper_answers
from actions.rights.trace_kinds import A_CODE_OF_A_GUEST, A_GUEST, A_PAPER, GUESTS
from db.models import Outgoing, Person, PersonalCode


async def on_a_guest_list(session: AsyncSession, me: Person) -> list[ColumnElement[bool]]:
    """Rows that show my row of a list, to the team, also beside one that looks like it, or to somebody else who opened
    the code.
    """
    mine = await guest_lists.rows_of(session, me)
    if not mine:
        return []
    guests = [guest.id for guest in mine]
    beside = [
        each.id
        for workshop_id in {guest.workshop_id for guest in mine}
        for each in await guest_lists.on_list(session, workshop_id)
        if any(are_alike(each, guest) for guest in mine)
    ]
    codes = (await session.scalars(select(PersonalCode.id).where(PersonalCode.guest_id.in_(guests)))).all()
    return [
        says(GUESTS, Outgoing.object_id.in_({guest.workshop_id for guest in mine})),
        says(A_GUEST, Outgoing.object_id.in_([*guests, *beside])),
        says(A_CODE_OF_A_GUEST, Outgoing.object_id.in_(codes)),
        says(A_PAPER, Outgoing.object_id.in_(await paper_answers.naming(session, guests))),
    ]

"""Talks of a timetable that have begun and are not over: who is in one, and at which table."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import transcript
from actions.exchange.operator import Operator
from db.models import Introduction, Workshop
from domain.outcomes.choices import Meeting
from domain.outcomes.organising.timetables import TimetableSent
from domain.slots import LENGTHS, Slot

Expected = tuple[int, Slot, int]
"""The number of a table, when, and the id of somebody who is expected there."""


def can_meet() -> tuple[ColumnElement[bool], ...]:
    """The conditions on introductions that neither of the two has said that they cannot make it."""
    said = (Introduction.asker_says, Introduction.asked_says)
    return tuple(or_(each.is_(None), each != Meeting.CANT) for each in said)


async def talks(
    session: AsyncSession, operator: Operator, workshop: Workshop, now: datetime
) -> list[Expected]:
    """Who is in a talk of the workshop now, until it is over."""
    begun = select(
        Introduction.slot_at, Introduction.slot_table, Introduction.asker_id, Introduction.asked_id
    ).where(
        Introduction.workshop_id == workshop.id,
        Introduction.slot_at <= now,
        Introduction.slot_at > now - timedelta(minutes=max(LENGTHS)),
        *can_meet(),
    )
    found: list[Expected] = []
    for at, table, *two in await session.execute(begun):
        if at is None or table is None:
            continue
        starts = operator.wall(at)
        ends = starts + await _length(session, workshop.id, at)
        if starts.date() == workshop.day and ends > operator.wall(now):
            found += [(table, Slot(starts.time(), ends.time()), person) for person in two]
    return found


async def _length(session: AsyncSession, workshop_id: int, at: datetime) -> timedelta:
    """How long a talk lasts that began then: as the timetable says that was sent last before. Where that is not known
    any more, as long as a talk can last.
    """
    sent = await transcript.owed_before(session, TimetableSent.Payload, workshop_id, at)
    said = [each.payload for each in sent]
    known = [each.length for each in said if isinstance(each, TimetableSent.Payload) and each.length]
    return timedelta(minutes=known[-1] if known else max(LENGTHS))

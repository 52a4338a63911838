"""What a pause keeps from its reader: rows of the outbox that were cancelled for it, until a list tells them."""

from datetime import datetime

from sqlalchemy import ColumnElement, Exists, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from actions.exchange import outbox
from actions.exchange.entries import Entry, is_of
from db.models import Outgoing, SendState
from domain.outcomes.rights import Resumed


async def held_back(session: AsyncSession, person_id: int, row_id: int) -> list[Entry]:
    """What a pause kept from this person, and the list in the row with this id is to tell, the oldest first."""
    rows = await session.scalars(
        select(Outgoing)
        .where(
            Outgoing.person_id == person_id,
            Outgoing.id < row_id,
            Outgoing.state == SendState.CANCELLED,
            Outgoing.error == outbox.PAUSED,
            ~_told_since(before=row_id),
        )
        .order_by(Outgoing.id)
    )
    return [Entry(row) for row in rows]


async def told_at(session: AsyncSession, held: Outgoing) -> datetime | None:
    """When a list of missed news told its reader of this row, which a pause held back; None: not yet."""
    lists = select(func.min(Outgoing.sent_at)).where(
        Outgoing.person_id == held.person_id,
        is_of((Resumed.Payload,)),
        Outgoing.id > held.id,
        Outgoing.state == SendState.SENT,
    )
    return await session.scalar(lists)


def is_untold() -> ColumnElement[bool]:
    """The condition that a pause keeps a row from its reader, and no list has told it since. It is never NULL."""
    held = func.coalesce(Outgoing.error, "") == outbox.PAUSED
    return and_(held, Outgoing.person_id.is_not(None), ~_told_since())


def has_untold(object_id: InstrumentedAttribute[int]) -> Exists:
    """The condition that something about the object with this id is still to be told after a pause."""
    return exists().where(Outgoing.object_id == object_id, is_untold())


def _told_since(before: int | None = None) -> Exists:
    """A later list of missed news went out, or had nothing to say that was still true."""
    told = aliased(Outgoing)
    settled = or_(
        told.state == SendState.SENT,
        and_(told.state == SendState.CANCELLED, told.error == outbox.WITHDRAWN),
    )
    until = () if before is None else (told.id < before,)
    return exists().where(
        told.person_id == Outgoing.person_id,
        is_of((Resumed.Payload,), told),
        told.id > Outgoing.id,
        settled,
        *until,
    )

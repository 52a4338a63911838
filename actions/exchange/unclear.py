"""Rows of the outbox of which nobody knows whether they arrived: which are looked for, and what was found."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, case, func, literal, null, select, true, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.order import MACHINE_NOW, UNRESOLVED
from db.models import IS_OPEN, Inbox, Outgoing, Priority, SendState
from db.moments import NOW, as_of

_TO_FIND = (
    select(Outgoing)
    .where(
        IS_OPEN,
        Outgoing.state == SendState.UNKNOWN,
        Outgoing.known_id.is_not(None),
        Outgoing.lease_until <= MACHINE_NOW,
    )
    .order_by(Outgoing.id)
    .limit(bindparam("limit"))
)


async def to_find(session: AsyncSession, machine_now: datetime, limit: int) -> Sequence[Outgoing]:
    """Rows whose messages are to be looked for: by now nobody is sending them any more."""
    return (await session.scalars(_TO_FIND, {MACHINE_NOW.key: machine_now, "limit": limit})).all()


async def highest_known(session: AsyncSession) -> int:
    """The highest id of a message, sent or received, in a private chat; 0 if none is known."""
    sent = select(func.max(Outgoing.message_id)).where(Outgoing.chat_id > 0)
    received = select(func.max(Inbox.message_id))
    return max([number or 0 for number in await session.scalars(sent.union_all(received))])


async def accounted(session: AsyncSession, above: int, up_to: int) -> set[int]:
    """Ids in this range of which we know what they are."""
    found = (
        select(table.message_id).where(table.message_id > above, table.message_id <= up_to)
        for table in (Outgoing, Inbox)
    )
    return {number for number in await session.scalars(union(*found)) if number is not None}


async def found(session: AsyncSession, row: Outgoing, message_id: int, now: datetime) -> None:
    await has_arrived(session, row.id, row.chat_id, message_id, now)


_MISSED = (
    update(Outgoing)
    .where(Outgoing.id == bindparam("row"), Outgoing.state == SendState.UNKNOWN)
    .values(state=SendState.PENDING, known_id=null(), not_before=null())
    .execution_options(synchronize_session=False)
)


async def missed(session: AsyncSession, row: Outgoing) -> None:
    """It has surely not arrived: sent again, it is no repeat."""
    await session.execute(_MISSED, {"row": row.id})


_AS_WITHOUT = {
    "known_id": null(),
    "state": case(
        (
            and_(Outgoing.state == SendState.UNKNOWN, Outgoing.repeated, Outgoing.priority != Priority.REPLY),
            literal(SendState.UNDECIDED.value),
        ),
        else_=Outgoing.state,
    ),
}


async def give_up(session: AsyncSession, row: Outgoing | None = None) -> None:
    """Look no longer for this row, or for any: it is repeated once, as if nobody looked."""
    which = Outgoing.id == row.id if row is not None else true()
    await session.execute(
        update(Outgoing)
        .where(IS_OPEN, which, Outgoing.state.in_(UNRESOLVED), Outgoing.known_id.is_not(None))
        .values(_AS_WITHOUT)
        .execution_options(synchronize_session=False)
    )


_ARRIVED = (
    update(Outgoing)
    .where(
        Outgoing.id == bindparam("row"),
        Outgoing.chat_id == bindparam("chat"),
        Outgoing.state.in_((SendState.SENDING, SendState.UNKNOWN)),
        Outgoing.edits_message.is_(None),
    )
    .values(
        state=SendState.SENT,
        message_id=bindparam("message"),
        sent_at=NOW,
        lease_owner=None,
        lease_until=None,
        not_before=None,
    )
    .execution_options(synchronize_session=False)
)


async def has_arrived(session: AsyncSession, row: int, chat_id: int, message_id: int, now: datetime) -> None:
    """The message of this row is in its chat, which settles whatever was unclear."""
    await session.execute(_ARRIVED, {"row": row, "chat": chat_id, "message": message_id, **as_of(now)})

"""The end of a file: it is deleted after an hour, or at once if whoever made it goes; and what if Telegram refuses."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import outbox
from actions.exchange.entries import is_of
from actions.exchange.passes import Pass, Selected
from actions.organising.exports.exports import KEPT
from db.models import NOWHERE, Outgoing, Person, Priority, SendState
from db.moments import as_of, from_now
from domain.outcomes.organising.exports import ExportEnded, ExportLeft, PeopleExported, PledgesExported

File = tuple[int, int]
"""The message that shows it, and the export."""

_end, _told = aliased(Outgoing), aliased(Outgoing)
# Nobody could be reached to delete it: it is tried again once they are back.
_IN_VAIN = and_(_end.state.in_((SendState.DEAD, SendState.CANCELLED)), _end.error == outbox.UNREACHABLE)
_KEPT = (
    is_of((PeopleExported.Payload, PledgesExported.Payload)),
    Outgoing.chat_id != NOWHERE,
    Outgoing.message_id.is_not(None),
    ~exists().where(_end.edits_row == Outgoing.id, is_of((ExportEnded,), _end), ~_IN_VAIN),
)
# Not `exists`, by which PostgreSQL would begin with everybody.
_REACHED = (
    select(Person.id)
    .where(Person.id == Outgoing.person_id, Person.unreachable_since.is_(None))
    .scalar_subquery()
    .is_not(None)
)
_OVER = select(Outgoing.id).where(*_KEPT, _REACHED, Outgoing.created_at <= from_now(-KEPT))
_NEXT = select(func.min(Outgoing.created_at)).where(*_KEPT, Outgoing.created_at > from_now(-KEPT))
_REFUSED = select(Outgoing.id).where(
    is_of((ExportEnded,)),
    Outgoing.state == SendState.DEAD,
    or_(Outgoing.error.is_(None), Outgoing.error != outbox.UNREACHABLE),
    Outgoing.person_id.is_not(None),
    ~exists().where(is_of((ExportLeft.Payload,), _told), _told.object_id == Outgoing.object_id),
)


def deleting(now: datetime) -> Pass:
    """Files that have been there for an hour."""

    async def change(session: AsyncSession, row_id: int) -> None:
        file = await session.get(Outgoing, row_id, with_for_update=True)
        still = await session.scalar(_OVER.where(Outgoing.id == row_id), as_of(now))
        if file is not None and still is not None:
            to = outbox.Recipient.of_row(file)
            outbox.owe(session, ExportEnded(_export(file)), to, now, edits_row=file.id)

    return Pass(Selected(_OVER, as_of(now)), change)


def asking(now: datetime) -> Pass:
    """Whoever has a file that Telegram does not let the bot delete is asked, once, to do it."""

    async def change(session: AsyncSession, row_id: int) -> None:
        ended = await session.get(Outgoing, row_id, with_for_update=True)
        if ended is not None and await session.scalar(_REFUSED.where(Outgoing.id == row_id)) is not None:
            left = ExportLeft.Payload(_export(ended))
            outbox.owe(session, left, outbox.Recipient.of_row(ended), now, priority=Priority.NEWS)

    return Pass(Selected(_REFUSED), change)


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """When the hour of the next file is over; None if there is none."""
    made = await session.scalar(_NEXT, as_of(now))
    return made + KEPT if made is not None else None


async def files_in(session: AsyncSession, chat_id: int) -> Sequence[File]:
    """The files in this chat. Ask before its rows forget where they were said."""
    there = await session.scalars(select(Outgoing).where(*_KEPT, Outgoing.chat_id == chat_id))
    return [(each.message_id, _export(each)) for each in there if each.message_id is not None]


def delete_now(session: AsyncSession, chat_id: int, files: Sequence[File], now: datetime) -> None:
    """Whoever made these files has this chat no longer: they go at once."""
    to = outbox.Recipient(chat_id, None)
    for message, export in files:
        outbox.owe(session, ExportEnded(export), to, now, edits_message=message)


def _export(row: Outgoing) -> int:
    said = outbox.payload_in(row)
    if not isinstance(said, PeopleExported.Payload | PledgesExported.Payload | ExportEnded):
        raise TypeError(f"{row.kind} is about no export")
    return said.export_id

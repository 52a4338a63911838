"""The end of a file in the chat of whoever asked for it: it is deleted after an hour, or at once if they go or it says
what may be read no more; and what if Telegram refuses.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import outbox
from actions.exchange.context import ViewContext, Views
from actions.exchange.entries import Kinds, is_of
from actions.exchange.passes import Pass, Selected
from db.models import NOWHERE, Outgoing, Person, Priority, SendState
from db.moments import as_of, from_now
from db.session import keep_still
from domain.outcomes.organising.exports import ExportEnded, ExportLeft, PeopleExported, PledgesExported
from domain.outcomes.organising.receipts import ReceiptList, ReceiptListEnded
from domain.outcomes.organising.reports import ReportFiled, ReportFileEnded
from domain.outcomes.payload import Payload
from domain.retention import FILES_KEPT

End = ExportEnded | ReceiptListEnded | ReportFileEnded
File = tuple[int, End]
"""The message that shows it, and what deletes that."""

VIEWS = Views()
_FILES: Kinds = (PeopleExported.Payload, PledgesExported.Payload, ReceiptList.Payload, ReportFiled.Payload)
_ENDS: tuple[type[End], ...] = (ExportEnded, ReceiptListEnded, ReportFileEnded)
_end, _told = aliased(Outgoing), aliased(Outgoing)
# Nobody could be reached to delete it: it is tried again once they are back.
_IN_VAIN = and_(_end.state.in_((SendState.DEAD, SendState.CANCELLED)), _end.error == outbox.UNREACHABLE)
_UNENDED = (
    is_of(_FILES),
    Outgoing.chat_id != NOWHERE,
    ~exists().where(_end.edits_row == Outgoing.id, is_of(_ENDS, _end), ~_IN_VAIN),
)
_KEPT = (*_UNENDED, Outgoing.message_id.is_not(None))
# Not `exists`, by which PostgreSQL would begin with everybody.
_REACHED = (
    select(Person.id)
    .where(Person.id == Outgoing.person_id, Person.unreachable_since.is_(None))
    .scalar_subquery()
    .is_not(None)
)
_OVER = select(Outgoing.id).where(*_KEPT, _REACHED, Outgoing.created_at <= from_now(-FILES_KEPT))
_NEXT = select(func.min(Outgoing.created_at)).where(*_KEPT, Outgoing.created_at > from_now(-FILES_KEPT))
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
            _owe_end(session, file, now)

    return Pass(Selected(_OVER, as_of(now)), change)


def asking(now: datetime) -> Pass:
    """Whoever has an export that Telegram does not let the bot delete is asked, once, to do it."""

    async def change(session: AsyncSession, row_id: int) -> None:
        ended = await session.get(Outgoing, row_id, with_for_update=True)
        if ended is not None and await session.scalar(_REFUSED.where(Outgoing.id == row_id)) is not None:
            left = ExportLeft.Payload(_export(outbox.payload_in(ended)))
            outbox.owe(session, left, outbox.Recipient.of_row(ended), now, priority=Priority.NEWS)

    return Pass(Selected(_REFUSED), change)


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """When the hour of the next file is over; None if there is none."""
    made = await session.scalar(_NEXT, as_of(now))
    return made + FILES_KEPT if made is not None else None


async def end_now(session: AsyncSession, kind: type[Payload], objects: Select[int], now: datetime) -> None:
    """The files of this kind about these objects go at once, those on their way as well. What has not been sent yet
    says what is true then, and stays. Call it like `shown.show_anew`.
    """
    await keep_still(session, Outgoing)
    sent = (is_of((kind,)), Outgoing.state != SendState.PENDING, Outgoing.object_id.in_(objects))
    for file in await session.scalars(select(Outgoing).where(*_UNENDED, *sent)):
        _owe_end(session, file, now)


async def files_in(session: AsyncSession, chat_id: int) -> Sequence[File]:
    """The files in this chat. Ask before its rows forget where they were said."""
    there = await session.scalars(select(Outgoing).where(*_KEPT, Outgoing.chat_id == chat_id))
    return [(each.message_id, _end_of(each)) for each in there if each.message_id is not None]


def delete_now(session: AsyncSession, chat_id: int, files: Sequence[File], now: datetime) -> None:
    """Whoever asked for these files has this chat no longer: they go at once."""
    to = outbox.Recipient(chat_id, None)
    for message, end in files:
        outbox.owe(session, end, to, now, edits_message=message)


async def _ended(context: ViewContext, payload: End) -> End | None:
    """None if the file never arrived."""
    return payload if context.row.edits_message is not None else None


for each in _ENDS:
    VIEWS.reads(each)(_ended)


def _owe_end(session: AsyncSession, file: Outgoing, now: datetime) -> None:
    outbox.owe(session, _end_of(file), outbox.Recipient.of_row(file), now, edits_row=file.id)


def _end_of(file: Outgoing) -> End:
    said = outbox.payload_in(file)
    if isinstance(said, ReceiptList.Payload):
        return ReceiptListEnded()
    return ReportFileEnded() if isinstance(said, ReportFiled.Payload) else ExportEnded(_export(said))


def _export(said: Payload) -> int:
    if not isinstance(said, PeopleExported.Payload | PledgesExported.Payload | ExportEnded):
        raise TypeError(f"{type(said).__qualname__} is about no export")
    return said.export_id

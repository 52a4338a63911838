"""The transcript: what was said to people and what their chats show now, read from the outbox.

Kinds are payload classes. "Owed" means rows in any state; "arrived" means that the message is in the chat.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox
from actions.exchange.entries import IN_VAIN, Entry, Kinds, about, is_of
from db import intact
from db.models import Outgoing, Person, Priority, SendState
from domain.outcomes.payload import Payload

# --- one chat


async def shown(session: AsyncSession, chat_id: int, limit: int) -> list[Entry]:
    """The messages at the end of this chat, the lowest first, each as it was changed last.

    `limit`: the number of rows read. Several may be about one message, so that fewer entries are returned.
    """
    rows = await session.scalars(
        select(Outgoing)
        .where(
            Outgoing.chat_id == chat_id, Outgoing.state == SendState.SENT, Outgoing.message_id.is_not(None)
        )
        .order_by(Outgoing.message_id.desc(), Outgoing.id.desc())
        .limit(limit)
    )
    lowest_first: dict[int | None, Entry] = {}
    for row in rows:
        lowest_first.setdefault(row.message_id, Entry(row))
    return list(lowest_first.values())


async def shown_in(session: AsyncSession, chat_id: int, message: int) -> Entry | None:
    """What this message of the bot in this chat says now; None if it is not one of the bot's."""
    return await _newest_of(
        session,
        Outgoing.chat_id == chat_id,
        Outgoing.message_id == message,
        Outgoing.state == SendState.SENT,
    )


async def newest(
    session: AsyncSession, chat_id: int, kinds: Kinds, limit: int, *, rings: bool = False
) -> list[Entry]:
    """What was owed last to this chat of these kinds, the newest first: new messages and edits alike, or only what
    `rings`.
    """
    new = [Outgoing.edits_row.is_(None), Outgoing.edits_message.is_(None)] if rings else []
    rows = await session.scalars(
        select(Outgoing)
        .where(Outgoing.chat_id == chat_id, is_of(kinds), *new)
        .order_by(Outgoing.id.desc())
        .limit(limit)
    )
    return [Entry(row) for row in rows]


async def last_before(session: AsyncSession, chat_id: int, message: int, kinds: Kinds) -> Entry | None:
    """The lowest message of these kinds above this one, which may be anybody's, in this chat."""
    row = await session.scalar(
        select(Outgoing)
        .where(
            Outgoing.chat_id == chat_id,
            Outgoing.state == SendState.SENT,
            Outgoing.message_id < message,
            is_of(kinds),
        )
        .order_by(Outgoing.message_id.desc(), Outgoing.id.desc())
        .limit(1)
    )
    return Entry(row) if row is not None else None


async def was_told_of(session: AsyncSession, chat_id: int, kinds: Kinds, object_id: int) -> bool:
    """Whether this chat was owed a message of one of these kinds about this object."""
    told = select(Outgoing.id).where(
        Outgoing.chat_id == chat_id, Outgoing.object_id == object_id, is_of(kinds)
    )
    return await session.scalar(told.limit(1)) is not None


async def arrived_about(
    session: AsyncSession, chat_id: int, kind: type[Payload], object_id: int
) -> Entry | None:
    """The newest message of this kind about this object that arrived in this chat."""
    return await _newest_of(
        session,
        about(kind, object_id),
        Outgoing.chat_id == chat_id,
        Outgoing.state == SendState.SENT,
        Outgoing.message_id.is_not(None),
    )


async def on_its_way(session: AsyncSession, chat_id: int, kind: type[Payload]) -> Entry | None:
    """The newest message of this kind that this chat is owed and has not got yet."""
    return await _newest_of(
        session, Outgoing.chat_id == chat_id, is_of((kind,)), Outgoing.state.in_(outbox.OPEN)
    )


async def pings(session: AsyncSession, chat_id: int, payload: Payload, object_id: int) -> list[Entry]:
    """The news about this object that said the very same to this chat in new messages, the newest first.

    Not the first news of a thing, which has a key. Those still unsent are locked: until this transaction ends, no
    attempt begins to word them.
    """
    rows = await session.scalars(
        select(Outgoing)
        .where(
            Outgoing.chat_id == chat_id,
            Outgoing.priority == Priority.NEWS,
            about(type(payload), object_id),
            Outgoing.key.is_(None),
            Outgoing.edits_message.is_(None),
            Outgoing.edits_row.is_(None),
            Outgoing.state.not_in(IN_VAIN),
        )
        .order_by(Outgoing.due_at.desc(), Outgoing.id.desc())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return [entry for row in rows if (entry := Entry(row)).payload == payload]


# --- one person


async def owed_keys(session: AsyncSession, keys: Collection[str]) -> set[str]:
    """Those of these keys that were owed."""
    owed = await session.scalars(select(Outgoing.key).where(Outgoing.key.in_(keys)))
    return {key for key in owed if key is not None}


async def number_arrived(session: AsyncSession, kind: type[Payload], object_id: int) -> int:
    """How many messages of this kind about this object have arrived."""
    arrived = select(func.count()).where(about(kind, object_id), Outgoing.state == SendState.SENT)
    return await session.scalar(arrived) or 0


async def owed_about(
    session: AsyncSession, person_id: int, kind: type[Payload], object_id: int
) -> list[Entry]:
    """The messages of this kind about this object that this person was owed, the oldest first, edits aside."""
    rows = await session.scalars(
        select(Outgoing).where(
            about(kind, object_id),
            Outgoing.party_id == person_id,
            Outgoing.edits_message.is_(None),
            Outgoing.edits_row.is_(None),
        )
    )
    # Sorted here: for an order SQLite would go through all rows of the person, not the few about the object.
    return [Entry(row) for row in sorted(rows, key=lambda row: row.id)]


async def owed_before(
    session: AsyncSession, kind: type[Payload], object_id: int, moment: datetime
) -> list[Entry]:
    """What anybody was owed of this kind about this object until this moment, the oldest first, edits included."""
    rows = await session.scalars(
        select(Outgoing).where(about(kind, object_id), Outgoing.created_at <= moment).order_by(Outgoing.id)
    )
    return [Entry(row) for row in rows]


async def owed_to_since(session: AsyncSession, person_id: int, kind: type[Payload], since: datetime) -> int:
    """How many messages of this kind this person was owed after this moment."""
    found = await session.scalar(
        select(func.count()).where(
            Outgoing.party_id == person_id, is_of((kind,)), Outgoing.created_at > since
        )
    )
    return found or 0


async def owed_in_chat_since(
    session: AsyncSession, chat_id: int, kind: type[Payload], since: datetime
) -> int:
    """How many messages of this kind this chat was owed after this moment, whoever was in it."""
    found = await session.scalar(
        select(func.count()).where(Outgoing.chat_id == chat_id, is_of((kind,)), Outgoing.created_at > since)
    )
    return found or 0


async def reader_of(session: AsyncSession, row_id: int) -> Person | None:
    """To whom this row was said; None if the bot did not know them, or they are gone."""
    person_id = await session.scalar(select(Outgoing.person_id).where(Outgoing.id == row_id))
    return await intact.person(session, person_id) if person_id is not None else None


async def owed_later(session: AsyncSession, person_id: int, kind: type[Payload], now: datetime) -> int:
    """How many messages of this kind this person is owed that are not due yet."""
    found = await session.scalar(
        select(func.count()).where(
            Outgoing.party_id == person_id,
            is_of((kind,)),
            Outgoing.due_at > now,
            Outgoing.state == SendState.PENDING,
        )
    )
    return found or 0


# --- rows known by their id


async def arrived(
    session: AsyncSession, rows: Select[int | None] | CompoundSelect[int | None] | Sequence[int]
) -> Entry | None:
    """The newest of the rows with these ids that arrived."""
    return await _newest_of(session, Outgoing.id.in_(rows), Outgoing.message_id.is_not(None))


async def arrivals(session: AsyncSession, rows: Collection[int]) -> dict[int, datetime]:
    """When each of the rows with these ids arrived, by its id, as far as that is known."""
    found = await session.execute(
        select(Outgoing.id, Outgoing.sent_at).where(
            Outgoing.id.in_(rows), Outgoing.state == SendState.SENT, Outgoing.sent_at.is_not(None)
        )
    )
    return {row_id: sent_at for row_id, sent_at in found if sent_at is not None}


async def is_being_changed(session: AsyncSession, row_id: int) -> bool:
    """Whether an edit of this row is still on its way."""
    edit = select(Outgoing.id).where(Outgoing.edits_row == row_id, Outgoing.state.in_(outbox.OPEN))
    return await session.scalar(edit.limit(1)) is not None


async def is_out_of_date(session: AsyncSession, entry: Entry, about_row: int) -> bool:
    """Whether this chat has been owed news of the same since this message said what it says now.

    `about_row`: the row whose contents it shows, its own as a rule. What is not due yet repeats what an edit has said.
    """
    said = await session.get(Outgoing, about_row)
    if said is None or said.object_id is None:
        return False
    newer = select(Outgoing.id).where(
        Outgoing.chat_id == said.chat_id,
        Outgoing.kind == said.kind,
        Outgoing.object_id == said.object_id,
        Outgoing.id > entry.row.id,
        Outgoing.state != SendState.CANCELLED,
        Outgoing.created_at == Outgoing.due_at,
    )
    return await session.scalar(newer.limit(1)) is not None


# --- keys, which are owed once


async def owed_as(session: AsyncSession, key: str) -> Entry | None:
    """The row with this key."""
    return await _newest_of(session, Outgoing.key == key)


async def was_owed(session: AsyncSession, key: str) -> bool:
    """Whether this was already said, or is about to be."""
    return await session.scalar(select(Outgoing.id).where(Outgoing.key == key)) is not None


# --- everybody


async def owed_since(session: AsyncSession, kind: type[Payload], since: datetime) -> Sequence[datetime]:
    """When messages of this kind were owed to anybody after this moment."""
    found = await session.scalars(
        select(Outgoing.created_at).where(is_of((kind,)), Outgoing.created_at > since)
    )
    return found.all()


async def _newest_of(session: AsyncSession, *which: ColumnElement[bool]) -> Entry | None:
    row = await session.scalar(select(Outgoing).where(*which).order_by(Outgoing.id.desc()).limit(1))
    return Entry(row) if row is not None else None

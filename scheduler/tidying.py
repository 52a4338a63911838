"""What is not needed any more goes, and pauses end."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox
from actions.erasure import NOWHERE
from db.inserting import insert_missing
from db.models import Broadcast, BroadcastState, Draft, Inbox, InboxState, Lane, Outgoing, Person
from domain.outcomes.rights import Erased

# Telegram repeats an update for a day at most; until then its number tells that it is known.
_KNOWN_UPDATES = timedelta(hours=48)
_PARKED_DRAFTS = timedelta(days=7)
_STRANGERS = timedelta(hours=24)
_OVER = (BroadcastState.FINISHED, BroadcastState.DROPPED)


async def resume(session: AsyncSession, now: datetime) -> None:
    """Pauses that were to end by now have ended."""
    await session.execute(
        update(Person)
        .where(Person.paused.is_(True), Person.paused_until <= now)
        .values(paused=False, paused_until=None)
        .execution_options(synchronize_session=False)
    )


async def prune_inbox(session: AsyncSession, now: datetime) -> None:
    """Updates that were settled, whichever way; their words went when they were."""
    await session.execute(
        delete(Inbox)
        .where(Inbox.state != InboxState.NEW, Inbox.received_at < now - _KNOWN_UPDATES)
        .execution_options(synchronize_session=False)
    )


async def prune_drafts(session: AsyncSession, now: datetime) -> None:
    """Parked beginnings that nobody took up again. What awaits words stays: the person was asked for them."""
    await session.execute(
        delete(Draft)
        .where(Draft.awaiting.is_(False), Draft.created_at < now - _PARKED_DRAFTS)
        .execution_options(synchronize_session=False)
    )


async def forget_strangers(session: AsyncSession, now: datetime) -> None:
    """The numbers of chats that nobody here knows: of the erased as soon as they were told, of those who looked in
    and did not stay after a day. Groups keep theirs: they got one hint and get no second one.
    """
    known = select(Person.chat_id).where(Person.chat_id.is_not(None))
    told = and_(Outgoing.kind == Erased.__name__, Outgoing.state.not_in(outbox.OPEN))
    stale = and_(Outgoing.created_at < now - _STRANGERS, Outgoing.chat_id.not_in(known))
    settled = Outgoing.state.not_in(outbox.OPEN)
    await _unname(session, Outgoing, Outgoing.chat_id > 0, settled, or_(told, stale))
    await _unname(
        session,
        Inbox,
        Inbox.chat_id > 0,
        Inbox.state != InboxState.NEW,
        Inbox.received_at < now - _STRANGERS,
        Inbox.chat_id.not_in(known),
    )
    await _forget_lanes(session, known)
    await session.execute(
        update(Broadcast)
        .where(Broadcast.state.in_(_OVER), Broadcast.author_chat_id.not_in(known))
        .values(author_chat_id=NOWHERE)
        .execution_options(synchronize_session=False)
    )


async def _unname(session: AsyncSession, table: type[Outgoing | Inbox], *which: Any) -> None:
    await session.execute(
        update(table).where(*which).values(chat_id=NOWHERE).execution_options(synchronize_session=False)
    )


async def _forget_lanes(session: AsyncSession, known: Any) -> None:
    """Lanes of nobody without work. Behind PostgreSQL an update may just be arriving in one of them: whatever waits
    without a lane gets it back, here and with the next pass.
    """
    waiting = select(Inbox.chat_id).where(Inbox.state == InboxState.NEW)
    await session.execute(
        delete(Lane)
        .where(Lane.owner.is_(None), Lane.chat_id.not_in(known), Lane.chat_id.not_in(waiting))
        .execution_options(synchronize_session=False)
    )
    lost = await session.scalars(waiting.where(Inbox.chat_id.not_in(select(Lane.chat_id))).distinct())
    await insert_missing(session, Lane, [{"chat_id": chat_id} for chat_id in lost])

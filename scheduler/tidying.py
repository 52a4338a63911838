"""What is not needed any more goes, and pauses end."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Draft, Inbox, InboxState, Person

# Telegram repeats an update for a day at most; until then its number tells that it is known.
_KNOWN_UPDATES = timedelta(hours=48)
_PARKED_DRAFTS = timedelta(days=7)


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

"""Messages that did not arrive, or perhaps not, and that nothing tries again: somebody of the team may have them sent
once more.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox
from db.models import NOT_ARRIVED, Outgoing, Person, Priority


def rows(since: datetime) -> Select[int, int, datetime]:
    """Selects their ids, their readers, and when they were owed, which was after `since`. Not of broadcasts, whose
    report says who did not get it; nor replies, which nobody waits for any more; nor if it was for want of a chat.
    """
    readers = select(Outgoing.id, Person.id, Outgoing.created_at)
    return readers.join_from(Outgoing, Person, Person.id == Outgoing.person_id).where(
        _worth_it(), Outgoing.created_at > since
    )


def _worth_it() -> ColumnElement[bool]:
    return and_(
        NOT_ARRIVED,
        Outgoing.priority.in_((Priority.NEWS, Priority.NUDGE)),
        or_(Outgoing.error.is_(None), Outgoing.error != outbox.UNREACHABLE),
        Outgoing.edits_row.is_(None),
        Outgoing.edits_message.is_(None),
    )


async def send_again(session: AsyncSession, row_id: int, now: datetime) -> bool:
    """Whether it goes out again. What it says is read anew: if the reason for it is gone, nothing is."""
    return bool(await outbox.revive(session, now, Outgoing.id == row_id, _worth_it()))

"""What became of many rows of the outbox, stored in one statement: for a busy time, when most of them have arrived."""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table, bindparam, null, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.delivery import SendResult
from db.models import Outgoing, SendState

_TABLE = cast(Table, Outgoing.__table__)


def is_plain(row: Outgoing, result: SendResult) -> bool:
    """Whether the row is a message of its own that has arrived: the rule, and recorded together with others like it."""
    return (
        row.edits_row is None and result.state is SendState.SENT and result.chat_id is None and result.counts
    )


_RECORD_ALL = (
    update(_TABLE)
    .where(
        _TABLE.c.id == bindparam("row"),
        _TABLE.c.lease_owner == bindparam("owner"),
        _TABLE.c.state == SendState.SENDING,
    )
    .values(
        state=SendState.SENT,
        message_id=bindparam("new_message_id"),
        sent_at=bindparam("new_sent_at"),
        error=null(),
        not_before=null(),
        lease_owner=null(),
        lease_until=null(),
    )
)


async def record_all(session: AsyncSession, results: Mapping[int, SendResult], lease_owner: str) -> None:
    """Store in one statement what became of these rows, by id, if it is as `is_plain` says. Passes over lost leases."""
    given = [
        {"row": row, "owner": lease_owner, "new_message_id": each.message_id, "new_sent_at": each.sent_at}
        for row, each in results.items()
    ]
    if given:
        await session.execute(_RECORD_ALL, given)

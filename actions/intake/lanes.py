"""Lanes: of one chat one update at a time, in order, whichever worker of whichever process works it.

Whoever works an update has its lane locked, in the transaction of its effect: the lock goes with the transaction. So a
worker that dies or is cut off holds no lane, and none commits anything once it has lost its own. On SQLite nobody else
writes meanwhile.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Integer, Select, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.intact import UNREADABLE
from db.models import Inbox, InboxState, Lane
from db.types import UtcDateTime

_MACHINE_NOW = bindparam("machine_now", type_=UtcDateTime())
_CHATS: BindParameter[int] = bindparam("chats", expanding=True)
_PUT_OFF: BindParameter[int] = bindparam("put_off", expanding=True)


def _waiting() -> Select[int]:
    """Lanes whose oldest update need not wait and is not put off, those that have waited longest first.

    Only the oldest update of a lane is ever told to wait, and it holds back those behind it.
    """
    work = (
        select(Inbox.chat_id, func.min(Inbox.update_id).label("oldest"))
        .where(Inbox.state == InboxState.NEW)
        .group_by(Inbox.chat_id)
        .having(or_(func.max(Inbox.not_before).is_(None), func.max(Inbox.not_before) <= _MACHINE_NOW))
        .subquery()
    )
    lanes = select(Lane.chat_id).join(work, work.c.chat_id == Lane.chat_id).order_by(work.c.oldest)
    lanes = lanes.where(work.c.oldest.not_in(_PUT_OFF))
    return lanes.limit(bindparam("limit", type_=Integer()))


# Built once, since every look around asks.
_WAITING = _waiting()
_LOCKED = _WAITING.with_for_update(of=Lane, skip_locked=True)


async def is_work_waiting(
    session: AsyncSession, machine_now: datetime, put_off: Collection[int] = ()
) -> bool:
    """Whether there is a lane to work, perhaps one that is being worked. Read-only, so that it holds up no writer.

    `put_off`: the updates whose lanes wait for something that the database knows nothing of.
    """
    asked = {"machine_now": machine_now, "limit": 1, "put_off": list(put_off)}
    return (await session.scalar(_WAITING, asked)) is not None


async def lock(
    session: AsyncSession, machine_now: datetime, limit: int, put_off: Collection[int] = ()
) -> list[int]:
    """Lock lanes with work that nobody else has locked, until this transaction ends, and return their chats.

    `put_off`: as in `is_work_waiting`; however many they are, they keep no other lane from its turn.
    """
    asked = {"machine_now": machine_now, "limit": limit, "put_off": list(put_off)}
    return list(await session.scalars(_LOCKED, asked))


@dataclass(frozen=True)
class WaitingUpdate:
    """The oldest update of a lane. `payload` is None if it could not be read together with the others; `more`: whether
    another one waits behind it.
    """

    update_id: int
    chat_id: int
    payload: Any
    more: bool


def _oldest() -> Select[int, int, datetime | None, int]:
    here = aliased(Inbox)
    new = (here.chat_id == Inbox.chat_id, here.state == InboxState.NEW)
    oldest = (
        select(func.min(here.update_id))
        .where(here.state == InboxState.NEW, here.chat_id.in_(_CHATS))
        .group_by(here.chat_id)
    )
    number = select(func.count()).where(*new).correlate(Inbox).scalar_subquery()
    return (
        select(Inbox.update_id, Inbox.chat_id, Inbox.not_before, number)
        .where(Inbox.update_id.in_(oldest))
        .order_by(Inbox.update_id)
    )


_OLDEST = _oldest()
_OLDEST_READ = _OLDEST.add_columns(Inbox.payload)


async def oldest(session: AsyncSession, chats: Sequence[int], machine_now: datetime) -> list[WaitingUpdate]:
    """The oldest update of each of these lanes, which this transaction has locked, as long as it need not wait.

    Asked after locking: what another worker has finished until then is seen to be finished.
    """
    if not chats:
        return []
    found: Sequence[Any]
    try:
        found = (await session.execute(_OLDEST_READ, {"chats": chats})).all()
    except UNREADABLE:  # one of them: each is read by itself, where it harms no other
        found = [(*each, None) for each in await session.execute(_OLDEST, {"chats": chats})]
    return [
        WaitingUpdate(update_id, chat_id, payload, number > 1)
        for update_id, chat_id, not_before, number, payload in found
        if not_before is None or not_before <= machine_now
    ]

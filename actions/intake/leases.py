"""Leases on lanes: one chat, one worker at a time, and its updates in order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Integer, Select, String, bindparam, case, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate

from db.models import Inbox, InboxState, Lane
from db.types import UtcDateTime

LEASE = timedelta(seconds=10)  # for one turn; who takes longer is fenced off, and their turn rolled back
_MACHINE_NOW, _UNTIL = (bindparam(name, type_=UtcDateTime()) for name in ("machine_now", "until"))
_OWNER = bindparam("owner", type_=String())


def _free() -> Select[int]:
    """Lanes that nobody holds and whose oldest update need not wait, those that have waited longest first.

    Only the oldest update of a lane is ever told to wait, and it holds back those behind it.
    """
    work = (
        select(Inbox.chat_id, func.min(Inbox.update_id).label("oldest"))
        .where(Inbox.state == InboxState.NEW)
        .group_by(Inbox.chat_id)
        .having(
            or_(func.max(Inbox.not_before).is_(None), func.max(Inbox.not_before) <= _MACHINE_NOW),
        )
        .subquery()
    )
    return (
        select(Lane.chat_id)
        .join(work, work.c.chat_id == Lane.chat_id)
        .where(or_(Lane.lease_until.is_(None), Lane.lease_until < _MACHINE_NOW))
        .order_by(work.c.oldest)
        .limit(bindparam("limit", type_=Integer()))
    )


# Built once, since every look around asks.
_FREE = _free()
_CLAIM = (
    update(Lane)
    .where(Lane.chat_id.in_(_FREE.with_for_update(of=Lane, skip_locked=True)))
    .values(lease_owner=_OWNER, lease_until=_UNTIL)
    .returning(Lane.chat_id)
    .execution_options(synchronize_session=False)
)


async def is_work_waiting(session: AsyncSession, machine_now: datetime) -> bool:
    """Whether there is a lane to claim. Read-only, so that it holds up no writer."""
    return (await session.scalar(_FREE, {"machine_now": machine_now, "limit": 1})) is not None


async def claim(session: AsyncSession, lease_owner: str, machine_now: datetime, limit: int) -> list[int]:
    """Lease lanes with work that nobody holds for `LEASE`, and return their chats.

    `lease_owner` names this very claim, not a process.
    """
    moments = {"machine_now": machine_now, "until": machine_now + LEASE}
    return list(await session.scalars(_CLAIM, {**moments, "owner": lease_owner, "limit": limit}))


@dataclass(frozen=True)
class Waiting:
    """What waits in a lane: the id of its oldest update, None without any, and how many there are."""

    oldest: int | None
    number: int


def _take() -> ReturningUpdate[int | None, int]:
    here = (Inbox.chat_id == bindparam("chat"), Inbox.state == InboxState.NEW)
    number = select(func.count()).where(*here).scalar_subquery()
    return (
        update(Lane)
        .where(Lane.chat_id == bindparam("chat"), Lane.lease_owner == _OWNER)
        .values(
            lease_owner=case((number > 1, _OWNER), else_=null()),
            lease_until=case((number > 1, _UNTIL), else_=null()),
        )
        .returning(select(func.min(Inbox.update_id)).where(*here).scalar_subquery(), number)
        .execution_options(synchronize_session=False)
    )


_TAKE = _take()


async def take_next(
    session: AsyncSession, chat_id: int, lease_owner: str, machine_now: datetime
) -> Waiting | None:
    """Look at the lane in the transaction of the turn: with more than one update its lease is renewed, else it is given
    back, which counts once the turn is committed. Returns None if another worker has taken the lane over.
    """
    given = {"chat": chat_id, "owner": lease_owner, "until": machine_now + LEASE}
    found = (await session.execute(_TAKE, given)).one_or_none()
    return Waiting(*found) if found is not None else None


async def hold(session: AsyncSession, chat_id: int, lease_owner: str, machine_now: datetime) -> bool:
    """Renew the lease in the transaction of the turn. Returns False if another worker has taken the lane over."""
    held = await session.scalars(
        update(Lane)
        .where(Lane.chat_id == chat_id, Lane.lease_owner == lease_owner)
        .values(lease_until=machine_now + LEASE)
        .returning(Lane.chat_id)
        .execution_options(synchronize_session=False)
    )
    return held.first() is not None


async def leave(session: AsyncSession, chat_id: int, lease_owner: str) -> None:
    """Give the lease back, if it is still this owner's."""
    await session.execute(
        update(Lane)
        .where(Lane.chat_id == chat_id, Lane.lease_owner == lease_owner)
        .values(lease_owner=None, lease_until=None)
        .execution_options(synchronize_session=False)
    )


async def free_all(session: AsyncSession) -> None:
    """At start, under the process lock: whoever held a lane is gone."""
    await session.execute(
        update(Lane).where(Lane.lease_owner.is_not(None)).values(lease_owner=None, lease_until=None)
    )


async def next_in(session: AsyncSession, chat_id: int, machine_now: datetime) -> int | None:
    """The id of the oldest update in this lane; None if there is none, or it has to wait for its next try."""
    oldest = (
        await session.execute(
            select(Inbox.update_id, Inbox.not_before)
            .where(Inbox.chat_id == chat_id, Inbox.state == InboxState.NEW)
            .order_by(Inbox.update_id)
            .limit(1)
        )
    ).one_or_none()
    if oldest is None or has_to_wait(oldest.not_before, machine_now):
        return None
    update_id: int = oldest.update_id
    return update_id


def has_to_wait(not_before: datetime | None, machine_now: datetime) -> bool:
    """Whether the next try of an update that has failed is still to come."""
    return not_before is not None and not_before > machine_now

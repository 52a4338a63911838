"""How rows of the outbox are delivered: who has claimed one, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate

from actions.exchange.order import MACHINE_NOW, sendable
from actions.exchange.outbox import THREAD, thread_of
from actions.exchange.passes import Selected, Sweep
from db.models import IS_OPEN, NOWHERE, Carrier, Outgoing, Priority, SendState
from db.moments import NOW, as_of, from_now
from db.types import UtcDateTime

FAULT = "fault"  # our own: it could not be worded
LEASE = timedelta(seconds=15)  # renewed while an attempt takes longer
SET_BACK = timedelta(seconds=60)  # a clock that is corrected by less holds up nothing for long
_CLAIM = (
    update(Outgoing)
    .where(Outgoing.id.in_(bindparam("ids", expanding=True)), sendable(NOW, MACHINE_NOW))
    .values(
        repeated=or_(Outgoing.repeated, Outgoing.state == SendState.UNKNOWN),
        state=SendState.SENDING,
        lease_owner=bindparam("owner", type_=String()),
        lease_until=bindparam("until", type_=UtcDateTime()),
        attempts=Outgoing.attempts + 1,
        known_id=case(
            (
                and_(
                    Outgoing.edits_message.is_(None), Outgoing.edits_row.is_(None), Outgoing.chat_id > NOWHERE
                ),
                bindparam("known", type_=BigInteger()),
            ),
            else_=null(),
        ),
    )
    .returning(Outgoing)
    .execution_options(synchronize_session=False)
)


async def claim(
    session: AsyncSession,
    ids: Sequence[int],
    lease_owner: str,
    now: datetime,
    machine_now: datetime,
    known_id: int | None = None,
) -> list[Outgoing]:
    """Lease those of these rows that are still free, in one statement, and read them. From here on an attempt counts,
    even a crash. `session` knows none of them yet. `known_id`: an id that a message has already; None: whatever is
    unclear is not looked for.
    """
    moments = {"now": now, "machine_now": machine_now, "until": machine_now + LEASE}
    taken = await session.scalars(_CLAIM, {**moments, "ids": ids, "owner": lease_owner, "known": known_id})
    rows = sorted(taken, key=lambda row: (row.priority, row.id))
    for row in rows:
        await _set_target(session, row)
    return rows


async def _set_target(session: AsyncSession, row: Outgoing) -> None:
    """An edit of a row becomes an edit of its message; if that never arrived, or went to an account that its reader
    has no longer, it becomes a message of its own, in its thread.

    This is settled before it goes out, so that after a crash it is known whether it was a send or an edit.
    """
    if row.edits_row is not None:
        target = await session.get_one(Outgoing, row.edits_row)
        row.edits_message = target.message_id if target.chat_id == row.chat_id else None
        if (thread := thread_of(target.args)) is not None:
            row.args = {**(row.args or {}), THREAD: thread}


_RENEW = (
    update(Outgoing)
    .where(
        IS_OPEN,
        Outgoing.state == SendState.SENDING,
        Outgoing.lease_owner == bindparam("owner", type_=String()),
    )
    .values(lease_until=bindparam("until", type_=UtcDateTime()))
    .execution_options(synchronize_session=False)
)


_UNCLAIM = (
    update(Outgoing)
    .where(
        Outgoing.id.in_(bindparam("ids", expanding=True)),
        Outgoing.state == SendState.SENDING,
        Outgoing.lease_owner == bindparam("owner", type_=String()),
    )
    .values(state=SendState.PENDING, lease_owner=None, lease_until=None, known_id=null())
    .execution_options(synchronize_session=False)
)


async def unclaim(session: AsyncSession, ids: Sequence[int], lease_owner: str) -> None:
    """Give these rows back if this owner has claimed them: nobody has begun to send them."""
    await session.execute(_UNCLAIM, {"ids": ids, "owner": lease_owner})


async def renew(session: AsyncSession, lease_owner: str, machine_now: datetime) -> None:
    """Extend the leases of what this owner has claimed, which takes longer."""
    await session.execute(_RENEW, {"owner": lease_owner, "until": machine_now + LEASE})


@dataclass(frozen=True)
class SendResult:
    """What became of one claimed row."""

    state: SendState
    message_id: int | None = None
    error: str | None = None
    not_before: datetime | None = None  # machine time
    sent_at: datetime | None = None
    as_new: bool = False  # the message to edit is gone: send a new one
    chat_id: int | None = None  # the chat lives on under this id
    counts: bool = True  # False: this was no attempt of the row's own


async def record(session: AsyncSession, row_id: int, lease_owner: str, result: SendResult) -> bool:
    """Store what became of the row. Returns False if the lease was lost, so that somebody else decides.

    It wakes nobody: the deliverer looks again once the attempt has ended.
    """
    values: dict[str, Any] = {
        "state": result.state,
        "error": result.error,
        "not_before": result.not_before,
        "sent_at": result.sent_at,
        "lease_until": result.not_before,
    }
    values |= {"message_id": result.message_id} if result.message_id is not None else {}
    values |= {"chat_id": result.chat_id} if result.chat_id is not None else {}
    values |= {"edits_message": None} if result.as_new else {}
    recording = _recording(tuple(values), counts=result.counts)
    given = {f"new_{name}": value for name, value in values.items()}
    mine = (await session.execute(recording, {**given, "row": row_id, "owner": lease_owner})).one_or_none()
    if mine is not None and mine.edits_row is not None and (result.as_new or result.message_id is not None):
        await _move_target(session, mine.edits_row, mine.chat_id, result.message_id)
    return mine is not None


@cache
def _recording(names: tuple[str, ...], *, counts: bool) -> ReturningUpdate[int, int | None, int]:
    """Sets the columns with these names, and ends the lease."""
    columns = {name: getattr(Outgoing, name) for name in names}
    return (
        update(Outgoing)
        .where(
            Outgoing.id == bindparam("row"),
            Outgoing.lease_owner == bindparam("owner"),
            Outgoing.state == SendState.SENDING,
        )
        .values({name: bindparam(f"new_{name}", type_=column.type) for name, column in columns.items()})
        .values(lease_owner=None, attempts=Outgoing.attempts if counts else Outgoing.attempts - 1)
        .returning(Outgoing.id, Outgoing.edits_row, Outgoing.chat_id)
        .execution_options(synchronize_session=False)
    )


async def _move_target(session: AsyncSession, target: int, chat_id: int, message_id: int | None) -> None:
    """The row that was to be edited is shown by this message now (None: by none), and the next edit goes there."""
    await session.execute(
        update(Outgoing)
        .where(Outgoing.id == target)
        .values(chat_id=chat_id, message_id=message_id)
        .execution_options(synchronize_session=False)
    )


def giving_up_leases(machine_now: datetime) -> Sweep:
    """Ends the leases that are over: whoever held them is gone, and their rows may have arrived."""
    return Sweep(
        Selected(_A_LATE_ONE, {MACHINE_NOW.key: machine_now}),
        lambda session: _give_up(session, machine_now, Outgoing.lease_until < machine_now),
    )


async def give_up_all_leases(session: AsyncSession, machine_now: datetime) -> None:
    """At start, under the process lock, when nobody else can hold one."""
    await _give_up(session, machine_now)


def catching_up(now: datetime, machine_now: datetime) -> Sweep:
    """What was owed before the clock was set back is due: by the new time it would wait until it is as late again."""
    moments = {**as_of(now), MACHINE_NOW.key: machine_now}
    return Sweep(Selected(_AHEAD_OF_TIME, moments), lambda session: session.execute(_CATCH_UP, moments))


_WAITS_TOO_LONG = (
    IS_OPEN,
    Outgoing.state.in_((SendState.PENDING, SendState.UNKNOWN)),
    Outgoing.due_at > NOW,
    Outgoing.created_at > from_now(SET_BACK),
)
_AHEAD_OF_TIME = select(Outgoing.id).where(*_WAITS_TOO_LONG).limit(1)
_CATCH_UP = (
    update(Outgoing)
    .where(*_WAITS_TOO_LONG)
    .values(due_at=NOW, lease_until=MACHINE_NOW, not_before=None)
    .execution_options(synchronize_session=False)
)
_DEATHS = 4  # of its senders, by then perhaps because of it
_SENDING = (IS_OPEN, Outgoing.state == SendState.SENDING)
_A_LATE_ONE = select(Outgoing.id).where(*_SENDING, Outgoing.lease_until < MACHINE_NOW).limit(1)


async def _give_up(session: AsyncSession, machine_now: datetime, *which: ColumnElement[bool]) -> None:
    await session.execute(
        update(Outgoing)
        .where(*_SENDING, *which)
        .values(state=_after_unclear(), lease_owner=None, lease_until=machine_now)
        .execution_options(synchronize_session=False)
    )


def _after_unclear() -> Any:
    """Where a row goes whose sender is gone. An edit is idempotent, and a reply is never given up; anything else is
    tried again as well, until it may be what its senders die of.
    """
    return case(
        (Outgoing.edits_message.is_not(None), literal(SendState.PENDING.value)),
        (
            and_(
                Outgoing.repeated,
                Outgoing.attempts >= _DEATHS,
                Outgoing.priority != Priority.REPLY,
                Outgoing.known_id.is_(None),
            ),
            literal(SendState.UNDECIDED.value),
        ),
        else_=literal(SendState.UNKNOWN.value),
    )


async def pause(session: AsyncSession, until: datetime) -> None:
    """Telegram asked all senders to wait until then. Stored, so that a restarted process obeys, too."""
    carrier = await session.get(Carrier, 1)
    if carrier is None:
        session.add(Carrier(id=1, paused_until=until))
    elif carrier.paused_until is None or carrier.paused_until < until:
        carrier.paused_until = until


async def paused_until(session: AsyncSession) -> datetime | None:
    """Until when Telegram asked all senders to wait, by the machine's clock; None if it never did."""
    carrier = await session.get(Carrier, 1)
    return carrier.paused_until if carrier else None


@dataclass(frozen=True)
class Backlog:
    """How many rows are due and not sent, and since when the oldest has been due."""

    due: int
    oldest: datetime | None


_BACKLOG = select(func.count(), func.min(Outgoing.due_at)).where(IS_OPEN, Outgoing.due_at <= NOW)


_UNWORDED = (
    select(func.count())
    .select_from(Outgoing)
    .where(Outgoing.state == SendState.DEAD, Outgoing.error == FAULT, Outgoing.due_at >= NOW)
)


async def unworded(session: AsyncSession, since: datetime) -> int:
    """How many rows that fell due since then could not be worded."""
    return await session.scalar(_UNWORDED, as_of(since)) or 0


async def backlog(session: AsyncSession, now: datetime) -> Backlog:
    count, oldest = (await session.execute(_BACKLOG, {"now": now})).one()
    return Backlog(count, oldest)

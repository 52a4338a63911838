"""How rows of the outbox are delivered: which may go next, who has claimed one, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, case, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange.outbox import OPEN, THREAD, thread_of
from db.models import Carrier, Outgoing, Priority, SendState
from domain.outcomes.rights import ANSWERS
from domain.outcomes.small import Help

LEASE = timedelta(seconds=60)  # longer than a send with all its timeouts
PATIENCE = timedelta(seconds=5)  # news that has waited longer may go before replies, now and then
UNRESOLVED = (SendState.SENDING, SendState.UNKNOWN)
GOING = (SendState.PENDING, SendState.SENDING)
_RIGHTS = [kind.__name__ for kind in (*ANSWERS, Help)]

# Built once: every round of the deliverer asks.
_DOUBT, _OLDER, _TARGET, _AHEAD = (aliased(Outgoing) for _ in range(4))


def sendable(now: datetime, machine_now: datetime) -> Any:
    """The condition that a row may go next: it is due, has nothing to wait for, and no row of its chat goes first.

    `now`: people's time; `machine_now`: the machine's, for leases and for waits that Telegram asked for. An unresolved
    row, which may be on its way, holds back rows of its chat from its own priority on, but never replies. Of a chat's
    rows of one priority the older goes first, but what people asked about their rights goes before all other replies.
    An edit waits until the row that it changes was sent, and for earlier edits of that row; nothing else waits for such
    an edit, since it says what is true when it goes out.
    """
    return and_(
        or_(
            Outgoing.state == SendState.PENDING,
            and_(Outgoing.state == SendState.UNKNOWN, Outgoing.lease_until <= machine_now),
        ),
        Outgoing.due_at <= now,
        or_(Outgoing.not_before.is_(None), Outgoing.not_before <= machine_now),
        ~_doubted(),
        ~_overtaking(now),
        ~exists().where(_TARGET.id == Outgoing.edits_row, _TARGET.state.in_(OPEN)),
        ~_edited_before(),
    )


# One subquery for each rule: with the states beside the chat, the index skips all that was sent long ago.


def _doubted() -> Exists:
    """An unresolved row of the chat holds this one back."""
    return exists().where(
        _DOUBT.chat_id == Outgoing.chat_id,
        _DOUBT.state.in_(UNRESOLVED),
        _DOUBT.id != Outgoing.id,
        _DOUBT.priority <= Outgoing.priority,
        Outgoing.priority != Priority.REPLY,
    )


def _overtaking(now: datetime) -> Exists:
    """An older row of the chat and of this priority has not gone yet. An answer about people's rights waits only for
    others of its kind.
    """
    return exists().where(
        _OLDER.chat_id == Outgoing.chat_id,
        _OLDER.state.in_(GOING),
        _OLDER.priority == Outgoing.priority,
        _OLDER.id < Outgoing.id,
        or_(~_is_right(Outgoing), _is_right(_OLDER)),
        _OLDER.due_at <= now,
        _OLDER.edits_row.is_(None),
    )


def _edited_before() -> Exists:
    """An earlier edit of the same row has not gone yet, perhaps because Telegram asked for a wait."""
    return exists().where(
        _AHEAD.edits_row == Outgoing.edits_row,
        _AHEAD.edits_row.is_not(None),
        _AHEAD.state.in_(GOING),
        _AHEAD.id < Outgoing.id,
    )


def _is_right(row: type[Outgoing]) -> ColumnElement[bool]:
    return and_(row.priority == Priority.REPLY, row.kind.in_(_RIGHTS))


async def candidates(
    session: AsyncSession, now: datetime, machine_now: datetime, limit: int, *, waited_first: bool = False
) -> Sequence[Any]:
    """(id, chat_id, priority) of the rows that may go next, the most urgent first.

    `waited_first`: news that has waited longer than `PATIENCE` before everything else. Read-only: whether there is
    room to send is asked before claiming.
    """
    waited = and_(Outgoing.priority == Priority.NEWS, Outgoing.due_at <= now - PATIENCE)
    first = (~waited,) if waited_first else ()  # false sorts before true
    rows = await session.execute(
        select(Outgoing.id, Outgoing.chat_id, Outgoing.priority)
        .where(sendable(now, machine_now))
        .order_by(*first, Outgoing.priority, ~_is_right(Outgoing), Outgoing.id)
        .limit(limit)
    )
    return rows.all()


async def claim(
    session: AsyncSession, ids: Sequence[int], lease_owner: str, now: datetime, machine_now: datetime
) -> list[Outgoing]:
    """Lease those of these rows that are still free, in one statement. From here on an attempt counts, even a crash."""
    taken = await session.scalars(
        update(Outgoing)
        .where(Outgoing.id.in_(ids), sendable(now, machine_now))
        .values(
            repeated=or_(Outgoing.repeated, Outgoing.state == SendState.UNKNOWN),
            state=SendState.SENDING,
            lease_owner=lease_owner,
            lease_until=machine_now + LEASE,
            attempts=Outgoing.attempts + 1,
        )
        .returning(Outgoing.id)
        .execution_options(synchronize_session=False)
    )
    rows = (
        await session.scalars(
            select(Outgoing)
            .where(Outgoing.id.in_(taken.all()))
            .order_by(Outgoing.priority, Outgoing.id)
            .execution_options(populate_existing=True)
        )
    ).all()
    for row in rows:
        await _set_target(session, row)
    return list(rows)


async def _set_target(session: AsyncSession, row: Outgoing) -> None:
    """An edit of a row becomes an edit of its message; if that never arrived, it becomes a message of its own, in its
    thread.

    This is settled before it goes out, so that after a crash it is known whether it was a send or an edit.
    """
    if row.edits_row is not None:
        target = await session.get_one(Outgoing, row.edits_row)
        row.edits_message = target.message_id
        if (thread := thread_of(target.args)) is not None:
            row.args = {**(row.args or {}), THREAD: thread}


@dataclass(frozen=True)
class SendResult:
    """What became of one claimed row."""

    state: SendState
    message_id: int | None = None
    error: str | None = None
    not_before: datetime | None = None  # machine time
    sent_at: datetime | None = None
    as_new: bool = False  # the message to edit is gone: say it anew
    chat_id: int | None = None  # the chat lives on under this id
    counts: bool = True  # False: this was no attempt of the row's own


async def record(session: AsyncSession, row_id: int, lease_owner: str, result: SendResult) -> bool:
    """Store what became of the row. Returns False if the lease was lost, so that somebody else decides."""
    values: dict[str, Any] = {
        "state": result.state,
        "error": result.error,
        "not_before": result.not_before,
        "sent_at": result.sent_at,
        "lease_owner": None,
        "lease_until": result.not_before,
        "attempts": Outgoing.attempts if result.counts else Outgoing.attempts - 1,
    }
    values |= {"message_id": result.message_id} if result.message_id is not None else {}
    values |= {"chat_id": result.chat_id} if result.chat_id is not None else {}
    values |= {"edits_message": None} if result.as_new else {}
    done = await session.execute(
        update(Outgoing)
        .where(
            Outgoing.id == row_id, Outgoing.lease_owner == lease_owner, Outgoing.state == SendState.SENDING
        )
        .values(**values)
        .returning(Outgoing.id, Outgoing.edits_row)
        .execution_options(synchronize_session=False)
    )
    session.info["wake"] = True
    mine = done.one_or_none()
    if mine is not None and mine.edits_row is not None and (result.as_new or result.message_id is not None):
        await _move_target(session, mine.edits_row, result.message_id)
    return mine is not None


async def _move_target(session: AsyncSession, target: int, message_id: int | None) -> None:
    """The row that was to be edited is shown by this message now (None: by none), and the next edit goes there."""
    await session.execute(
        update(Outgoing)
        .where(Outgoing.id == target)
        .values(message_id=message_id)
        .execution_options(synchronize_session=False)
    )


async def give_up_leases(session: AsyncSession, machine_now: datetime, *, all_lease_owners: bool) -> int:
    """End the leases of processes that are gone, whose rows may have arrived; return how many rows that were.

    `all_lease_owners`: end all leases, at start and under the process lock, when nobody else can hold one.
    """
    late = Outgoing.lease_until < machine_now
    gone = await session.scalars(
        update(Outgoing)
        .where(Outgoing.state == SendState.SENDING, *(() if all_lease_owners else (late,)))
        .values(
            state=_after_unclear(),
            lease_owner=None,
            lease_until=machine_now,
        )
        .returning(Outgoing.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def _after_unclear() -> Any:
    """An edit is idempotent, and a reply is never given up; anything else is not tried a third time."""
    return case(
        (Outgoing.edits_message.is_not(None), literal(SendState.PENDING.value)),
        (
            and_(Outgoing.repeated, Outgoing.priority != Priority.REPLY),
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


async def backlog(session: AsyncSession, now: datetime) -> Backlog:
    count, oldest = (
        await session.execute(
            select(func.count(), func.min(Outgoing.due_at)).where(
                Outgoing.state.in_(OPEN), Outgoing.due_at <= now
            )
        )
    ).one()
    return Backlog(count, oldest)

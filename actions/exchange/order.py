"""The order of delivery: which rows of the outbox may go next, and which of them goes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange.outbox import OPEN
from db.models import IS_OPEN, Outgoing, Priority, SendState
from db.moments import NOW, Moment, as_of
from db.planning import looked_at, unindexed
from db.types import UtcDateTime
from domain.outcomes.rights import ANSWERS
from domain.outcomes.small import Help

PATIENCE = timedelta(seconds=5)  # news that has waited longer may go before replies, now and then
UNRESOLVED = (SendState.SENDING, SendState.UNKNOWN)
GOING = (SendState.PENDING, SendState.SENDING)
# The constants of a statement that runs this often are written into it: a parameter is prepared each time.
_RIGHTS: list[ColumnElement[str]] = [literal_column(f"'{kind.__name__}'") for kind in (*ANSWERS, Help)]
_ONE: ColumnElement[int] = literal_column("1")

_DOUBT, _OLDER, _TARGET, _AHEAD, _OTHER = (aliased(Outgoing) for _ in range(5))

# Statements that every round of the deliverer asks are built once, with these places for what varies.
MACHINE_NOW = bindparam("machine_now", type_=UtcDateTime())
_PATIENT = bindparam("patient", type_=UtcDateTime())
_LIMIT = bindparam("limit", type_=Integer())


def sendable(now: Moment, machine_now: Moment) -> Any:
    """The condition that a row may go next: it is due, has nothing to wait for, and no row of its chat goes first.

    `now`: people's time; `machine_now`: the machine's, for leases and for waits that Telegram asked for. An unresolved
    row, which may be on its way, holds back rows of its chat from its own priority on, but never replies; while it is
    being looked for (`scheduler/probing.py`) it holds back all, so that there is only one to find. Of a chat's
    rows of one priority the older goes first, but what people asked about their rights goes before all other replies.
    An edit waits until the row that it changes was sent, and for earlier edits of that row; nothing else waits for such
    an edit, since it says what is true when it goes out.
    """
    return and_(
        or_(
            unindexed(Outgoing.state) == SendState.PENDING,
            and_(
                unindexed(Outgoing.state) == SendState.UNKNOWN,
                Outgoing.lease_until <= machine_now,
                Outgoing.known_id.is_(None),
            ),
        ),
        looked_at(Outgoing.due_at <= now),
        or_(Outgoing.not_before.is_(None), Outgoing.not_before <= machine_now),
        _undoubted(),
        _first_in_chat(now),
        _first_edit(),
    )


# One subquery for each rule: with the states beside the chat, the index skips all that was sent long ago.


def _is_none(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that there is no such row. It is looked for from row to row: of NOT EXISTS, PostgreSQL would make a
    join with all rows, which takes seconds if it has never counted them.
    """
    return select(_ONE).where(*which).limit(_ONE).scalar_subquery().is_(None)


def _undoubted() -> ColumnElement[bool]:
    """The condition that no unresolved row of the chat holds this one back."""
    return _is_none(
        _DOUBT.chat_id == Outgoing.chat_id,
        _DOUBT.state.in_(UNRESOLVED),
        _DOUBT.id != Outgoing.id,
        or_(
            and_(_DOUBT.priority <= Outgoing.priority, Outgoing.priority != Priority.REPLY),
            _DOUBT.known_id.is_not(None),
        ),
    )


def _first_in_chat(now: Moment) -> ColumnElement[bool]:
    """The condition that every older row of the chat and of this priority has gone. An answer about people's rights
    waits only for others of its kind.
    """
    return _is_none(
        _OLDER.chat_id == Outgoing.chat_id,
        _OLDER.state.in_(GOING),
        _OLDER.priority == Outgoing.priority,
        _OLDER.id < Outgoing.id,
        or_(~_is_right(Outgoing), _is_right(_OLDER)),
        _OLDER.due_at <= now,
        _OLDER.edits_row.is_(None),
    )


def _first_edit() -> ColumnElement[bool]:
    """The condition that what it edits was sent, and so was every earlier edit: Telegram may ask for a wait."""
    return or_(
        Outgoing.edits_row.is_(None),
        and_(
            _is_none(_TARGET.id == Outgoing.edits_row, _TARGET.state.in_(OPEN)),
            _is_none(
                _AHEAD.edits_row == Outgoing.edits_row,
                _AHEAD.edits_row.is_not(None),
                _AHEAD.state.in_(GOING),
                _AHEAD.id < Outgoing.id,
            ),
        ),
    )


def _is_right(row: type[Outgoing]) -> ColumnElement[bool]:
    return and_(row.priority == Priority.REPLY, row.kind.in_(_RIGHTS))


async def candidates(
    session: AsyncSession, now: datetime, machine_now: datetime, limit: int, *, waited_first: bool = False
) -> Sequence[Any]:
    """(id, chat_id, priority, more) of the rows that may go next, the most urgent first; `more` says whether the chat
    is owed anything else.

    `waited_first`: news that has waited longer than `PATIENCE` before everything else. Read-only: whether there is
    room to send is asked before claiming.
    """
    moments = {"now": now, "machine_now": machine_now, "patient": now - PATIENCE}
    return (await session.execute(_candidates(waited_first=waited_first), {**moments, "limit": limit})).all()


@cache
def _candidates(*, waited_first: bool) -> Select[int, int, Priority, bool]:
    """The first of each rank, and of these the first. The index has each priority in the order of ids, so no more rows
    are looked at than that takes, however many wait.
    """
    waited = Outgoing.due_at <= _PATIENT
    news: list[ColumnElement[bool]] = [Outgoing.priority == Priority.NEWS]
    ranks = [
        *([[*news, waited]] if waited_first else []),
        [Outgoing.priority == Priority.REPLY, Outgoing.kind.in_(_RIGHTS)],
        [Outgoing.priority == Priority.REPLY, Outgoing.kind.not_in(_RIGHTS)],
        [*news, ~waited] if waited_first else news,
        *([Outgoing.priority == each] for each in (Priority.NUDGE, Priority.BROADCAST)),
    ]
    first = union_all(*(_first_of(rank, *which) for rank, which in enumerate(ranks))).subquery()
    other = (_OTHER.chat_id == first.c.chat_id, _OTHER.state.in_(OPEN), _OTHER.id != first.c.id)
    return (
        select(first.c.id, first.c.chat_id, first.c.priority, exists().where(*other).label("more"))
        .order_by(first.c.rank, first.c.id)
        .limit(_LIMIT)
    )


def _first_of(rank: int, *which: ColumnElement[bool]) -> Select[Any]:
    rows = (
        select(literal_column(str(rank)).label("rank"), Outgoing.id, Outgoing.chat_id, Outgoing.priority)
        .where(IS_OPEN, *which, sendable(NOW, MACHINE_NOW))
        .order_by(Outgoing.id)
        .limit(_LIMIT)
        .subquery()
    )
    return select(rows)


_JUST_SENT = select(Outgoing.chat_id, Outgoing.sent_at).where(
    or_(
        and_(Outgoing.sent_at >= bindparam("since", type_=UtcDateTime()), Outgoing.sent_at <= NOW),
        and_(
            Outgoing.state.in_((SendState.SENDING, SendState.UNKNOWN)),
            Outgoing.lease_until > bindparam("leased", type_=UtcDateTime()),
        ),
    )
)


@dataclass(frozen=True)
class JustSent:
    """That a message went to this chat, or may have gone; `at`: machine time."""

    chat_id: int
    at: datetime


async def just_sent(
    session: AsyncSession, now: datetime, machine_now: datetime, period: timedelta
) -> list[JustSent]:
    """What went out in the last `period`, in that order; what is still on its way counts as sent just now."""
    moments = {"since": now - period, "leased": machine_now - period, **as_of(now)}
    rows = (await session.execute(_JUST_SENT, moments)).all()
    times = [machine_now - (now - row.sent_at) if row.sent_at else machine_now for row in rows]
    sent = [JustSent(row.chat_id, at) for row, at in zip(rows, times, strict=True)]
    return sorted(sent, key=lambda each: each.at)

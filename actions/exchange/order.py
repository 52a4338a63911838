"""The order of delivery: which rows of the outbox may go next, and which of them goes first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Exists,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange.outbox import OPEN
from db.models import Outgoing, Priority, SendState
from db.moments import NOW, Moment
from db.types import UtcDateTime
from domain.outcomes.rights import ANSWERS
from domain.outcomes.small import Help

PATIENCE = timedelta(seconds=5)  # news that has waited longer may go before replies, now and then
UNRESOLVED = (SendState.SENDING, SendState.UNKNOWN)
GOING = (SendState.PENDING, SendState.SENDING)
_RIGHTS = [kind.__name__ for kind in (*ANSWERS, Help)]

_DOUBT, _OLDER, _TARGET, _AHEAD, _OTHER = (aliased(Outgoing) for _ in range(5))

# Statements that every round of the deliverer asks are built once, with these places for what varies.
MACHINE_NOW = bindparam("machine_now", type_=UtcDateTime())
_PATIENT = bindparam("patient", type_=UtcDateTime())


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
            Outgoing.state == SendState.PENDING,
            and_(
                Outgoing.state == SendState.UNKNOWN,
                Outgoing.lease_until <= machine_now,
                Outgoing.known_id.is_(None),
            ),
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
        or_(
            and_(_DOUBT.priority <= Outgoing.priority, Outgoing.priority != Priority.REPLY),
            _DOUBT.known_id.is_not(None),
        ),
    )


def _overtaking(now: Moment) -> Exists:
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
    """(id, chat_id, priority, more) of the rows that may go next, the most urgent first; `more` says whether the chat
    is owed anything else.

    `waited_first`: news that has waited longer than `PATIENCE` before everything else. Read-only: whether there is
    room to send is asked before claiming.
    """
    moments = {"now": now, "machine_now": machine_now, "patient": now - PATIENCE}
    return (await session.execute(_candidates(waited_first=waited_first), {**moments, "limit": limit})).all()


@cache
def _candidates(*, waited_first: bool) -> Select[int, int, Priority, bool]:
    waited = and_(Outgoing.priority == Priority.NEWS, Outgoing.due_at <= _PATIENT)
    first = (~waited,) if waited_first else ()  # false sorts before true
    other = (_OTHER.chat_id == Outgoing.chat_id, _OTHER.state.in_(OPEN), _OTHER.id != Outgoing.id)
    return (
        select(Outgoing.id, Outgoing.chat_id, Outgoing.priority, exists().where(*other).label("more"))
        .where(sendable(NOW, MACHINE_NOW))
        .order_by(*first, Outgoing.priority, ~_is_right(Outgoing), Outgoing.id)
        .limit(bindparam("limit", type_=Integer()))
    )

"""Rows that say the same to many, in the priority of broadcasts: how many wait, stopping them, taking them back, and
what became of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import codec, outbox
from actions.exchange.entries import about, is_of
from db.models import Outgoing, Person, Priority, SendState
from domain.outcomes.payload import Payload

HALTED = "halted"  # the error of a row that was stopped before it went out
_EDIT = aliased(Outgoing)


@dataclass(frozen=True)
class Mailing:
    """All rows of this kind about this object."""

    kind: type[Payload]
    object_id: int

    @property
    def rows(self) -> tuple[ColumnElement[bool], ...]:
        return about(self.kind, self.object_id), Outgoing.priority == Priority.BROADCAST


async def owe(
    session: AsyncSession,
    payload: Payload,
    people: Select[*tuple[Any, ...]],
    keys: ColumnElement[str],
    now: datetime,
) -> Sequence[int]:
    """Owe the same to everybody whom this select of `Person` finds, by one statement, as many as they are; returns
    their ids. `keys`: the key of each person's row. No office is told instead of its MP.
    """
    object_id, args = codec.encode(payload)
    alike: dict[str, Any] = {
        "priority": Priority.BROADCAST,
        "kind": payload.outcome_name(),
        "object_id": object_id,
        "args": args or None,
        "due_at": now,
        "state": SendState.PENDING,
        "attempts": 0,
        "repeated": False,
        "created_at": now,
    }
    types = Outgoing.__table__.columns
    values = [literal(value, types[name].type) for name, value in alike.items()]
    rows = people.with_only_columns(Person.chat_id, Person.id, Person.id, keys, *values)
    names = ("chat_id", "person_id", "party_id", "key", *alike)
    owed = insert(Outgoing).from_select(names, rows.where(Person.chat_id.is_not(None)))
    session.info["wake"] = True
    found = await session.scalars(owed.returning(Outgoing.person_id))
    return [each for each in found if each is not None]


async def waiting(session: AsyncSession, mailing: Mailing) -> int:
    """How many of its rows are not settled yet."""
    number = select(func.count()).where(*mailing.rows, Outgoing.state.in_(outbox.OPEN))
    return await session.scalar(number) or 0


async def halt(session: AsyncSession, mailing: Mailing, *, for_good: bool = False) -> None:
    """Stop what has not gone out. What is on its way arrives; what may have arrived is looked into as ever, unless it
    is stopped `for_good`: then nobody knows.
    """
    stopped = (SendState.PENDING, SendState.UNKNOWN) if for_good else (SendState.PENDING,)
    unknown = Outgoing.state == SendState.UNKNOWN
    await session.execute(
        update(Outgoing)
        .where(*mailing.rows, Outgoing.state.in_(stopped))
        .values(
            state=case(
                (unknown, literal(SendState.UNDECIDED.value)), else_=literal(SendState.CANCELLED.value)
            ),
            error=case((unknown, None), else_=HALTED),
        )
        .execution_options(synchronize_session=False)
    )


async def go_on(session: AsyncSession, mailing: Mailing, now: datetime) -> None:
    """Let what was stopped go out."""
    await outbox.revive(
        session, now, *mailing.rows, Outgoing.state == SendState.CANCELLED, Outgoing.error == HALTED
    )


# --- taking back


def _arrived(mailing: Mailing, deletion: type[Payload]) -> Select[Outgoing]:
    """The rows that have arrived and are not to be deleted yet."""
    deleted = select(_EDIT.id).where(_EDIT.edits_row == Outgoing.id, is_of((deletion,), _EDIT)).exists()
    arrived = (Outgoing.state == SendState.SENT, Outgoing.message_id.is_not(None))
    return select(Outgoing).where(*mailing.rows, *arrived, ~deleted).order_by(Outgoing.id)


async def take_back(
    session: AsyncSession, mailing: Mailing, deletion: Payload, now: datetime, most: int
) -> None:
    """Owe the deletion of up to this many more of its messages that have arrived."""
    rows = await session.scalars(_arrived(mailing, type(deletion)).limit(most))
    for row in rows.all():
        to = outbox.Recipient.of_row(row)
        outbox.owe(session, deletion, to, now, priority=Priority.BROADCAST, edits_row=row.id)


async def is_taken_back(session: AsyncSession, mailing: Mailing, deletion: type[Payload]) -> bool:
    """Whether nothing is left to delete or on its way."""
    left = await session.scalar(_arrived(mailing, deletion).with_only_columns(Outgoing.id).limit(1))
    return left is None and not await waiting(session, Mailing(deletion, mailing.object_id))


# --- what became of them


@dataclass(frozen=True)
class CopyTally:
    """How many rows ended, or are, alike. `unreachable`: because their readers were; `halted`: it was stopped."""

    state: SendState
    unreachable: bool
    repeated: bool
    count: int
    halted: bool = False


@dataclass(frozen=True)
class Fate:
    """What became of one row. `reason`: why it ended, in Telegram's words or ours; `taken_back`: it was deleted."""

    person_id: int
    state: SendState
    reason: str
    repeated: bool
    taken_back: bool

    @property
    def unreachable(self) -> bool:
        return self.reason == outbox.UNREACHABLE

    @property
    def halted(self) -> bool:
        return self.reason == HALTED


async def fates(session: AsyncSession, mailing: Mailing, deletion: type[Payload]) -> list[Fate]:
    """What became of each of its rows whose reader is still known."""
    taken_back = (_EDIT.edits_row == Outgoing.id, is_of((deletion,), _EDIT), _EDIT.state == SendState.SENT)
    found = await session.execute(
        select(
            Outgoing.person_id,
            Outgoing.state,
            func.coalesce(Outgoing.error, ""),
            Outgoing.repeated,
            select(_EDIT.id).where(*taken_back).exists(),
        )
        .where(*mailing.rows)
        .order_by(Outgoing.id)
    )
    return [
        Fate(reader, state, reason, repeated, deleted)
        for reader, state, reason, repeated, deleted in found
        if reader is not None
    ]


async def tally(session: AsyncSession, mailing: Mailing) -> list[CopyTally]:
    """What became of all its rows. Each row is in exactly one tally."""
    found = await session.execute(
        select(Outgoing.state, Outgoing.error, Outgoing.repeated, func.count())
        .where(*mailing.rows)
        .group_by(Outgoing.state, Outgoing.error, Outgoing.repeated)
    )
    return [
        CopyTally(state, error == outbox.UNREACHABLE, repeated, count, error == HALTED)
        for state, error, repeated, count in found
    ]

"""What the bot owes people: rows that are claimed, worded, sent and accounted for.

The guarantee: a row exists if and only if the change that causes it was committed. It is sent at least once while
its reason lives, and a second time only after an answer that left open whether it arrived (`repeated`), at most once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import codec
from db.models import Carrier, Outgoing, Person, Priority, SendState
from domain.outcomes import PAYLOADS
from domain.outcomes.payload import Payload
from domain.voice import Voice

VOICE = "voice"  # in `args`, beside what belongs to the payload
LEASE = timedelta(seconds=60)  # longer than a send with all its timeouts
PATIENCE = timedelta(seconds=5)  # news that waited longer may go before replies, now and then
UNREACHABLE = "unreachable"  # blocked the bot, or the account is gone
OPEN = (SendState.PENDING, SendState.SENDING, SendState.UNKNOWN)
UNRESOLVED = (SendState.SENDING, SendState.UNKNOWN)
GOING = (SendState.PENDING, SendState.SENDING)


@dataclass(frozen=True)
class Recipient:
    """Where a row goes. A person is not a chat: `person_id` None is somebody the bot does not know."""

    chat_id: int
    person_id: int | None

    @classmethod
    def of(cls, person: Person) -> "Recipient":
        """The person, in their chat. Raises ValueError for somebody who has none."""
        if person.chat_id is None:
            raise ValueError("no chat leads to this person")
        return cls(person.chat_id, person.id)


def owe(
    session: AsyncSession,
    payload: Payload,
    to: Recipient,
    now: datetime,
    *,
    priority: Priority = Priority.REPLY,
    key: str | None = None,
    edits_message: int | None = None,
    edits_row: int | None = None,
    voice: Voice | None = None,
    carried: Mapping[str, codec.Json] | None = None,
) -> Outgoing:
    """Write down a message that is owed; it is worded and sent once the transaction has committed.

    The one way into the outbox. `key`: unique over all rows, so that the same thing is never owed twice. It edits the
    message with the id `edits_message`, or whatever `edits_row` has become when it goes out. `voice`: how somebody
    unknown is spoken to. `carried`: stored arguments of the row that this one takes the place of.
    """
    object_id, args = codec.encode(payload)
    spoken = {VOICE: voice.value} if voice is not None else {}
    row = Outgoing(
        chat_id=to.chat_id,
        person_id=to.person_id,
        priority=priority,
        kind=payload.outcome_name(),
        object_id=object_id,
        args={**(carried or {}), **args, **spoken} or None,
        due_at=now,
        key=key,
        edits_message=edits_message,
        edits_row=edits_row,
        state=SendState.PENDING,
        attempts=0,
        repeated=False,
        created_at=now,
    )
    session.add(row)
    session.info["wake"] = True
    return row


def payload_of(kind: str, object_id: int | None, args: Mapping[str, codec.Json] | None) -> Payload:
    """What a row holds. Raises KeyError for a kind that no version knew, ValueError for a row that lacks something."""
    return codec.decode(PAYLOADS[kind], object_id, args)


def payload_in(row: Outgoing) -> Payload:
    """The same, of a row at hand."""
    return payload_of(row.kind, row.object_id, row.args)


def voice_of(args: Mapping[str, codec.Json] | None) -> Voice | None:
    """How the row says its reader is to be spoken to; None: as the person chose."""
    spelled = (args or {}).get(VOICE)
    return Voice(str(spelled)) if spelled is not None else None


async def exists_with(session: AsyncSession, key: str) -> bool:
    """Was this already said (or is it about to be)?"""
    return await session.scalar(select(Outgoing.id).where(Outgoing.key == key)) is not None


# Built once: every round of the deliverer asks.
_DOUBT, _OLDER, _TARGET = aliased(Outgoing), aliased(Outgoing), aliased(Outgoing)


def sendable(now: datetime, machine_now: datetime) -> Any:
    """The rule of order: due, not waiting, and nothing of the chat in its way.

    An unresolved row (it may be on its way) holds back its chat's rows from its own priority on, never replies; of a
    chat's rows of one priority the older goes first; an edit waits until the row it changes was sent, and nothing
    waits for such an edit: it says what is true when it goes out.
    """
    # One question each: with states beside the chat the index passes over all that was sent long ago.
    doubted = exists().where(
        _DOUBT.chat_id == Outgoing.chat_id,
        _DOUBT.state.in_(UNRESOLVED),
        _DOUBT.id != Outgoing.id,
        _DOUBT.priority <= Outgoing.priority,
        Outgoing.priority != Priority.REPLY,
    )
    overtaking = exists().where(
        _OLDER.chat_id == Outgoing.chat_id,
        _OLDER.state.in_(GOING),
        _OLDER.priority == Outgoing.priority,
        _OLDER.id < Outgoing.id,
        _OLDER.due_at <= now,
        _OLDER.edits_row.is_(None),
    )
    unsent = exists().where(_TARGET.id == Outgoing.edits_row, _TARGET.state.in_(OPEN))
    return and_(
        or_(
            Outgoing.state == SendState.PENDING,
            and_(Outgoing.state == SendState.UNKNOWN, Outgoing.lease_until <= machine_now),
        ),
        Outgoing.due_at <= now,
        or_(Outgoing.not_before.is_(None), Outgoing.not_before <= machine_now),
        ~doubted,
        ~overtaking,
        ~unsent,
    )


async def candidates(
    session: AsyncSession, now: datetime, machine_now: datetime, limit: int, *, waited_first: bool = False
) -> Sequence[Any]:
    """(id, chat_id, priority) of what may go next, most urgent first; with `waited_first` news that waited long before
    all. Read-only: claiming comes after pacing.
    """
    waited = and_(Outgoing.priority == Priority.NEWS, Outgoing.due_at <= now - PATIENCE)
    first = (~waited,) if waited_first else ()  # false sorts before true
    found = await session.execute(
        select(Outgoing.id, Outgoing.chat_id, Outgoing.priority)
        .where(sendable(now, machine_now))
        .order_by(*first, Outgoing.priority, Outgoing.id)
        .limit(limit)
    )
    return found.all()


async def claim(
    session: AsyncSession, ids: Sequence[int], lease_owner: str, now: datetime, machine_now: datetime
) -> list[Outgoing]:
    """Take these rows in one statement, those that are still free. Attempts count from here: a crash is one."""
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
        await _aim(session, row)
    return list(rows)


async def _aim(session: AsyncSession, row: Outgoing) -> None:
    """An edit of a row becomes an edit of its message; of one that never arrived, a message of its own.

    Decided before it goes out, so that after a crash it is known whether it was a send or an edit.
    """
    if row.edits_row is not None:
        target = await session.get_one(Outgoing, row.edits_row)
        row.edits_message = target.message_id


@dataclass(frozen=True)
class Record:
    """What became of one claimed row."""

    state: SendState
    message_id: int | None = None
    error: str | None = None
    not_before: datetime | None = None  # machine time
    sent_at: datetime | None = None
    as_new: bool = False  # the message to edit is gone: say it anew
    chat_id: int | None = None  # the chat lives on under this id
    counts: bool = True  # False: this was no attempt of the row's own


async def record(session: AsyncSession, row_id: int, lease_owner: str, result: Record) -> bool:
    """Write down what became of it; False if the lease was lost and somebody else decides."""
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
        await _follow(session, mine.edits_row, result.message_id)
    return mine is not None


async def _follow(session: AsyncSession, target: int, message_id: int | None) -> None:
    """The row that was to be edited stands in this message now (None: in none), and the next edit goes there."""
    await session.execute(
        update(Outgoing)
        .where(Outgoing.id == target)
        .values(message_id=message_id)
        .execution_options(synchronize_session=False)
    )


async def give_up_leases(session: AsyncSession, machine_now: datetime, *, all_lease_owners: bool) -> int:
    """Rows claimed by a process that is gone: they may have arrived; how many there were.

    `all_lease_owners`: at start, under the process lock, when nobody else can hold a lease.
    """
    late = Outgoing.lease_until < machine_now
    gone = await session.scalars(
        update(Outgoing)
        .where(Outgoing.state == SendState.SENDING, *(() if all_lease_owners else (late,)))
        .values(
            # an edit is idempotent; a second unclear send is not tried a third time
            state=_after_unclear(),
            lease_owner=None,
            lease_until=machine_now,
        )
        .returning(Outgoing.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def _after_unclear() -> Any:
    return case(
        (Outgoing.edits_message.is_not(None), literal(SendState.PENDING.value)),
        (Outgoing.repeated, literal(SendState.UNDECIDED.value)),
        else_=literal(SendState.UNKNOWN.value),
    )


async def unreachable(
    session: AsyncSession, person_id: int, now: datetime, claimed_at: datetime | None = None
) -> None:
    """The person blocked the bot or is gone: what waits for them ends; they come back with their next /start.

    `claimed_at`: when the row that Telegram refused was claimed. If a reply came up since, they may be back already:
    then nothing ends here, that reply will find out.
    """
    if claimed_at is not None and await _answered_since(session, person_id, claimed_at):
        return
    person = await session.get(Person, person_id)
    if person is not None and person.unreachable_since is None:
        person.unreachable_since = now
    await cancel(session, UNREACHABLE, Outgoing.person_id == person_id)


async def _answered_since(session: AsyncSession, person_id: int, moment: datetime) -> bool:
    newer = select(Outgoing.id).where(
        Outgoing.person_id == person_id,
        Outgoing.priority == Priority.REPLY,
        Outgoing.state.in_(OPEN),
        Outgoing.created_at > moment,
    )
    return await session.scalar(newer.limit(1)) is not None


async def cancel(session: AsyncSession, reason: str, *which: Any) -> None:
    """What was not sent yet is not sent. Rows on their way are left alone: nobody can call them back."""
    await session.execute(
        update(Outgoing)
        .where(Outgoing.state.in_((SendState.PENDING, SendState.UNKNOWN)), *which)
        .values(state=SendState.CANCELLED, error=reason)
        .execution_options(synchronize_session=False)
    )


async def pause(session: AsyncSession, until: datetime) -> None:
    """Telegram asked all senders to wait. Kept in a row, so that a restart obeys too."""
    carrier = await session.get(Carrier, 1)
    if carrier is None:
        session.add(Carrier(id=1, paused_until=until))
    elif carrier.paused_until is None or carrier.paused_until < until:
        carrier.paused_until = until


async def paused_until(session: AsyncSession) -> datetime | None:
    carrier = await session.get(Carrier, 1)
    return carrier.paused_until if carrier else None


@dataclass(frozen=True)
class Backlog:
    due: int
    oldest: datetime | None


async def backlog(session: AsyncSession, now: datetime) -> Backlog:
    """What is due and not yet sent."""
    count, oldest = (
        await session.execute(
            select(func.count(), func.min(Outgoing.due_at)).where(
                Outgoing.state.in_(OPEN), Outgoing.due_at <= now
            )
        )
    ).one()
    return Backlog(count, oldest)

"""What the bot owes people: rows written in the transaction of the change that causes them; `delivery` sends them.

The guarantee: a row exists if and only if the change that causes it was committed. It is sent at least once while
its reason lives, and again only after an answer that left open whether it arrived, or a death (`repeated`): a reply as
often as it takes, anything else once after an answer, and after up to three deaths.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import codec
from db import intact
from db.models import Outgoing, Person, Priority, SendState
from db.moments import NOW, as_of
from domain.outcomes.kinds import PAYLOADS
from domain.outcomes.payload import Payload
from domain.outcomes.rights import Forgotten
from domain.voice import Voice

# In `args`, beside what belongs to the payload:
VOICE = "voice"
THREAD = "thread"
ACTOR = "actor"  # who else of the reader's party tapped, in an edit that shows it
ANSWER = "answer"  # and whether that was a yes, if it was a yes or a no
_OWED = "owed"  # in a session's info: the rows of this transaction
_SHARED = "shared"  # and those of them that all who act for their party are to have
SUPERSEDED = "superseded"  # a newer row says the same, or what the same message says now
UNREACHABLE = "unreachable"  # the reader blocked the bot, or their account is gone
WITHDRAWN = "withdrawn"  # the reason for it ended before it went out
MOVED = "moved"  # the reader has a new account
PAUSED = "paused"  # the reader was pausing: told when that is over
OPEN = (SendState.PENDING, SendState.SENDING, SendState.UNKNOWN)


@dataclass(frozen=True)
class Recipient:
    """Where a row goes. A person is not a chat: `person_id` is None for somebody the bot does not know.

    `party_id`: for whom they read it, if they are in the office of somebody else.
    """

    chat_id: int
    person_id: int | None
    party_id: int | None = None

    @classmethod
    def of_row(cls, row: Outgoing) -> "Recipient":
        """Where this row went, or is going."""
        return cls(row.chat_id, row.person_id, row.party_id if row.party_id != row.person_id else None)

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
    thread: int | None = None,
    carried: Mapping[str, codec.Json] | None = None,
    due: datetime | None = None,
) -> Outgoing:
    """Store a message that is owed; it is worded and sent once the transaction has committed.

    This and `mailings.owe` are the only ways into the outbox. `key`: unique, so that the same is not owed twice.
    The row edits the message with the id `edits_message`, or whatever message shows `edits_row` when it goes out.
    `voice`: how somebody unknown is spoken to. `thread`: in which of their threads they are answered. `carried`: stored
    arguments of the row whose place this one takes. `due`: when it goes out, if not now.
    """
    object_id, args = codec.encode(payload)
    spoken: dict[str, codec.Json] = {VOICE: voice.value} if voice is not None else {}
    placed: dict[str, codec.Json] = {THREAD: thread} if thread is not None else {}
    row = Outgoing(
        chat_id=to.chat_id,
        person_id=to.person_id,
        party_id=to.party_id or to.person_id,
        priority=priority,
        kind=payload.outcome_name(),
        object_id=object_id,
        args={**(carried or {}), **args, **spoken, **placed} or None,
        due_at=due or now,
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
    session.info.setdefault(_OWED, []).append(row)
    return row


def owed_in(session: AsyncSession) -> list[Outgoing]:
    """What this transaction has owed so far, without what a rollback has taken back."""
    return [row for row in session.info.get(_OWED, ()) if row in session]


def share(session: AsyncSession, row: Outgoing) -> None:
    """Everybody else who acts for this row's party is told the same (`addressing.address`)."""
    session.info.setdefault(_SHARED, []).append(row)


def shared_in(session: AsyncSession) -> list[Outgoing]:
    """The rows of this transaction that are shared, each once, without what a rollback has taken back."""
    return [row for row in session.info.pop(_SHARED, ()) if row in session]


def payload_of(kind: str, object_id: int | None, args: Mapping[str, codec.Json] | None) -> Payload:
    """What a row holds. Raises KeyError for a kind that no version knew, ValueError if an argument is missing."""
    return codec.decode(PAYLOADS[kind], object_id, args)


def payload_in(row: Outgoing) -> Payload:
    """What this row holds. Raises like `payload_of`."""
    return payload_of(row.kind, row.object_id, row.args)


def voice_of(args: Mapping[str, codec.Json] | None) -> Voice | None:
    """How the row says its reader is to be spoken to; None: as the person chose."""
    spelled = (args or {}).get(VOICE)
    return Voice(str(spelled)) if spelled is not None else None


def actor_of(args: Mapping[str, codec.Json] | None) -> int | None:
    """The id of whoever of the reader's party did what the row shows; None: it shows nobody else's doing."""
    actor = (args or {}).get(ACTOR)
    return actor if isinstance(actor, int) else None


def thread_of(args: Mapping[str, codec.Json] | None) -> int | None:
    """The thread of the chat in which the row is said; None: outside of any."""
    thread = (args or {}).get(THREAD)
    return thread if isinstance(thread, int) else None


async def recipient(session: AsyncSession, person_id: int) -> Recipient | None:
    """This person, in their chat; None if there is no chat. No word of theirs is read."""
    chat_id = await session.scalar(select(Person.chat_id).where(Person.id == person_id))
    return Recipient(chat_id, person_id) if chat_id is not None else None


async def unreachable(
    session: AsyncSession, person_id: int, now: datetime, claimed_at: datetime | None = None
) -> None:
    """The person blocked the bot or is gone: cancel what waits for them, until they write again.

    `claimed_at`: when the row that Telegram refused was claimed. If a reply to them was owed since, they may be back
    already: then nothing is cancelled here, as that reply will find out.
    """
    if claimed_at is not None and await _replied_since(session, person_id, claimed_at):
        return
    person = await intact.person(session, person_id)
    if person is not None and person.unreachable_since is None:
        person.unreachable_since = now
    await cancel(session, UNREACHABLE, Outgoing.person_id == person_id)


async def _replied_since(session: AsyncSession, person_id: int, moment: datetime) -> bool:
    newer = select(Outgoing.id).where(
        Outgoing.person_id == person_id,
        Outgoing.priority == Priority.REPLY,
        Outgoing.state.in_(OPEN),
        Outgoing.created_at > moment,
    )
    return await session.scalar(newer.limit(1)) is not None


_REPLACEABLE = (
    select(Outgoing.__table__)  # no objects: they are only compared
    .where(
        Outgoing.chat_id.in_(bindparam("chats", expanding=True)),
        Outgoing.state == SendState.PENDING,
        Outgoing.priority.in_((Priority.REPLY, Priority.NEWS)),
        Outgoing.due_at <= NOW,
        Outgoing.key.is_(None),
        Outgoing.kind != Forgotten.__name__,
    )
    .order_by(Outgoing.id.desc())
)


async def supersede(session: AsyncSession, now: datetime) -> None:
    """Where this transaction's chats are owed the same several times and have not got it yet, keep only the newest.

    Rows are alike if they say the same, or edit the same message to show the same thing: the newest is worded as things
    are when it goes out, and nobody waits for a backlog of their own presses. What has a key is said in any case, and
    what takes away the words of the erased.
    """
    await session.flush()
    chats = {row.chat_id for row in session.info.pop(_OWED, ()) if row in session}
    rows = await session.execute(_REPLACEABLE, {"chats": chats, **as_of(now)})
    newest: set[tuple[object, ...]] = set()
    older = []
    for row in rows:
        said = _said(row)
        if said in newest:
            older.append(row.id)
        newest.add(said)
    if older:
        await cancel(session, SUPERSEDED, Outgoing.id.in_(older))
        await cancel(session, SUPERSEDED, *_changes(older))


def _changes(rows: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """The conditions on edits of these rows, which are not sent: such an edit would become a message of its own."""
    return Outgoing.edits_row.in_(rows), Outgoing.key.is_(None), Outgoing.kind != Forgotten.__name__


def _said(row: Any) -> tuple[object, ...]:
    """What two rows have in common if the newer makes the older superfluous."""
    edits = (row.edits_message, row.edits_row)
    args = json.dumps(row.args, sort_keys=True) if edits == (None, None) else ""
    return (row.chat_id, row.priority, row.kind, row.object_id, *edits, args)


async def take_back(session: AsyncSession, row_id: int) -> None:
    """Another row is owed instead of this one, unless it is on its way."""
    await cancel(session, SUPERSEDED, Outgoing.id == row_id)
    still = select(Outgoing.state).where(Outgoing.id == row_id)
    if await session.scalar(still) is SendState.CANCELLED:
        await cancel(session, SUPERSEDED, *_changes((row_id,)))


async def owe_again(
    session: AsyncSession, payload: Payload, people: Select[int], now: datetime, priority: Priority
) -> int:
    """Send once more what these people were owed and did not get, or perhaps did not; returns how many rows that is."""
    object_id, _ = codec.encode(payload)
    return await revive(
        session,
        now,
        Outgoing.kind == payload.outcome_name(),
        Outgoing.object_id == object_id,
        Outgoing.priority == priority,
        Outgoing.person_id.in_(people),
        or_(Outgoing.state.in_((SendState.DEAD, SendState.UNDECIDED)), _unreached()),
    )


async def owe_on_return(
    session: AsyncSession, kind: type[Payload], objects: Select[int], person_id: int, now: datetime
) -> None:
    """Send what this person was owed about these objects and could not be reached with, now that they are back."""
    about = (Outgoing.kind == kind.outcome_name(), Outgoing.object_id.in_(objects))
    refused = and_(Outgoing.state == SendState.DEAD, Outgoing.error == UNREACHABLE)
    await revive(session, now, *about, Outgoing.person_id == person_id, or_(refused, _unreached()))


def _unreached() -> ColumnElement[bool]:
    return and_(Outgoing.state == SendState.CANCELLED, Outgoing.error == UNREACHABLE)


async def revive(session: AsyncSession, now: datetime, *which: ColumnElement[bool]) -> int:
    """Owe these rows again. Returns how many."""
    fresh = {
        "state": SendState.PENDING,
        "error": None,
        "attempts": 0,
        "not_before": None,
        "lease_until": None,
    }
    again = await session.scalars(
        update(Outgoing)
        .where(*which)
        .values(due_at=now, **fresh)
        .returning(Outgoing.id)
        .execution_options(synchronize_session=False)
    )
    session.info["wake"] = True
    return len(again.all())


async def cancel(session: AsyncSession, reason: str, *which: Any) -> None:
    """Cancel the rows that meet these conditions and are not sent yet. Rows on their way cannot be called back."""
    await session.execute(
        update(Outgoing)
        .where(Outgoing.state.in_((SendState.PENDING, SendState.UNKNOWN)), *which)
        .values(state=SendState.CANCELLED, error=reason)
        .execution_options(synchronize_session=False)
    )

"""The inbox: updates are stored before Telegram may forget them, processed in order, and finished together with the
changes they cause.

Until somebody has agreed, an update is stored without a word of theirs (`redaction`): kept are ids, its kind, the data
or label of a button, a command's name, and the workshop or handshake that a link or a code leads to, which is looked
up here.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange import outbox
from actions.exchange.operator import Operator
from actions.intake import flood
from actions.intake.admission import Sender, entering
from actions.intake.redaction import Raw, chat_of, is_id, is_private, link_in, query_id, without_words
from actions.joining import consents
from db.inserting import insert_missing
from db.models import NOWHERE, Handshake, Inbox, InboxState, Lane, Person, Workshop
from domain.links import Link, LinkKind
from domain.outcomes.small import Fault

LEASE = timedelta(seconds=30)
TRIES = 5


async def store(
    session: AsyncSession, updates: Iterable[Raw], operator: Operator, now: datetime
) -> list[str]:
    """Keep these updates, each once. Returns the ids of the callback queries among them, to be answered.

    An update that cannot be read is kept as poison; one that nobody sent, or that is beyond the limits (`flood`), as
    done, all of them without their payload. One that has no update_id is passed over. It takes a handful of statements,
    however many the updates.
    """
    fresh = await _unknown(session, updates)
    if not fresh:
        return []
    chats = {u["update_id"]: chat_of(u) for u in fresh}
    unread = await flood.beyond(session, fresh, operator, now)
    trusted = await consents.may_keep_words(session, {c for c in chats.values() if c is not None}, operator)
    keep_words = {u["update_id"] for u in fresh if chats[u["update_id"]] in trusted and is_private(u)}
    known = await _known_links(session, [u for u in fresh if u["update_id"] not in keep_words])
    lanes = {u["update_id"]: _lane(chats[u["update_id"]]) for u in fresh}
    payloads = {
        u["update_id"]: _payload(u, known, operator.labels, keep=u["update_id"] in keep_words) for u in fresh
    }
    rows = [
        _row(u, lanes[u["update_id"]], payloads[u["update_id"]], now, read=u["update_id"] not in unread)
        for u in fresh
    ]
    await insert_missing(session, Inbox, rows)
    await insert_missing(session, Lane, [{"chat_id": chat_id} for chat_id in sorted(set(lanes.values()))])
    return [query for u in fresh if (query := _query(u)) is not None]


async def _unknown(session: AsyncSession, updates: Iterable[Raw]) -> list[Raw]:
    by_id = {u["update_id"]: u for u in updates if isinstance(u, dict) and is_id(u.get("update_id"))}
    if not by_id:
        return []
    known = set(await session.scalars(select(Inbox.update_id).where(Inbox.update_id.in_(by_id))))
    return [u for update_id, u in by_id.items() if update_id not in known]


async def _known_links(session: AsyncSession, updates: Sequence[Raw]) -> set[Link]:
    """The links opened in these updates, or whose codes are typed in them, that lead somewhere."""
    opened = [link for u in updates if (link := link_in(u)) is not None]
    known: set[Link] = set()
    for kind, column in ((LinkKind.WORKSHOP, Workshop.code), (LinkKind.HANDSHAKE, Handshake.code)):
        codes = {link.code for link in opened if link.kind is kind}
        if codes:
            known |= {
                Link(kind, code) for code in await session.scalars(select(column).where(column.in_(codes)))
            }
    return known


def _lane(chat: int | None) -> int:
    return chat if chat is not None else NOWHERE


def _payload(raw: Raw, known: set[Link], labels: Collection[str], *, keep: bool) -> Raw | None:
    """What to store of the update; None if it is no update of Telegram's, which makes it poison."""
    try:
        payload = raw if keep else without_words(raw, known, labels)
        json.dumps(payload, allow_nan=False)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    return payload


def _row(raw: Raw, chat_id: int, payload: Raw | None, now: datetime, *, read: bool) -> dict[str, Any]:
    state = _state(raw, payload) if read else InboxState.DONE
    return {
        "update_id": raw["update_id"],
        "chat_id": chat_id,
        "state": state,
        "attempts": 0,
        "payload": payload if state is InboxState.NEW else None,
        "received_at": now,
        "counted": flood.counts_as(raw) if read else None,
    }


def _state(raw: Raw, payload: Raw | None) -> InboxState:
    if payload is None:
        return InboxState.POISON
    return InboxState.DONE if entering(raw) is Sender.NOBODY else InboxState.NEW


def _query(raw: Raw) -> str | None:
    try:
        return query_id(raw["callback_query"])
    except (KeyError, TypeError, ValueError):
        return None


# --- lanes: one chat, one worker at a time, in order


def _free(machine_now: datetime, limit: int) -> Select[int]:
    """Lanes that nobody holds and whose oldest update need not wait, those that have waited longest first.

    Only the oldest update of a lane is ever told to wait, and it holds back those behind it.
    """
    work = (
        select(Inbox.chat_id, func.min(Inbox.update_id).label("oldest"))
        .where(Inbox.state == InboxState.NEW)
        .group_by(Inbox.chat_id)
        .having(
            or_(func.max(Inbox.not_before).is_(None), func.max(Inbox.not_before) <= machine_now),
        )
        .subquery()
    )
    return (
        select(Lane.chat_id)
        .join(work, work.c.chat_id == Lane.chat_id)
        .where(or_(Lane.lease_until.is_(None), Lane.lease_until < machine_now))
        .order_by(work.c.oldest)
        .limit(limit)
    )


async def is_work_waiting(session: AsyncSession, machine_now: datetime) -> bool:
    """Whether there is a lane to claim. Read-only, so that it holds up no writer."""
    return (await session.scalars(_free(machine_now, 1))).first() is not None


async def claim_lanes(
    session: AsyncSession, lease_owner: str, machine_now: datetime, limit: int
) -> list[int]:
    """Lease lanes with work that nobody holds for `LEASE`, and return their chats.

    `lease_owner` names this very claim, not a process.
    """
    free = _free(machine_now, limit).with_for_update(of=Lane, skip_locked=True)
    taken = await session.scalars(
        update(Lane)
        .where(Lane.chat_id.in_(free))
        .values(lease_owner=lease_owner, lease_until=machine_now + LEASE)
        .returning(Lane.chat_id)
        .execution_options(synchronize_session=False)
    )
    return list(taken)


async def hold_lane(session: AsyncSession, chat_id: int, lease_owner: str, machine_now: datetime) -> bool:
    """Renew the lease in the transaction of the turn. Returns False if another worker has taken the lane over."""
    held = await session.scalars(
        update(Lane)
        .where(Lane.chat_id == chat_id, Lane.lease_owner == lease_owner)
        .values(lease_until=machine_now + LEASE)
        .returning(Lane.chat_id)
        .execution_options(synchronize_session=False)
    )
    return held.first() is not None


async def leave_lane(session: AsyncSession, chat_id: int, lease_owner: str) -> None:
    """Give the lease back, if it is still this owner's."""
    await session.execute(
        update(Lane)
        .where(Lane.chat_id == chat_id, Lane.lease_owner == lease_owner)
        .values(lease_owner=None, lease_until=None)
        .execution_options(synchronize_session=False)
    )


async def free_all_lanes(session: AsyncSession) -> None:
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
    if oldest is None or (oldest.not_before is not None and oldest.not_before > machine_now):
        return None
    update_id: int = oldest.update_id
    return update_id


def finish(row: Inbox, state: InboxState = InboxState.DONE) -> None:
    """The update is processed: its words are deleted."""
    row.state, row.payload = state, None


async def failed(
    session: AsyncSession, update_id: int, fault: int, now: datetime, machine_now: datetime
) -> bool:
    """Processing failed once more. Returns whether that was the last try: then the update is parked, and the person is
    told the fault's number. `machine_now` decides when it is tried again.
    """
    # Not its payload: that may be what cannot be read.
    row = await session.get_one(Inbox, update_id, options=[defer(Inbox.payload)], with_for_update=True)
    row.attempts += 1
    row.not_before = machine_now + timedelta(seconds=0.25 * 2**row.attempts)
    if row.attempts < TRIES:
        return False
    finish(row, InboxState.PARKED)
    if row.chat_id > NOWHERE:  # groups have negative ids
        await _tell_fault(session, row, fault, now)
    return True


async def _tell_fault(session: AsyncSession, row: Inbox, fault: int, now: datetime) -> None:
    """Without loading the person: that may be what fails."""
    person = await session.execute(select(Person.id, Person.voice).where(Person.chat_id == row.chat_id))
    person_id, voice = person.one_or_none() or (None, None)
    to = outbox.Recipient(row.chat_id, person_id)
    outbox.owe(session, Fault(fault), to, now, key=f"fault:{row.update_id}", voice=voice)


async def unprocessed(session: AsyncSession) -> tuple[int, datetime | None]:
    """How many updates wait, and when the oldest of them came in; None if none does."""
    count, oldest = (
        await session.execute(
            select(func.count(), func.min(Inbox.received_at)).where(Inbox.state == InboxState.NEW)
        )
    ).one()
    return count, oldest

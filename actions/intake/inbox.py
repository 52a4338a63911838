"""The inbox: updates are stored before Telegram may forget them, processed in order, and finished together with the
changes they cause.

Until somebody has agreed, an update is stored without a word of theirs (`redaction`): kept are ids, its kind, the data
or label of a button, a command's name, and the workshop or handshake that a link or a code leads to, which is looked
up here.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange import outbox
from actions.exchange.operator import Operator
from actions.intake import flood
from actions.intake.admission import Sender, entering
from actions.intake.redaction import Raw, chat_of, is_id, is_private, link_in, query_id, without_words
from actions.joining import consents
from db import personal_codes
from db.inserting import insert_missing
from db.models import NOWHERE, Handshake, Inbox, InboxState, Lane, Person, Workshop
from db.types import UtcDateTime
from domain.links import Link, LinkKind
from domain.outcomes.small import Fault

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
    unread, late = await flood.beyond(session, fresh, operator, now), flood.came_late(fresh)
    trusted = await consents.may_keep_words(session, {c for c in chats.values() if c is not None}, operator)
    keep_words = {u["update_id"] for u in fresh if chats[u["update_id"]] in trusted and is_private(u)}
    known = await _known_links(session, [u for u in fresh if u["update_id"] not in keep_words])
    lanes = {u["update_id"]: _lane(chats[u["update_id"]]) for u in fresh}
    payloads = {
        u["update_id"]: _payload(u, known, operator.labels, keep=u["update_id"] in keep_words) for u in fresh
    }
    rows = [
        _row(
            u,
            lanes[u["update_id"]],
            payloads[u["update_id"]],
            now,
            read=u["update_id"] not in unread,
            late=u["update_id"] in late,
        )
        for u in fresh
    ]
    await insert_missing(session, Inbox, rows)
    await insert_missing(session, Lane, [{"chat_id": chat_id} for chat_id in sorted(set(lanes.values()))])
    return [query for u in fresh if (query := _query(u)) is not None]


_KNOWN = select(Inbox.update_id).where(Inbox.update_id.in_(bindparam("updates", expanding=True)))


async def _unknown(session: AsyncSession, updates: Iterable[Raw]) -> list[Raw]:
    by_id = {u["update_id"]: u for u in updates if isinstance(u, dict) and is_id(u.get("update_id"))}
    if not by_id:
        return []
    known = set(await session.scalars(_KNOWN, {"updates": list(by_id)}))
    return [u for update_id, u in by_id.items() if update_id not in known]


_BY_PERSONAL_CODE = (LinkKind.PERSONAL, LinkKind.OFFICE, LinkKind.ORGANISER)


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
    by_code = [link for link in opened if link.kind in _BY_PERSONAL_CODE]
    codes = {link.code for link in by_code}
    begun_alike = await personal_codes.perhaps_known(session, codes) if codes else set()
    return known | {link for link in by_code if link.code in begun_alike}


def _lane(chat: int | None) -> int:
    return chat if chat is not None else NOWHERE


def _payload(raw: Raw, known: set[Link], labels: Callable[[], Collection[str]], *, keep: bool) -> Raw | None:
    """What to store of the update; None if it is no update of Telegram's, which makes it poison."""
    try:
        payload = raw if keep else without_words(raw, known, labels())
        json.dumps(payload, allow_nan=False)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    return payload


def _row(
    raw: Raw, chat_id: int, payload: Raw | None, now: datetime, *, read: bool, late: bool
) -> dict[str, Any]:
    state = _state(raw, payload) if read else InboxState.DONE
    counted = flood.counts_as(raw) if read and not late else None
    return {
        "update_id": raw["update_id"],
        "chat_id": chat_id,
        "state": state,
        "attempts": 0,
        "payload": payload if state is InboxState.NEW else None,
        "message_id": _message_id(raw, chat_id),
        "received_at": now,
        "counted": counted,
    }


def _message_id(raw: Raw, chat_id: int) -> int | None:
    """In private chats the ids of messages are one sequence for each bot."""
    match raw:
        case {"message": {"message_id": number}} if chat_id > NOWHERE and is_id(number):
            return int(number)
    return None


def _state(raw: Raw, payload: Raw | None) -> InboxState:
    if payload is None:
        return InboxState.POISON
    return InboxState.DONE if entering(raw) is Sender.NOBODY else InboxState.NEW


def _query(raw: Raw) -> str | None:
    try:
        return query_id(raw["callback_query"])
    except (KeyError, TypeError, ValueError):
        return None


async def payload_of(session: AsyncSession, update_id: int) -> Raw:
    """What came in. Raises what reading a damaged row raises."""
    payload: Raw | None = await session.scalar(select(Inbox.payload).where(Inbox.update_id == update_id))
    return payload or {}


_FINISH = (
    update(Inbox)
    .where(Inbox.update_id.in_(bindparam("updates", expanding=True)))
    .values(state=bindparam("as", type_=Inbox.state.type), payload=null())
    .execution_options(synchronize_session=False)
)


async def finish(session: AsyncSession, updates: Sequence[int], state: InboxState = InboxState.DONE) -> None:
    """The updates are processed: their words are deleted."""
    if updates:
        await session.execute(_FINISH, {"updates": updates, "as": state})


async def forget_chat(session: AsyncSession, update_id: int) -> None:
    """Somebody was erased by it: their chat is in no row any more."""
    await session.execute(
        update(Inbox)
        .where(Inbox.update_id == update_id)
        .values(chat_id=NOWHERE)
        .execution_options(synchronize_session=False)
    )


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
    row.state, row.payload = InboxState.PARKED, None
    if row.chat_id > NOWHERE:  # groups have negative ids
        await _tell_fault(session, row, fault, now)
    return True


async def _tell_fault(session: AsyncSession, row: Inbox, fault: int, now: datetime) -> None:
    """Without loading the person: that may be what fails."""
    person = await session.execute(select(Person.id, Person.voice).where(Person.chat_id == row.chat_id))
    person_id, voice = person.one_or_none() or (None, None)
    to = outbox.Recipient(row.chat_id, person_id)
    outbox.owe(session, Fault(fault), to, now, key=f"fault:{row.update_id}", voice=voice)


_UNPROCESSED = select(func.count(), func.min(Inbox.received_at)).where(Inbox.state == InboxState.NEW)


_SET_ASIDE = (
    select(Inbox.state, func.count().label("number"))
    .where(
        Inbox.state.in_((InboxState.POISON, InboxState.PARKED)),
        Inbox.received_at >= bindparam("since", type_=UtcDateTime()),
    )
    .group_by(Inbox.state)
)


async def set_aside(session: AsyncSession, since: datetime) -> tuple[int, int]:
    """How many updates that came in since then could not be read, and how many were given up."""
    states = await session.execute(_SET_ASIDE, {"since": since})
    found = {row.state: row.number for row in states}
    return found.get(InboxState.POISON, 0), found.get(InboxState.PARKED, 0)


async def unprocessed(session: AsyncSession) -> tuple[int, datetime | None]:
    """How many updates wait, and when the oldest of them came in; None if none does."""
    count, oldest = (await session.execute(_UNPROCESSED)).one()
    return count, oldest

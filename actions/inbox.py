"""What came in: stored before Telegram may forget it, worked off in order, finished with the change it caused.

Until somebody has agreed, an update is stored without a word of theirs: ids, kind, the button's data, the command's
name, and the workshop a link or code led to, resolved here.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import joining
from actions.house import House
from db.models import Inbox, InboxState, Lane

LEASE = timedelta(seconds=30)
TRIES = 5
NOWHERE = 0  # the lane of updates without a chat
_MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")
_COMMAND = re.compile(r"/([a-z_]{1,32})(?:@\w+)?(?:\s|$)", re.ASCII)

Raw = dict[str, Any]


async def store(session: AsyncSession, updates: Iterable[Raw], house: House, now: datetime) -> list[str]:
    """Keep these updates, each once. Returns the ids of the callback queries among them, to be answered.

    What cannot be read is kept as poison, without its payload; what has no update_id is passed over.
    """
    fresh = await _unknown(session, [u for u in updates if isinstance(u.get("update_id"), int)])
    chats = {chat for u in fresh if (chat := chat_of(u)) is not None}
    trusted = await joining.may_keep_words(session, chats, house)
    for raw in fresh:
        chat = chat_of(raw)
        session.add(await _row(session, raw, chat, now, keep_words=chat in trusted and _is_private(raw)))
    for chat_id in {chat if chat is not None else NOWHERE for chat in (chat_of(u) for u in fresh)}:
        if await session.get(Lane, chat_id) is None:
            session.add(Lane(chat_id=chat_id))
    return [
        query["id"] for u in fresh if isinstance(query := u.get("callback_query"), dict) and "id" in query
    ]


async def _unknown(session: AsyncSession, updates: Sequence[Raw]) -> list[Raw]:
    by_id = {u["update_id"]: u for u in updates}
    known = set(await session.scalars(select(Inbox.update_id).where(Inbox.update_id.in_(by_id))))
    return [u for update_id, u in by_id.items() if update_id not in known]


async def _row(
    session: AsyncSession, raw: Raw, chat: int | None, now: datetime, *, keep_words: bool
) -> Inbox:
    try:
        payload = raw if keep_words else await without_words(session, raw)
    except (KeyError, TypeError, AttributeError):
        payload = None
    return Inbox(
        update_id=raw["update_id"],
        chat_id=chat if chat is not None else NOWHERE,
        state=InboxState.NEW if payload is not None else InboxState.POISON,
        attempts=0,
        payload=payload,
        received_at=now,
    )


def chat_of(raw: Raw) -> int | None:
    """The chat an update belongs to, if any."""
    for kind in (*_MESSAGES, "my_chat_member", "callback_query"):
        part = raw.get(kind)
        if isinstance(part, dict):
            chat = part.get("chat") or (part.get("message") or {}).get("chat") or part.get("from") or {}
            found = chat.get("id") if isinstance(chat, dict) else None
            return found if isinstance(found, int) else None
    return None


def _is_private(raw: Raw) -> bool:
    message = raw.get("message")
    return not isinstance(message, dict) or message.get("chat", {}).get("type") == "private"


async def without_words(session: AsyncSession, raw: Raw) -> Raw:
    """The same update with nothing in it that a person typed or is called. Raises KeyError for what is none."""
    kept: Raw = {"update_id": raw["update_id"]}
    for kind in _MESSAGES:
        if kind in raw:
            kept[kind] = await _bare_message(session, raw[kind])
    if "callback_query" in raw:
        kept["callback_query"] = _bare_press(raw["callback_query"])
    if "my_chat_member" in raw:
        kept["my_chat_member"] = _bare_member(raw["my_chat_member"])
    return kept


async def _bare_message(session: AsyncSession, message: Raw) -> Raw:
    bare: Raw = {
        "message_id": message["message_id"],
        "date": message["date"],
        "chat": {"id": message["chat"]["id"], "type": message["chat"]["type"]},
    }
    if "from" in message:
        bare["from"] = _bare_user(message["from"])
    if (text := await _bare_text(session, message.get("text") or "")) and bare["chat"]["type"] == "private":
        bare["text"] = text
        if text.startswith("/"):
            bare["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return bare


async def _bare_text(session: AsyncSession, text: str) -> str:
    """A workshop's code becomes the link that leads there, a command keeps its name, all else goes."""
    command = _COMMAND.match(text.lower())
    rest = text.partition(" ")[2] if command else text
    if command is None or command[1] == "start":
        workshop = await joining.workshop_of(session, rest.strip().removeprefix(joining.WORKSHOP_LINK))
        if workshop is not None:
            return f"/start {joining.WORKSHOP_LINK}{workshop.code}"
    return f"/{command[1]}" if command else ""


def _bare_press(query: Raw) -> Raw:
    bare = {
        "id": query["id"],
        "from": _bare_user(query["from"]),
        "chat_instance": "",
        "data": query.get("data", ""),
    }
    if message := query.get("message"):
        bare["message"] = {
            "message_id": message["message_id"],
            "date": message["date"],
            "chat": {"id": message["chat"]["id"], "type": message["chat"]["type"]},
        }
    return bare


def _bare_member(change: Raw) -> Raw:
    return {
        "chat": {"id": change["chat"]["id"], "type": change["chat"]["type"]},
        "from": _bare_user(change["from"]),
        "date": change["date"],
        **{
            side: {"status": change[side]["status"], "user": _bare_user(change[side]["user"])}
            | ({"until_date": 0} if change[side]["status"] == "kicked" else {})
            for side in ("old_chat_member", "new_chat_member")
        },
    }


def _bare_user(user: Raw) -> Raw:
    return {"id": user["id"], "is_bot": bool(user.get("is_bot")), "first_name": ""}


# --- lanes: one chat, one worker at a time, in order


async def claim_lanes(session: AsyncSession, owner: str, machine_now: datetime, limit: int) -> list[int]:
    """Lanes with work that nobody holds, taken for `LEASE`."""
    free = (
        select(Lane.chat_id)
        .where(
            or_(Lane.lease_until.is_(None), Lane.lease_until < machine_now),
            exists().where(
                Inbox.chat_id == Lane.chat_id,
                Inbox.state == InboxState.NEW,
                or_(Inbox.not_before.is_(None), Inbox.not_before <= machine_now),
            ),
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = await session.scalars(
        update(Lane)
        .where(Lane.chat_id.in_(free))
        .values(owner=owner, lease_until=machine_now + LEASE)
        .returning(Lane.chat_id)
        .execution_options(synchronize_session=False)
    )
    return list(taken)


async def hold_lane(session: AsyncSession, chat_id: int, owner: str, machine_now: datetime) -> bool:
    """In the transaction of the effect: the lane is still mine (then the lease is renewed), or I was fenced off."""
    held = await session.scalars(
        update(Lane)
        .where(Lane.chat_id == chat_id, Lane.owner == owner)
        .values(lease_until=machine_now + LEASE)
        .returning(Lane.chat_id)
        .execution_options(synchronize_session=False)
    )
    return held.first() is not None


async def leave_lane(session: AsyncSession, chat_id: int, owner: str) -> None:
    await session.execute(
        update(Lane).where(Lane.chat_id == chat_id, Lane.owner == owner).values(owner=None, lease_until=None)
    )


async def free_all_lanes(session: AsyncSession) -> None:
    """At start, under the process lock: whoever held a lane is gone."""
    await session.execute(update(Lane).where(Lane.owner.is_not(None)).values(owner=None, lease_until=None))


async def next_in(session: AsyncSession, chat_id: int, machine_now: datetime) -> Inbox | None:
    """The oldest update of this lane; None if there is none or it has to wait for its next try."""
    row = await session.scalar(
        select(Inbox)
        .where(Inbox.chat_id == chat_id, Inbox.state == InboxState.NEW)
        .order_by(Inbox.update_id)
        .limit(1)
    )
    waiting = row is not None and row.not_before is not None and row.not_before > machine_now
    return None if waiting else row


def finish(row: Inbox, state: InboxState = InboxState.DONE) -> None:
    """Worked off: the words go."""
    row.state, row.payload = state, None


async def failed(session: AsyncSession, update_id: int, machine_now: datetime) -> bool:
    """One more failure; True when it was the last try and the update is parked."""
    row = await session.get_one(Inbox, update_id)
    row.attempts += 1
    row.not_before = machine_now + timedelta(seconds=0.25 * 2**row.attempts)
    if row.attempts >= TRIES:
        finish(row, InboxState.PARKED)
        return True
    return False


async def unprocessed(session: AsyncSession) -> tuple[int, datetime | None]:
    """How many updates wait, and since when the oldest."""
    count, oldest = (
        await session.execute(
            select(func.count(), func.min(Inbox.received_at)).where(Inbox.state == InboxState.NEW)
        )
    ).one()
    return count, oldest

"""A flood: more from one person than is read in a minute. Answered once, it is not read until a minute is over."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, CompoundSelect, bindparam, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, outbox
from actions.exchange.operator import Operator
from actions.intake.admission import Sender, entering
from actions.intake.redaction import Raw, chat_of, command_in, data_in
from actions.joining import entry
from db import intact
from db.models import NOWHERE, Counted, Inbox, InboxState
from db.moments import NOW, as_of, from_now
from domain.limits import ALWAYS_HEARD, ALWAYS_READ, MESSAGES, PRESSES, WINDOW
from domain.outcomes.small import Flooded

_LIMITS = {Counted.MESSAGE: MESSAGES, Counted.PRESS: PRESSES}
_STATES = tuple(InboxState)  # all of them: named, so that the index on states and chats is of use


def counts_as(raw: Raw) -> Counted | None:
    """What the update counts as against the limits; None for what is read in any case.

    That is what asks about people's rights, a block of the bot, and whatever nobody said.
    """
    if entering(raw) is not Sender.PERSON or "my_chat_member" in raw:
        return None
    if "callback_query" in raw:
        return None if data_in(raw).partition(":")[0] in ALWAYS_HEARD else Counted.PRESS
    return None if command_in(raw) in ALWAYS_READ else Counted.MESSAGE


def came_late(updates: Sequence[Raw]) -> set[int]:
    """The ids of the messages said more than a minute before the newest of these: they waited while the bot was down.

    However many come at once then, they were no flood.
    """
    said = {raw["update_id"]: date for raw in updates if (date := _date(raw)) is not None}
    newest = max(said.values(), default=0)
    return {update_id for update_id, date in said.items() if newest - date > WINDOW.total_seconds()}


def _date(raw: Raw) -> int | None:
    """When it was said, in Unix seconds, by Telegram's clock."""
    message = raw.get("message", raw.get("edited_message"))
    date = message.get("date") if isinstance(message, dict) else None
    return date if isinstance(date, int) else None


async def beyond(
    session: AsyncSession, updates: Sequence[Raw], operator: Operator, now: datetime
) -> set[int]:
    """The ids of the updates that are not to be read. Whoever sent the first of them is told so."""
    by_chat, late = defaultdict(list), came_late(updates)
    for raw in updates:
        chat, counted = chat_of(raw), None if raw["update_id"] in late else counts_as(raw)
        if chat is not None and chat > NOWHERE and counted is not None:
            by_chat[chat].append((raw["update_id"], counted))
    read, told = await _lately(session, by_chat, now)
    over: set[int] = set()
    for chat, theirs in by_chat.items():
        for update_id, counted in theirs:
            if chat not in told and read[chat, counted] < _LIMITS[counted]:
                read[chat, counted] += 1
                continue
            over.add(update_id)
            if chat not in told:
                told.add(chat)
                await _tell(session, chat, operator, now)
    return over


async def _lately(
    session: AsyncSession, chats: Collection[int], now: datetime
) -> tuple[Counter[tuple[int, Counted]], set[int]]:
    """How much of each kind of these chats was taken in to be read within the last minute, and which of them were told
    that it was too much. What seems to come from later, since the clock was set back, is long ago.
    """
    rows = (await session.execute(_read_or_told(), {"chats": chats, **as_of(now)})).all()
    taken_in = Counter((chat, counted) for chat, counted in rows if counted is not None)
    return taken_in, {chat for chat, counted in rows if counted is None}


@cache
def _read_or_told() -> CompoundSelect[int, Counted | None]:
    chats: BindParameter[int] = bindparam("chats", expanding=True)
    read = select(Inbox.chat_id, Inbox.counted).where(
        Inbox.state.in_(_STATES),
        Inbox.chat_id.in_(chats),
        Inbox.received_at > from_now(-WINDOW),
        Inbox.received_at <= NOW,
        Inbox.counted.is_not(None),
    )
    told = entries.chats_told_within(chats, Flooded, from_now(-WINDOW), NOW)
    return read.union_all(told.add_columns(null()))


async def _tell(session: AsyncSession, chat: int, operator: Operator, now: datetime) -> None:
    """In the voice they chose, or were spoken to last."""
    person = await intact.person_in_chat(session, chat)
    arrival = None if person is not None else await entry.arrival_of(session, chat, None)
    voice = arrival.voice if arrival is not None else operator.voice
    to = outbox.Recipient(chat, person.id if person is not None else None)
    outbox.owe(session, Flooded(), to, now, voice=None if person is not None else voice)

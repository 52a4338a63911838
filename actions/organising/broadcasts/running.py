"""A broadcast sets out, at once or at its time: copies of it are owed in batches.

What people get is decided when a copy goes out, not when it is owed: one that may not go then ends with its row.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange import mailings
from actions.exchange.mailings import Mailing
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected
from actions.organising.broadcasts import segments
from actions.organising.broadcasts.segments import Sights
from db.models import Broadcast, BroadcastState, Person
from db.moments import NOW, as_of
from domain.outcomes.organising.broadcasts import BroadcastCopy
from domain.outcomes.payload import OfBroadcast

BATCH = 50
"""How many copies are owed in one transaction at most."""
LOOKED_AT = 100
"""How many people are looked at in one transaction, for whom they may be."""
AHEAD = 400
"""How many wait at most: more than go out until the clock looks again. What waits can be stopped at once."""

IS_RUNNING = Broadcast.state == BroadcastState.CONFIRMED


def progress_key(broadcast: Broadcast, *, author: bool) -> str:
    """The key of the row that shows the progress to the author, or else to the second organiser."""
    return f"progress:{broadcast.id}" if author else f"progress:{broadcast.id}:second"


def copies(broadcast_id: int) -> Mailing:
    return Mailing(BroadcastCopy.Payload, broadcast_id)


async def locked(session: AsyncSession, broadcast_id: int, *which: ColumnElement[bool]) -> Broadcast | None:
    """The broadcast, locked for this transaction, if it is as these conditions say."""
    return await session.scalar(
        select(Broadcast).where(Broadcast.id == broadcast_id, *which).with_for_update()
    )


def may_go(broadcast: Broadcast) -> bool:
    """Whether copies of it go out now: also when all were sent, to whoever comes late."""
    going = broadcast.state in (BroadcastState.CONFIRMED, BroadcastState.FINISHED)
    return going and broadcast.ended is None


# --- copies are owed


async def set_out(sights: Sights, broadcast: Broadcast) -> None:
    """Begin to owe copies. Raises nothing: whoever cannot be told is left out."""
    broadcast.state, broadcast.confirmed_at = BroadcastState.CONFIRMED, sights.now
    broadcast.owed_up_to = 0
    await _owe_some(sights, broadcast)


async def _owe_some(sights: Sights, broadcast: Broadcast) -> None:
    """Owe copies to the next of its people, in the order of their ids. How far that has come is stored beside them, so
    that nobody is left out or served twice, however it is interrupted. However few of them it is for, no transaction
    goes through all people.
    """
    members = await segments.members(sights, broadcast, broadcast.owed_up_to or 0, LOOKED_AT)
    rule = await segments.recipients(sights, broadcast, among=members)
    some = select(Person).where(*rule).order_by(Person.id)
    owed = await owe_copies(sights, broadcast, some)
    if len(owed) == BATCH:
        broadcast.owed_up_to = max(owed)
    else:
        broadcast.owed_up_to = members[-1] if len(members) == LOOKED_AT else None


async def owe_copies(
    sights: Sights, broadcast: Broadcast, people: Select[Person], *, late: bool = False
) -> Sequence[int]:
    """Owe a copy to the first BATCH of these people; returns their ids. `late`: they came after it had set out."""
    return await mailings.owe(
        sights.session,
        BroadcastCopy.Payload(broadcast.id, notice=broadcast.notice, late=late),
        people.limit(BATCH),
        copy_keys(literal(broadcast.id)),
        sights.now,
    )


def copy_keys(broadcast_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[str]:
    """The key of the copy for each `Person`: nobody is owed two."""
    return literal("broadcast:") + cast(broadcast_id, String) + literal(":") + cast(Person.id, String)


_UNOWED = (IS_RUNNING, Broadcast.ended.is_(None), Broadcast.owed_up_to.is_not(None))
_WITH_UNOWED = select(Broadcast.id).where(*_UNOWED)


def owing(now: datetime, operator: Operator) -> Pass:
    """The pass that owes further copies of the broadcasts under way, as fast as they go out."""

    async def find(session: AsyncSession) -> Iterable[int]:
        return await in_batches(session, _WITH_UNOWED, BroadcastCopy.Payload)

    async def owe(session: AsyncSession, broadcast_id: int) -> None:
        broadcast = await locked(session, broadcast_id, *_UNOWED)
        if broadcast is not None:
            await _owe_some(Sights(session, now, operator), broadcast)

    return Pass(Selected(_WITH_UNOWED, narrowed=find), owe)


async def in_batches(session: AsyncSession, which: Select[int], rows: type[OfBroadcast]) -> Sequence[int]:
    """The ids of these broadcasts, each as often as another BATCH of such rows may be owed about it now."""
    due: list[int] = []
    for broadcast_id in await session.scalars(which):
        waiting = await mailings.waiting(session, Mailing(rows, broadcast_id))
        due += [broadcast_id] * ceil((AHEAD - waiting) / BATCH)
    return due


_TO_START = select(Broadcast.id).where(Broadcast.state == BroadcastState.SCHEDULED, Broadcast.goes_at <= NOW)


def starting(now: datetime, operator: Operator) -> Pass:
    """The pass that lets broadcasts set out whose time has come."""

    async def start(session: AsyncSession, broadcast_id: int) -> None:
        scheduled = (Broadcast.state == BroadcastState.SCHEDULED, Broadcast.goes_at <= now)
        broadcast = await locked(session, broadcast_id, *scheduled)
        if broadcast is not None:
            await set_out(Sights(session, now, operator), broadcast)

    return Pass(Selected(_TO_START, as_of(now)), start)


NEXT_START = select(func.min(Broadcast.goes_at)).where(
    Broadcast.state == BroadcastState.SCHEDULED, Broadcast.goes_at > NOW
)
"""When the next broadcast sets out that was confirmed for later (`db.moments.as_of`); None if there is none."""

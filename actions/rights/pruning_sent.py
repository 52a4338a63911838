"""Pruning what was sent: rows of the outbox that have served are deleted, and chats that nobody knows are forgotten.

Most rows of a large outbox are kept for long, and to ask of each whether it still may be needed takes its time: it is
looked through in parts, each in a transaction of its own, and all of it within a day.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, and_, bindparam, case, delete, exists, func, literal, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import entries, outbox, pauses
from actions.exchange.passes import Pass
from actions.pledging.silences import silences
from actions.rights import traces
from actions.rights.pruning import is_strange, until
from db import queries
from db.models import NOWHERE, Broadcast, BroadcastState, Outgoing, Pledge
from db.planning import unindexed, unindexed_number
from domain import retention
from domain.accounts import OBJECTION
from domain.outcomes.organising.accounts import AccountMoved
from domain.outcomes.organising.broadcasts import BroadcastCopy, BroadcastProgress
from domain.pledges import State

PART = 2_000  # rows of the outbox that are looked through in one transaction
AT_LEAST = 5  # of these parts in an hour
_HOURS = 24  # within which it is the turn of each part, at most
_OUTBOX = select(*(select(end(Outgoing.id)).scalar_subquery() for end in (func.min, func.max)))


def pruning(now: datetime) -> Pass:
    """The pass over the parts whose turn it is in this hour, by the ids with which they begin."""
    times = {
        "sent_until": now - retention.SENT_KEPT,
        "visitors_until": now - retention.VISITORS_KEPT,
        "objections_until": now - OBJECTION,
    }

    async def find(session: AsyncSession) -> Iterable[int]:
        first, last = (await session.execute(_OUTBOX)).one()
        parts = _parts(first or 0, last or 0, now)
        return parts if await session.scalar(_something_in(parts), times) else ()

    async def prune(session: AsyncSession, part: int) -> None:
        places = {**times, "part_begins": part, "part_ends": part + PART - 1}
        for statement in _PRUNING:
            await session.execute(statement, places, execution_options={"synchronize_session": False})

    return Pass(find, prune)


def _parts(first: int, last: int, now: datetime) -> list[int]:
    parts = range(first // PART, last // PART + 1)
    hours = max(1, min(_HOURS, len(parts) // AT_LEAST))
    hour = int(now.timestamp() // 3600)
    return [part * PART for part in parts if part % hours == hour % hours]


_IN_PART = Outgoing.id.between(bindparam("part_begins"), bindparam("part_ends"))
_EDIT = aliased(Outgoing)
_EDITED = exists().where(_EDIT.edits_row == Outgoing.id, _EDIT.state.in_(outbox.OPEN))
_RUNNING = select(Broadcast.id).where(Broadcast.state == BroadcastState.CONFIRMED)
_COUNTED = and_(
    entries.is_of((BroadcastCopy.Payload, BroadcastProgress.Payload)),
    func.coalesce(Outgoing.object_id, 0).in_(_RUNNING),
)
_HEARD = and_(
    entries.is_of(silences.SIGNS),
    exists().where(unindexed(Pledge.state) == State.ACTIVE, queries.in_pledge(Outgoing.person_id)),
)
# What nothing needs any more. Needed are rows that a pause still holds back, that an edit on its way changes, that a
# broadcast under way counts, that tell when a party of a live pledge was heard of, or that an erasure may have to
# change; and those of groups, which got one hint and get no second one.
_SERVED = (
    Outgoing.created_at < until("sent"),
    Outgoing.state.not_in(outbox.OPEN),
    unindexed_number(Outgoing.chat_id) >= NOWHERE,
    not_(or_(pauses.is_untold(), _EDITED, _COUNTED, _HEARD, traces.may_name(until("sent")))),
)
_LAST_WORD = entries.is_of((AccountMoved.Payload,))
# Also of those who have another account now. To the old one it is known for as long as they may object.
_TOLD_VISITORS = (
    is_strange(Outgoing),
    Outgoing.state.not_in(outbox.OPEN),
    Outgoing.created_at < case((_LAST_WORD, until("objections")), else_=until("visitors")),
)
_PRUNING = (
    delete(Outgoing).where(Outgoing.id.in_(select(Outgoing.id).where(_IN_PART, *_SERVED))),
    update(Outgoing).where(_IN_PART, *_TOLD_VISITORS).values(chat_id=NOWHERE),
)


def _something_in(parts: Iterable[int]) -> Select[int]:
    there = or_(*(Outgoing.id.between(part, part + PART - 1) for part in parts))
    return select(literal(1)).where(
        or_(exists().where(there, *_SERVED), exists().where(there, *_TOLD_VISITORS))
    )

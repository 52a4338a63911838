"""Whoever comes to a workshop on its day, or ends their profile there, gets the last broadcast of that day that is
for them, and reads when it went out.
"""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import ColumnElement, Date, bindparam, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange import entries
from actions.exchange.operator import Operator
from actions.exchange.passes import FOR_CHANGE, Pass, Selected
from actions.organising.broadcasts import running, segments, workshops_chosen
from actions.organising.broadcasts.segments import Sights
from db.models import Broadcast, BroadcastState, Membership, Person, Workshop
from db.types import UtcDateTime
from domain.calendar import instant

_DAY, _MORNING = bindparam("day", type_=Date()), bindparam("morning", type_=UtcDateTime())
_STANDS = (
    Broadcast.state.in_((BroadcastState.CONFIRMED, BroadcastState.FINISHED)),
    Broadcast.ended.is_(None),
    Broadcast.owed_up_to.is_(None),  # to everybody who was there
    Broadcast.words.is_not(None),
    Broadcast.confirmed_at >= _MORNING,
)


def owing(now: datetime, operator: Operator) -> Pass:
    """The pass that owes these copies, a workshop at a time."""
    day = operator.day(now)
    places = {_DAY.key: day, _MORNING.key: instant(day, time.min, operator.zone)}

    async def owe(session: AsyncSession, workshop_id: int) -> None:
        await session.get(Workshop, workshop_id, with_for_update=FOR_CHANGE)
        stands = select(Broadcast).where(_may_go_to(workshop_id), *_STANDS)
        newest_first = stands.order_by(Broadcast.confirmed_at.desc(), Broadcast.id.desc())
        sights, newer = Sights(session, now, operator), list[int]()
        for broadcast in (await session.scalars(newest_first, places)).all():
            if workshop_id not in workshops_chosen.chosen(broadcast):
                continue
            if await _owe_to_latecomers(sights, broadcast, workshop_id, newer) == running.BATCH:
                return  # whoever is left is to get this one, too
            newer.append(broadcast.id)

    return Pass(Selected(_WITH_LATECOMERS, places), owe)


def _may_go_to(workshop_id: ColumnElement[int] | InstrumentedAttribute[int] | int) -> ColumnElement[bool]:
    """The condition on `Broadcast` that it goes to this workshop, or to several of which this may be one."""
    return or_(Broadcast.workshop_id == workshop_id, workshops_chosen.are_several())


async def _owe_to_latecomers(
    sights: Sights, broadcast: Broadcast, workshop_id: int, newer: Sequence[int]
) -> int:
    """Owe copies of it to those of its people who came to this workshop after it set out, and got nothing newer;
    returns how many they are, `running.BATCH` at most.
    """
    has_one = [_has_copy(literal(each)) for each in (broadcast.id, *newer)]
    late = (
        exists()
        .where(
            Broadcast.id == broadcast.id,
            Membership.workshop_id == workshop_id,
            Membership.person_id == Person.id,
            _came_late(),
        )
        .correlate(Person)
    )
    rule = await segments.recipients(sights, broadcast)
    latecomers = select(Person).where(*rule, late, ~or_(*has_one))
    return len(await running.owe_copies(sights, broadcast, latecomers, late=True))


def _came_late() -> ColumnElement[bool]:
    """The condition on a person and their membership: they have come, and are through with their profile, and one of
    these was after the broadcast had set out.
    """
    since = Broadcast.confirmed_at
    return Person.finished_at.is_not(None) & or_(Person.finished_at > since, Membership.joined_at > since)


def _has_copy(broadcast_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition on `Person` that a copy was owed to them. It is looked up by its key."""
    return entries.was_owed(running.copy_keys(broadcast_id))


_WITH_LATECOMERS = select(Workshop.id).where(
    Workshop.day == _DAY,
    exists()
    .where(
        _may_go_to(Workshop.id),
        *_STANDS,
        Membership.workshop_id == Workshop.id,
        Person.id == Membership.person_id,
        _came_late(),
        ~_has_copy(Broadcast.id),
    )
    .correlate(Workshop),
)
"""Workshops of the day with somebody who has come after a broadcast, and got no copy of it: also if it is not for
them.
"""

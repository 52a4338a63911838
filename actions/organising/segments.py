"""Which people a broadcast goes to, and how many there are."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import reach
from db.models import Broadcast, Membership, Person
from domain.outcomes.choices import Purpose
from domain.outcomes.organising.broadcasts import Segment
from domain.roles import Role


def recipients(broadcast: Broadcast, now: datetime) -> list[ColumnElement[bool]]:
    """The conditions: in the workshop and the segment, may be written to now, agrees to A, is not the author."""
    in_workshop = select(Membership.person_id).where(Membership.workshop_id == broadcast.workshop_id)
    rule: list[Any] = [
        Person.id.in_(in_workshop),
        Person.id.in_(reach.gives(Purpose.ANNOUNCEMENTS)),
        reach.writable(now),
        Person.chat_id != broadcast.author_chat_id,
    ]
    match broadcast.segment:
        case Segment.MPS:
            rule += [Person.role == Role.MP, Person.role_confirmed.is_(True)]
        case Segment.ROLE:
            rule.append(Person.role == Role(broadcast.segment_value or ""))
        case Segment.LAND:
            rule.append(Person.land == broadcast.segment_value)
    return rule


async def count(session: AsyncSession, broadcast: Broadcast, now: datetime) -> int:
    """How many people it would go to now."""
    number = select(func.count()).select_from(Person).where(*recipients(broadcast, now))
    return await session.scalar(number) or 0


async def options(
    session: AsyncSession, broadcast: Broadcast, step: Segment | None, now: datetime
) -> tuple[tuple[str, int], ...]:
    """The choices as (value, people). `step` None: everybody and MPs; ROLE or LAND: those that reach somebody."""
    whole = Broadcast(workshop_id=broadcast.workshop_id, author_chat_id=broadcast.author_chat_id)
    if step is None:
        whole.segment = Segment.EVERYBODY
        mps = Broadcast(
            workshop_id=broadcast.workshop_id, author_chat_id=broadcast.author_chat_id, segment=Segment.MPS
        )
        return (
            (Segment.EVERYBODY.value, await count(session, whole, now)),
            (Segment.MPS.value, await count(session, mps, now)),
        )
    column = Person.role if step is Segment.ROLE else Person.land
    counted = await session.execute(
        select(column, func.count())
        .where(*recipients(whole, now), column.is_not(None))
        .group_by(column)
        .order_by(column)
    )
    return tuple((str(getattr(value, "value", value)), people) for value, people in counted if value)

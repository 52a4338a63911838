"""Which people a broadcast goes to, and how many there are."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import reach
from db.models import Broadcast, Membership, Person
from domain.figures import Figure, figure, parts, within
from domain.outcomes.choices import Purpose
from domain.outcomes.organising.broadcasts import Segment
from domain.roles import Role


def recipients(broadcast: Broadcast, now: datetime) -> list[ColumnElement[bool]]:
    """The conditions: in the workshop and the segment, may be written to now, agrees to A, is not the author."""
    in_workshop = select(Membership.person_id).where(Membership.workshop_id == broadcast.workshop_id)
    rule: list[Any] = [
        Person.id.in_(in_workshop),
        reach.gives(Purpose.ANNOUNCEMENTS, Person.id),
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
) -> tuple[tuple[str, Figure], ...]:
    """The choices as (value, people). `step` None: everybody and MPs; ROLE or LAND: those that reach somebody."""
    whole = Broadcast(workshop_id=broadcast.workshop_id, author_chat_id=broadcast.author_chat_id)
    whole.segment = Segment.EVERYBODY
    of_all = await count(session, whole, now)
    if step is None:
        mps = Broadcast(
            workshop_id=broadcast.workshop_id, author_chat_id=broadcast.author_chat_id, segment=Segment.MPS
        )
        return (
            (Segment.EVERYBODY.value, figure(of_all)),
            (Segment.MPS.value, within(await count(session, mps, now), of_all)),
        )
    column = Person.role if step is Segment.ROLE else Person.land
    counted = await session.execute(
        select(column, func.count())
        .where(*recipients(whole, now), column.is_not(None))
        .group_by(column)
        .order_by(column)
    )
    found = [(str(getattr(value, "value", value)), people) for value, people in counted if value]
    figures = parts([people for _, people in found], of_all)
    return tuple((value, told) for (value, _), told in zip(found, figures, strict=True))

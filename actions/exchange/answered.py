"""When people were last answered, which tells when they last said or tapped anything."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.entries import Kinds, alike, is_of
from db.models import Outgoing, Priority
from domain.outcomes.payload import Payload


async def about(
    session: AsyncSession,
    people: Collection[int],
    kind: type[Payload],
    objects: Collection[int],
    before: datetime | None = None,
) -> dict[tuple[int, int], datetime]:
    """When these people were last answered about these objects, whatever was said of them, by (person, object).

    The objects are such as this kind of message is about. `before`: a moment, to ask how that was until then.
    """
    found = await session.execute(
        select(Outgoing.person_id, Outgoing.object_id, func.max(Outgoing.created_at))
        .where(*_replies(people, alike(kind), before), Outgoing.object_id.in_(objects))
        .group_by(Outgoing.person_id, Outgoing.object_id)
    )
    return {(person, number): at for person, number, at in found if person is not None and number is not None}


async def with_one_of(
    session: AsyncSession, people: Collection[int], kinds: Kinds, before: datetime | None = None
) -> dict[int, datetime]:
    """When these people were last answered with one of these kinds, by person; `before` as of `about`."""
    found = await session.execute(
        select(Outgoing.person_id, func.max(Outgoing.created_at))
        .where(*_replies(people, kinds, before))
        .group_by(Outgoing.person_id)
    )
    return {person: at for person, at in found if person is not None}


def _replies(people: Collection[int], kinds: Kinds, before: datetime | None) -> list[ColumnElement[bool]]:
    until = [] if before is None else [Outgoing.created_at < before]
    return [Outgoing.person_id.in_(people), Outgoing.priority == Priority.REPLY, is_of(kinds), *until]

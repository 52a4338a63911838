"""The rows of concerns: who sees to one, or that it was left alone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ConcernMark
from domain.care import ABOUT_PEOPLE, ConcernKind, Key


async def of_kinds(session: AsyncSession, kinds: Collection[ConcernKind]) -> dict[Key, ConcernMark]:
    """All of these kinds."""
    marks = await session.scalars(select(ConcernMark).where(ConcernMark.kind.in_(kinds)))
    return {key_of(each): each for each in marks}


def key_of(mark: ConcernMark) -> Key:
    return mark.kind, mark.object_id, mark.other_id


async def put(session: AsyncSession, key: Key, holder_id: int | None, now: datetime) -> None:
    """From now on this person sees to it; None: it is left alone."""
    mark = await session.scalar(select(ConcernMark).where(*_is(key)).with_for_update())
    if mark is None:
        kind, object_id, other_id = key
        mark = ConcernMark(kind=kind, object_id=object_id, other_id=other_id)
        session.add(mark)
    mark.holder_id, mark.at, mark.reminded = holder_id, now, False


async def remove(session: AsyncSession, key: Key) -> None:
    """Nobody sees to it."""
    await session.execute(delete(ConcernMark).where(*_is(key)))


def _is(key: Key) -> tuple[ColumnElement[bool], ...]:
    kind, object_id, other_id = key
    return ConcernMark.kind == kind, ConcernMark.object_id == object_id, ConcernMark.other_id == other_id


async def forget(session: AsyncSession, person_id: int) -> None:
    """Of concerns about somebody who is about to be deleted."""
    about = or_(ConcernMark.object_id == person_id, ConcernMark.other_id == person_id)
    marks = delete(ConcernMark).where(ConcernMark.kind.in_(ABOUT_PEOPLE), about)
    await session.execute(marks.execution_options(synchronize_session=False))

"""Reads rows although one of them may be damaged: whatever cannot be read is left out, and nothing else."""

import logging
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.interfaces import ORMOption

from db.cipher import UndecipherableError
from db.models import Person, Pledge, Workshop

log = logging.getLogger(__name__)

UNREADABLE = (UndecipherableError, LookupError, ValueError)
"""What reading a damaged row raises: words that do not decrypt, or a value that no version stored."""

Row = TypeVar("Row", Person, Pledge, Workshop)


async def intact(
    session: AsyncSession, table: type[Row], found: Select[int], *options: ORMOption
) -> list[Row]:
    """The rows whose ids `found` selects, in its order, without those that cannot be read. These are logged by id."""
    ids = (await session.scalars(found)).all()
    rows = {row.id: row for row in await _readable(session, table, ids, options)}
    return [rows[number] for number in ids if number in rows]


async def _readable(
    session: AsyncSession, table: type[Row], ids: Sequence[int], options: tuple[Any, ...]
) -> list[Row]:
    """Halves the rows until the damaged ones are alone."""
    if not ids:
        return []
    rows = select(table).where(table.id.in_(ids)).options(*options)
    try:
        return list((await session.scalars(rows)).all())
    except UNREADABLE as error:
        if len(ids) == 1:
            log.error("%s %s cannot be read: %s", table.__tablename__, ids[0], type(error).__name__)  # noqa: TRY400
            return []
    middle = len(ids) // 2
    first = await _readable(session, table, ids[:middle], options)
    return first + await _readable(session, table, ids[middle:], options)

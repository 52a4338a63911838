"""Inserts the rows that are not there yet, in one statement on either database."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Base


async def insert_missing(session: AsyncSession, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, skipping those whose key is taken, even if another process takes it at this moment."""
    if not rows:
        return
    # Either is loaded already, by the database that there is; the other would take 2 MB.
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    await session.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))

"""Whether the key in the file is the one that this database's words were encrypted with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, ColumnElement, Engine, LargeBinary, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from db.cipher import KeyFileError, UndecipherableError, load_key, load_or_create_key
from db.inserting import insert_missing
from db.migrate import opened
from db.models import Base, KeyCheck
from db.session import Database, sync_url
from db.types import Encrypted, EncryptedJson

_WORDS = "These words can be read with the right key."


def key_for(url: str, path: Path) -> bytes:
    """The key in this file for the migrated database at `url`. It is created only for a database without words.

    Raises KeyFileError if the file cannot be used, or is missing though there are words.
    """
    key = load_key(path)
    if key is not None:
        return key
    with opened(sync_url(url)) as engine:
        if _holds_words(engine):
            raise KeyFileError("it is missing, and the database holds words that were written with a key")
    return load_or_create_key(path)


async def check_key(database: Database) -> None:
    """See that the database was written with the key it is opened with. Raises KeyFileError for another key.

    The first time, something to check later is written down.
    """
    async with database.writer.begin() as session:
        if not await is_right_key(session):
            raise KeyFileError("it holds another key than the one that this database was written with")
        if await session.get(KeyCheck, 1) is None:
            # Several processes may start together.
            await insert_missing(session, KeyCheck, [{"id": 1, "words": _WORDS}])


async def is_right_key(session: AsyncSession) -> bool:
    """Can what was written at the first start be read? In a database from before that: any first value of a column."""
    checks = await _readable(session, KeyCheck.__table__.c.words)
    if checks is not None:
        return checks
    tried = [await _readable(session, column) for column in _encrypted_columns()]
    there = [readable for readable in tried if readable is not None]
    return any(there) or not there


async def _readable(session: AsyncSession, column: ColumnElement[Any]) -> bool | None:
    """Can the first value in this column be decrypted? None if there is none."""
    try:
        found = await session.scalar(select(column).where(column.is_not(None)).limit(1))
    except UndecipherableError:
        return False
    return None if found is None else True


def _holds_words(engine: Engine) -> bool:
    with engine.connect() as connection:
        return any(
            connection.scalar(select(type_coerce(column, LargeBinary)).where(column.is_not(None)).limit(1))
            is not None
            for column in _encrypted_columns()
        )


def _encrypted_columns() -> Iterator[Column[Any]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Encrypted | EncryptedJson):
                yield column

"""Lets one process at a time use a database. The operating system or PostgreSQL frees the lock of a dead process."""

import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import URL, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from db.session import async_url, is_sqlite

# Any number will do, as long as it never changes: PostgreSQL's advisory locks are separate for each database.
_ADVISORY_KEY = 7_021_790_541


class InUse(Exception):  # noqa: N818 - control flow: this process has to end
    """Another process holds the lock on this database."""


StillHeld = Callable[[], Awaitable[bool]]


@asynccontextmanager
async def hold(url: str) -> AsyncIterator[StillHeld]:
    """Hold the lock on the database at `url`; the function it yields tells whether the lock is still held.

    It is a file beside an SQLite database, and an advisory lock on PostgreSQL, lost with the connection that
    holds it. Raises InUse at once if another process has it.
    """
    parsed = async_url(url)
    async with _file_lock(parsed) if is_sqlite(parsed) else _advisory_lock(parsed) as still_held:
        yield still_held


@asynccontextmanager
async def _file_lock(url: URL) -> AsyncIterator[StillHeld]:
    path = Path(f"{url.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse from None
        yield _always
    finally:
        os.close(descriptor)


async def _always() -> bool:
    return True


@asynccontextmanager
async def _advisory_lock(url: URL) -> AsyncIterator[StillHeld]:
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True)
    async with engine.connect() as connection:
        if not await connection.scalar(select(func.pg_try_advisory_lock(_ADVISORY_KEY))):
            raise InUse
        yield lambda: _answers(connection)


async def _answers(connection: AsyncConnection) -> bool:
    try:
        return await connection.scalar(select(1)) == 1
    except DBAPIError:
        return False

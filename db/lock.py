"""Lets one process at a time use a database. The operating system or PostgreSQL frees the lock of a dead process."""

import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import URL, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from db.session import async_url, is_sqlite

# Any number will do, as long as it never changes: PostgreSQL's advisory locks are separate for each database.
ADVISORY_KEY = 7_021_790_541


class InUse(Exception):  # noqa: N818 - control flow: this process has to end
    """Another process holds the lock on this database."""


StillHeld = Callable[[], Awaitable[bool]]


@asynccontextmanager
async def hold(url: str) -> AsyncIterator[StillHeld]:
    """Hold the lock on the database at `url`. The function it yields tells whether the lock is held, and takes it
    again if it was lost. It returns False while the database cannot be reached, and raises InUse if somebody else has
    the lock.

    It is a file beside an SQLite database, and an advisory lock on PostgreSQL, lost with the connection that
    holds it. Raises InUse at once if another process has it.
    """
    parsed = async_url(url)
    async with _file_lock(parsed) if is_sqlite(parsed) else _advisory_lock(parsed) as still_held:
        yield still_held


@asynccontextmanager
async def _file_lock(url: URL) -> AsyncIterator[StillHeld]:
    path = _beside(url)
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


def _beside(url: URL) -> Path:
    """The file of the lock: the same one by whatever link the database is reached."""
    return Path(f"{Path(url.database or '').resolve()}.lock")


async def _always() -> bool:
    return True


@asynccontextmanager
async def _advisory_lock(url: URL) -> AsyncIterator[StillHeld]:
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True)
    lock = _AdvisoryLock(engine)
    try:
        await lock.take()
        yield lock.held
    finally:
        await lock.drop()


class _AdvisoryLock:
    """PostgreSQL's lock, and the connection that it lives in."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None

    async def take(self) -> None:
        """Raises InUse if another connection has it."""
        self._connection = await self._engine.connect()
        if not await self._connection.scalar(select(func.pg_try_advisory_lock(ADVISORY_KEY))):
            await self.drop()
            raise InUse

    async def held(self) -> bool:
        try:
            if self._connection is None:
                await self.take()
            elif await self._connection.scalar(select(1)) != 1:
                return False
        except DBAPIError:
            await self.drop()
            return False
        return True

    async def drop(self) -> None:
        """Also a connection that is broken: there is nothing to say goodbye to then."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()

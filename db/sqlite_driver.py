"""aiosqlite with one trip to its thread for each statement.

A trip costs more than most statements, and a statement through SQLAlchemy takes four of them: to make a cursor, to
execute, to fetch and to close. Here the thread does all four at once, and begins the transaction on the way to its
first statement. Nothing here reads a result bit by bit.
"""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite
from sqlalchemy import URL

Parameters = Iterable[Any]


class OneTripCursor:
    """What SQLAlchemy's adapter uses of a cursor. All rows are here once a statement was executed."""

    def __init__(self, run: Callable[..., Any]) -> None:
        self._run = run
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Parameters | None = None) -> Self:
        await self._run(self._all_at_once, sqlite3.Cursor.execute, sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Parameters]) -> Self:
        await self._run(self._all_at_once, sqlite3.Cursor.executemany, sql, parameters)
        return self

    def _all_at_once(
        self, connection: sqlite3.Connection, execute: Callable[..., Any], sql: str, parameters: Any
    ) -> None:
        """In the connection's thread."""
        cursor = connection.cursor()
        try:
            execute(cursor, sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()

    async def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    async def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        size = self.arraysize if size is None else size
        some, self._rows = self._rows[:size], self._rows[size:]
        return some

    async def fetchall(self) -> Sequence[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def __aiter__(self) -> AsyncIterator[Any]:
        for row in await self.fetchall():
            yield row

    async def close(self) -> None:
        self._rows = []


class OneTripConnection(aiosqlite.Connection):
    rewritten_after: int | None = None
    """How many changes it had made when the file was last written anew; None: not yet."""

    _begins: str | None = None
    _is_open = False  # as far as statements were sent: a cancelled one may still be on its way to the thread

    def begins(self, statement: str) -> None:
        """A transaction begins with this statement, right before whatever is executed next."""
        self._begins = statement

    def cursor(self) -> OneTripCursor:  # type: ignore[override] # SQLAlchemy's adapter asks for no more
        return OneTripCursor(self._run)

    async def commit(self) -> None:
        await self._end(super().commit)

    async def rollback(self) -> None:
        """SQLAlchemy asks for it again whenever a connection goes back to its pool."""
        await self._end(super().rollback)

    async def _end(self, end: Callable[[], Awaitable[None]]) -> None:
        """Without a trip if nothing was executed. A transaction that could not be ended is still open."""
        self._begins = None
        if self._is_open:
            await end()
            self._is_open = False

    async def _run(self, function: Callable[..., Any], *args: Any) -> None:
        begins, self._begins = self._begins, None
        self._is_open = True
        await self._execute(self._in_transaction, begins, function, *args)  # type: ignore[no-untyped-call]

    def _in_transaction(self, begins: str | None, function: Callable[..., Any], *args: Any) -> None:
        """In the connection's thread."""
        if begins is not None:
            self._conn.execute(begins)
        function(self._conn, *args)


async def connect(url: URL) -> OneTripConnection:
    """A connection to the SQLite file of this URL, with the options in it."""
    args: Any
    options: Any
    args, options = url.get_dialect()().create_connect_args(url)
    connection = OneTripConnection(lambda: sqlite3.connect(*args, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does: a connection left open must not hold up the end
    await connection
    return connection

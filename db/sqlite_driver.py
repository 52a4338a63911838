"""aiosqlite with a trip to its thread only for what may take long.

A trip costs more than most statements, and a statement through SQLAlchemy takes four of them: to make a cursor, to
execute, to fetch and to close. Here all four happen at once: in the thread if they may have to wait, as the first
statement of a transaction may (for a lock) and a commit (for the disk), or if the statement is known to take long;
otherwise right here, in the event loop. Nothing here reads a result bit by bit.
"""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from time import thread_time
from typing import Any, Self

import aiosqlite
from sqlalchemy import URL

Parameters = Iterable[Any]

_LONG = 0.005  # seconds of computing for one statement
_TURN = 0.02  # seconds of computing, after which a transaction lets others have theirs
_MOST_LONG = 1000  # statements remembered: one that differs by its number of values is another
_PREPARED = (
    512  # statements kept prepared by each connection; a day's turns and ticks have some three hundred
)
_take_long: set[str] = set()
"""Statements that once took longer than `_LONG`."""


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
        await self._run(sql, self._all_at_once, sqlite3.Cursor.execute, sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Parameters]) -> Self:
        await self._run(sql, self._all_at_once, sqlite3.Cursor.executemany, sql, parameters)
        return self

    def _all_at_once(
        self, connection: sqlite3.Connection, execute: Callable[..., Any], sql: str, parameters: Any
    ) -> None:
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
    """How many changes it had made when the file was last rewritten; None: not yet."""

    _begins: str | None = None
    _is_open = False  # as far as statements were sent: a cancelled one may still be on its way to the thread
    _is_away = True  # the thread may be at work on it; the first statement opens the file
    _stayed_since = 0.0  # the time of computing at which it was last in the thread

    def begins(self, statement: str) -> None:
        """A transaction begins with this statement, right before whatever is executed next."""
        self._begins = statement

    def cursor(self) -> OneTripCursor:  # type: ignore[override] # SQLAlchemy's adapter asks for no more
        return OneTripCursor(self._run)

    async def commit(self) -> None:
        """Without a trip if nothing was executed."""
        self._begins = None
        if self._is_open:
            await super().commit()
            self._is_open = False

    async def rollback(self) -> None:
        """SQLAlchemy asks for it again whenever a connection goes back to its pool. A transaction that could not be
        ended is still open.
        """
        self._begins = None
        if self._is_open and self._is_away:
            await super().rollback()
        elif self._is_open:
            self._conn.rollback()
        self._is_open = False

    async def _run(self, sql: str, function: Callable[..., Any], *args: Any) -> None:
        begins, self._begins = self._begins, None
        self._is_open = True
        began = thread_time()
        if begins or self._is_away or sql in _take_long or began - self._stayed_since > _TURN:
            await self._execute(self._in_transaction, begins, function, *args)
            return
        function(self._conn, *args)
        if thread_time() - began > _LONG and len(_take_long) < _MOST_LONG:
            _take_long.add(sql)

    async def _execute(self, fn: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """In the thread. If whoever waits for it is cancelled, it goes on there."""
        self._is_away = True
        try:
            answer = await super()._execute(fn, *args, **more)  # type: ignore[no-untyped-call]
        except Exception:
            self._back()
            raise
        self._back()
        return answer

    def _back(self) -> None:
        self._is_away, self._stayed_since = False, thread_time()

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
    options = {"cached_statements": _PREPARED, **options}
    connection = OneTripConnection(lambda: sqlite3.connect(*args, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does: a connection left open must not hold up the end
    await connection
    return connection

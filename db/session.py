"""Database sessions: one factory for sessions that write and one for sessions that read, on either database."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, ExceptionContext, event, make_url, text
from sqlalchemy.exc import ArgumentError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.compiler import InsertmanyvaluesSentinelOpts

from db.cipher import Cipher
from db.once import READS_ONLY
from db.sqlite_driver import connect
from db.types import bind_cipher

Sessions = async_sessionmaker[AsyncSession]

# The database is locked, full, damaged, read-only or away, which may pass. Any other error of it is our own bug.
TROUBLE = (OperationalError, InterfaceError, InternalError, PoolTimeoutError)
_ARE_TROUBLE = {
    "DatabaseError": "OperationalError",  # SQLite's error for a damaged file
    "InsufficientPrivilege": "OperationalError",  # PostgreSQL's, if the provider has revoked the right to write
}

_ON_COMMIT = "on_commit"
_READ_ONLY = "25006"  # PostgreSQL's SQLSTATE for a read-only transaction
COPY = ".before-upgrade"  # suffix of the copy that a migration makes of an SQLite file
HALF_A_COPY = f"{COPY}.new"  # suffix of that copy until it is complete
_BUSY_TIMEOUT = 10_000  # milliseconds
_STANDS_STILL = 15  # seconds
_FOR_READERS = 500  # milliseconds that emptying the log waits for readers, while writers wait for it

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # an update that was confirmed to Telegram has to survive a power cut
    f"busy_timeout={_BUSY_TIMEOUT}",
    "foreign_keys=ON",
    "secure_delete=ON",  # what was erased is overwritten
)


@dataclass(frozen=True, slots=True)
class Database:
    """Where sessions come from. `writer.begin()` at the edge is the unit of work; `reader` refuses to write.

    On SQLite, writers queue for one connection: from the first statement of a writing transaction, even a select,
    the others wait, and nothing it reads can change. On PostgreSQL that is true only of rows read
    `with_for_update()`, which SQLite ignores: read rows that way if you mean to change them.
    """

    writer: Sessions
    reader: Sessions
    engines: tuple[AsyncEngine, ...]
    opened: "_OpenedFile"

    async def close(self) -> None:
        for engine in self.engines:
            await engine.dispose()


def open_database(url: str, cipher: Cipher) -> Database:
    """The database at `url`; the folder of an SQLite file is created. Raises ValueError for any other URL."""
    parsed = async_url(url)
    write, read = _sqlite(parsed) if is_sqlite(parsed) else _postgres(parsed)
    for engine in (write, read):
        bind_cipher(engine, cipher)
        engine.dialect.dbapi_exception_translation_map = _ARE_TROUBLE
    opened = _OpenedFile(parsed.database if is_sqlite(parsed) else None)
    event.listen(write.sync_engine, "connect", opened.note)
    return Database(_sessions(write), _sessions(read, READS_ONLY), engines=(write, read), opened=opened)


class _OpenedFile:
    """Which SQLite file was opened first; a file that is removed lives on, unseen, as long as it is open."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._first: tuple[int, int] | None = None

    def note(self, *_connection: object) -> None:
        self._first = self._first or self._now()

    def is_in_place(self) -> bool:
        return self._first is None or self._first == self._now()

    def _now(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        try:
            found = Path(self._path).stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


def is_in_place(database: Database) -> bool:
    """Whether the SQLite file is still the one that was opened. True before the first write, and of PostgreSQL."""
    return database.opened.is_in_place()


def async_url(url: str) -> URL:
    """The URL with the driver that the bot uses. Raises ValueError, without the URL: it may hold a password."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("not the URL of a database") from None
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
    raise ValueError("neither the URL of an SQLite file nor of a PostgreSQL database")


def sync_url(url: str) -> URL:
    """The URL for synchronous use, that is, for Alembic. Raises ValueError as `async_url` does."""
    parsed = async_url(url)
    return parsed.set(drivername="sqlite") if is_sqlite(parsed) else parsed


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def on_commit(database: Database, callback: Callable[[], None]) -> None:
    """Call `callback`, which must not raise, after each commit of a writing session with `info["wake"]` set."""
    give(database, _ON_COMMIT, callback)


def give(database: Database, name: str, what: object) -> None:
    """Every writing session has this in its `info` from now on."""
    database.writer.configure(info={**(database.writer.kw.get("info") or {}), name: what})


class BotSession(Session):
    """Tells of its commits."""


@event.listens_for(BotSession, "after_commit")
def _committed(session: Session) -> None:
    if not session.in_nested_transaction() and session.info.pop("wake", False) and _ON_COMMIT in session.info:
        session.info[_ON_COMMIT]()


@event.listens_for(BotSession, "after_rollback")
def _rolled_back(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop("wake", None)


def is_alone(session: AsyncSession) -> bool:
    """Whether nobody else can write until this transaction, which writes, ends: so it is on SQLite."""
    return session.get_bind().dialect.name == "sqlite"


async def keep_still(session: AsyncSession, table: type[DeclarativeBase]) -> None:
    """Nobody else writes to the table until this transaction ends; whoever is just writing is waited for.

    On SQLite that is true of every transaction that writes.
    """
    if not is_alone(session):
        await session.execute(text(f"LOCK TABLE {table.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))


async def truncate_wal(database: Database) -> bool:
    """Empty SQLite's write-ahead log, where pages from before an erasure stay until they are overwritten.

    Returns False if a reader or any trouble was in the way: then try again. Does nothing on PostgreSQL. Call it
    outside transactions.
    """
    engine = database.engines[0]
    if engine.dialect.name != "sqlite":
        return True
    async with engine.connect() as connection:
        # Through the driver: SQLAlchemy would begin a transaction, in which a checkpoint is refused.
        driver: Any = (await connection.get_raw_connection()).driver_connection
        # Each result is read: of a statement that is still open, SQLite would later refuse VACUUM.
        await driver.execute_fetchall(f"PRAGMA busy_timeout={_FOR_READERS}")
        try:
            busy, _, _ = next(iter(await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")))
        except sqlite3.Error:
            return False
        finally:
            await driver.execute_fetchall(f"PRAGMA busy_timeout={_BUSY_TIMEOUT}")
    return not busy


async def rewrite(database: Database) -> bool:
    """Rewrite SQLite's file and empty its log: when rows move within it, copies of what was deleted later may stay
    in the space that a page leaves free, where `secure_delete` does not look. A file in which no row was changed since
    is left as it is.

    Returns False if any trouble was in the way, such as a disk without room for a second copy: then try again. Does
    nothing on PostgreSQL. Call it outside transactions.
    """
    engine = database.engines[0]
    if engine.dialect.name == "sqlite":
        async with engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            changes = driver.total_changes
            try:
                if driver.rewritten_after != changes:
                    await driver.execute_fetchall("VACUUM")
            except sqlite3.Error:
                return False
            driver.rewritten_after = changes
    return await truncate_wal(database)


def drop_copy(session: AsyncSession, made_before: datetime | None = None) -> None:
    """Remove the copy a migration made, even an unfinished one: anybody erased since is still in it.

    `made_before`: only if it is older than that. Does nothing on PostgreSQL.
    """
    for path in _copies(session):
        with suppress(FileNotFoundError):
            if made_before is None or path.stat().st_mtime < made_before.timestamp():
                path.unlink()


def has_copy(session: AsyncSession) -> bool:
    """Whether there is anything that `drop_copy` may remove, however old."""
    return any(path.exists() for path in _copies(session))


def _copies(session: AsyncSession) -> list[Path]:
    url = session.get_bind().engine.url
    return [Path(f"{url.database}{end}") for end in (COPY, HALF_A_COPY)] if is_sqlite(url) else []


def _sessions(engine: AsyncEngine, info: dict[Any, Any] | None = None) -> Sessions:
    return async_sessionmaker(engine, expire_on_commit=False, sync_session_class=BotSession, info=info)


def _sqlite(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    own = {"hide_parameters": True, "async_creator": partial(connect, url)}
    write = create_async_engine(url, pool_size=1, max_overflow=0, **own)
    _prepare(write, _PRAGMAS, begin="BEGIN IMMEDIATE")
    # Rows of one INSERT get rising ids in their order, so that ids need not be asked for row by row.
    write.dialect.insertmanyvalues_implicit_sentinel = InsertmanyvaluesSentinelOpts.ANY_AUTOINCREMENT
    # The connection used last has its statements prepared, and its pages at hand.
    read = create_async_engine(url, pool_use_lifo=True, **own)
    _prepare(read, (*_PRAGMAS, "query_only=ON"), begin="BEGIN DEFERRED")
    return write, read


def _prepare(engine: AsyncEngine, pragmas: tuple[str, ...], *, begin: str) -> None:
    """Emit BEGIN ourselves: the driver would do it too late, and never as IMMEDIATE."""

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.begins(begin)

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)


def _postgres(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    # Each with connections of its own: one that was used to read would say READ WRITE afterwards, whatever the server
    # says of itself.
    write, read = (create_async_engine(url, hide_parameters=True, pool_pre_ping=True) for _ in range(2))
    for engine in (write, read):
        event.listen(engine.sync_engine, "handle_error", _leave_read_only)
    event.listen(write.sync_engine, "connect", _give_up_the_frozen)
    return write, read.execution_options(postgresql_readonly=True)


def _give_up_the_frozen(connection: Any, _record: object) -> None:
    """A process that stands still in the middle of a transaction loses it, and with it what it has locked."""
    cursor = connection.cursor()
    cursor.execute(f"SET idle_in_transaction_session_timeout = '{_STANDS_STILL}s'")
    cursor.close()
    connection.commit()


def _leave_read_only(error: ExceptionContext) -> None:
    """Drop a connection that has become read-only, as after a failover: a new one finds a server that can write."""
    error.is_disconnect |= getattr(error.original_exception, "sqlstate", None) == _READ_ONLY

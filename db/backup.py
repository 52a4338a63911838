"""Backups: all rows as they are at one moment, while the bot runs, and back into a database, SQLite or PostgreSQL.

Tables are read as the database describes them, not as the models do: a backup is as old as it is, and is brought to
this version's tables when it is restored.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import (
    URL,
    Connection,
    ForeignKeyConstraint,
    MetaData,
    Table,
    create_engine,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.pool import NullPool

from db.backup_file import BackupError, BackupReader, BackupWriter, Manifest, TableInBackup
from db.cipher import Cipher
from db.damage import where_damaged
from db.journal import sync_folder
from db.json_values import portable, reading
from db.migrate import NewerDatabaseError, change, history, opened, upgrade
from db.migrations.keeping import numbered
from db.models import Base
from db.session import is_sqlite, sync_url

_VERSIONS = "alembic_version"
_AT_ONCE = 1000  # rows
# No id that was given out after the backup is given out again: old buttons hold some.
_GAP = 1_000_000


def back_up(url: str, path: Path, cipher: Cipher, now: datetime, *, replace: bool) -> Manifest:
    """Write a backup of the database at `url`, look at what was written, and only then give it its name.

    Raises BackupError, one of TROUBLE, OSError. `replace`: a file of that name may be there.
    """
    if path.exists() and not replace:
        raise BackupError("is there already; --replace overwrites it")
    with _beside(path) as part:
        with part.open("wb") as file:
            with BackupWriter(file, cipher) as writer:
                manifest = _dump(url, writer, now)
            file.flush()
            os.fsync(file.fileno())
        with BackupReader(part, cipher) as written:
            written.verify()
        if replace:
            part.replace(path)
        else:
            _name(part, path)
    sync_folder(path.resolve().parent)
    return manifest


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A file that only its owner can read. One that a killed run left behind is written over."""
    part = path.with_name(f"{path.name}.part")
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError("is just being written by another process") from None
        try:
            yield part
        finally:
            part.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def _name(part: Path, path: Path) -> None:
    try:
        os.link(part, path)
    except FileExistsError:
        raise BackupError("is there already; --replace overwrites it") from None


def _dump(url: str, writer: BackupWriter, now: datetime) -> Manifest:
    with _snapshot(sync_url(url)) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            raise BackupError("cannot be made: the database holds no tables of the bot's")
        tables = MetaData()
        tables.reflect(connection)
        given_out = _given_out(connection, tables)
        written = {
            table.name: _write(connection, writer, table, given_out.get(table.name))
            for table in tables.sorted_tables
            if table.name != _VERSIONS
        }
    manifest = Manifest(now, revision, written)
    writer.seal(manifest)
    return manifest


@contextmanager
def _snapshot(url: URL) -> Iterator[Connection]:
    """A connection on which everything is as it was at one moment, and which keeps nobody from writing."""
    if is_sqlite(url) and not Path(url.database or "").exists():
        raise BackupError("cannot be made: there is no database yet")
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    if is_sqlite(url):
        event.listen(engine, "connect", _for_reading)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN DEFERRED"))
    else:
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    finally:
        engine.dispose()


def _for_reading(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout=10000", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write(
    connection: Connection, writer: BackupWriter, table: Table, given_out: int | None
) -> TableInBackup:
    there = connection.scalar(select(func.count()).select_from(table))
    order = list(table.primary_key.columns) or list(table.columns)
    found = connection.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*order))
    columns = [column.name for column in table.columns]
    rows = ([portable(each) for each in row] for row in found)
    try:
        written = writer.add(table.name, columns, rows, given_out)
    except ValueError:
        raise BackupError(f"cannot be made: {where_damaged(connection, table)}") from None
    if written.rows != there:
        raise BackupError(f"cannot be made: {there} rows of {table.name} are there, {written.rows} were read")
    return written


# --- and back


def restore(url: str, backup: BackupReader) -> None:
    """Replace all that the database at `url` holds with the backup, in one transaction, and bring it to this
    version's tables. Hold the lock on the database.

    Raises BackupError, RefusedUpgradeError (also for a backup or a database of a newer version), one of TROUBLE.
    """
    manifest = backup.manifest
    if manifest.revision not in history():
        raise NewerDatabaseError("the backup was made by a newer version")
    backup.verify()
    upgrade(url)  # what is there may be older than its tables are known
    with opened(sync_url(url)) as engine, engine.begin() as connection:
        _drop_all(connection, manifest)
        _make_tables(connection, manifest.revision)
        tables = MetaData()
        tables.reflect(connection)
        with _references_later(connection, tables):
            _fill(connection, tables, backup)
        _go_on_counting(connection, tables, manifest)
        change(connection, "upgrade", "head")


def _drop_all(connection: Connection, manifest: Manifest) -> None:
    names = {_VERSIONS, *Base.metadata.tables, *manifest.tables}
    if connection.dialect.name == "postgresql":
        quoted = ", ".join(_quoted(connection, name) for name in sorted(names))
        connection.execute(text(f"DROP TABLE IF EXISTS {quoted}"))
        return
    for name in sorted(names):
        connection.execute(text(f"DROP TABLE IF EXISTS {_quoted(connection, name)}"))


def _make_tables(connection: Connection, revision: str) -> None:
    """Those of this revision, empty; today's are made at once, and are the same."""
    if revision == history()[-1]:
        Base.metadata.create_all(connection)
        change(connection, "stamp", revision)
    else:
        change(connection, "upgrade", revision)


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)


@contextmanager
def _references_later(connection: Connection, tables: MetaData) -> Iterator[None]:
    """Rows may refer to rows that come after them; on SQLite the upgrade looks at the end."""
    if connection.dialect.name != "postgresql":
        yield
        return
    _let(connection, tables, "DEFERRABLE INITIALLY DEFERRED")
    yield
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _let(connection, tables, "NOT DEFERRABLE")


def _let(connection: Connection, tables: MetaData, be: str) -> None:
    for table in tables.tables.values():
        for each in table.constraints:
            if isinstance(each, ForeignKeyConstraint):
                names = [_quoted(connection, str(name)) for name in (table.name, each.name)]
                connection.execute(text(f"ALTER TABLE {names[0]} ALTER CONSTRAINT {names[1]} {be}"))


def _fill(connection: Connection, tables: MetaData, backup: BackupReader) -> None:
    for name, held in backup.manifest.tables.items():
        table = tables.tables[name]
        read = [reading(table.columns[column]) for column in held.columns]
        rows = (
            dict(zip(held.columns, (to(v) for to, v in zip(read, row, strict=True)), strict=True))
            for row in backup.rows(name)
        )
        while some := list(islice(rows, _AT_ONCE)):
            connection.execute(insert(table), some)


def _given_out(connection: Connection, tables: MetaData) -> dict[str, int]:
    """The tables that number their rows, with the highest id that each has given out."""
    if connection.dialect.name == "sqlite":
        return numbered(connection)
    found = {}
    for table in tables.tables.values():
        if (sequence := _sequence(connection, table)) is not None:
            asked = text(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 - the database named it
            last = connection.execute(asked).one()
            found[table.name] = last.last_value if last.is_called else 0
    return found


def _sequence(connection: Connection, table: Table) -> str | None:
    if "id" not in table.columns:
        return None
    asked = select(func.pg_get_serial_sequence(_quoted(connection, table.name), "id"))
    return connection.scalar(asked)


def _go_on_counting(connection: Connection, tables: MetaData, manifest: Manifest) -> None:
    """No id is given out twice: neither those in the backup nor those that were given out after it."""
    for name, held in manifest.tables.items():
        if held.given_out is None:
            continue
        highest = held.given_out + _GAP
        if connection.dialect.name == "sqlite":
            row = {"name": name, "seq": highest}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), row)
        elif (sequence := _sequence(connection, tables.tables[name])) is not None:
            connection.execute(select(func.setval(sequence, highest)))

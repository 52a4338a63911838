"""Bring a database to this version's tables: alone, all or nothing, and with a copy kept of what was there.

Alembic is loaded by whatever needs it, and not by most starts, which find the newest tables: it takes 10 MB.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, select, text
from sqlalchemy.pool import NullPool

from db.models import Base
from db.session import COPY, HALF_A_COPY, is_sqlite, sync_url

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).with_name("migrations")
# Not the key of `db.lock`: whoever holds that one waits for this one.
_ADVISORY_KEY = 7_021_790_542
# Foreign keys stay off: SQLite changes a column by copying its table, and dropping the old one would
# cascade to every child row. They are checked before the commit instead.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "secure_delete=ON",
    "foreign_keys=OFF",
)


class RefusedUpgradeError(Exception):
    """The database stays as it was; the text says why, in one line."""


class NewerDatabaseError(RefusedUpgradeError):
    """The database was made by a version that this one does not know."""


class BrokenReferencesError(RefusedUpgradeError):
    """After the migration, rows would refer to rows that do not exist."""


class LostError(RefusedUpgradeError):
    """After the migration, the tables would no longer guarantee what they did, or what the models say."""


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database at `url` up to `revision` in one transaction: killed half-way, nothing changed.

    Waits for others that are at it. An SQLite file that holds tables is first copied to
    `<file>.before-upgrade`. Raises RefusedUpgradeError, ValueError for another URL.
    """
    parsed = sync_url(url)
    with _alone(parsed), opened(parsed) as engine:
        if _is_at(engine, revision):
            return
        if is_sqlite(parsed):
            _copy(engine, Path(parsed.database or ""))
        _change(engine, "upgrade", revision)


def downgrade(url: str, revision: str) -> None:
    """Back to `revision` ("base": no tables), losing what older tables cannot hold. For developers."""
    parsed = sync_url(url)
    with _alone(parsed), opened(parsed) as engine:
        _change(engine, "downgrade", revision)


def differences(url: str) -> list[Any]:
    """How the database's tables differ from `db.models`, in Alembic's terms and ours; empty if they do not."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - see above
    from alembic.migration import MigrationContext  # noqa: PLC0415

    from db.migrations.missing import missing  # noqa: PLC0415

    with opened(sync_url(url)) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return [*compare_metadata(context, Base.metadata), *missing(connection, Base.metadata)]


def history() -> list[str]:
    """All revisions, oldest first: they are numbered, and so are their files."""
    return sorted(path.name[1:].partition("_")[0] for path in (FOLDER / "versions").glob("r*_*.py"))


def config_for(connection: Connection | None = None) -> "Config":
    """Alembic's configuration, without a file of its own."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


@contextmanager
def opened(url: URL) -> Iterator[Engine]:
    """An engine of its own, for migrations only."""
    if is_sqlite(url):
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    if is_sqlite(url):
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        yield engine
    finally:
        engine.dispose()


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would commit before each CREATE TABLE
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _is_at(engine: Engine, revision: str) -> bool:
    known = history()
    with engine.connect() as connection:
        current = _revision(connection)
    if current is not None and current not in known:
        raise NewerDatabaseError("the database was made by a newer version")
    return current is not None and current == (known[-1] if revision == "head" else revision)


def _revision(connection: Connection) -> str | None:
    """Which one the database is at; None without tables, or with none that was made by a revision."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _change(engine: Engine, direction: str, revision: str) -> None:
    with engine.begin() as connection:
        change(connection, direction, revision)


def change(connection: Connection, direction: str, revision: str) -> None:
    """ "upgrade" or "downgrade" in a transaction that has begun. Raises RefusedUpgradeError: then roll it back."""
    from alembic import command  # noqa: PLC0415 - see above

    from db.migrations.keeping import forgotten, numbered  # noqa: PLC0415
    from db.migrations.missing import missing  # noqa: PLC0415

    held_tables, given_out = bool(inspect(connection).get_table_names()), numbered(connection)
    getattr(command, direction)(config_for(connection), revision)
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BrokenReferencesError("rows would refer to rows that are not there")
    lost = forgotten(connection, given_out)
    # A new database has nothing to lose; and while a migration is written, the models are ahead of it.
    if held_tables and _revision(connection) == history()[-1]:
        lost += missing(connection, Base.metadata)
    if lost:
        raise LostError(f"undone, for the upgrade loses {'; '.join(lost)}")


def _copy(engine: Engine, path: Path) -> None:
    """Keep what was there, for a day at most (`drop_copy`). Written beside and renamed: it is whole, or not there."""
    if not inspect(engine).get_table_names():
        return
    target, beside = (path.with_name(path.name + end) for end in (COPY, HALF_A_COPY))
    beside.unlink(missing_ok=True)
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(engine.raw_connection()) as raw:  # outside any transaction, as VACUUM demands
        raw.cursor().execute("VACUUM INTO ?", (str(beside),))
    beside.replace(target)


@contextmanager
def _alone(url: URL) -> Iterator[None]:
    with _file_lock(url) if is_sqlite(url) else _advisory_lock(url):
        yield


@contextmanager
def _file_lock(url: URL) -> Iterator[None]:
    path = Path(f"{url.database}.migration.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _advisory_lock(url: URL) -> Iterator[None]:
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(select(func.pg_advisory_lock(_ADVISORY_KEY)))
        yield
    engine.dispose()

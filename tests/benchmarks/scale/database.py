"""Writes the rows into an empty database, through the driver alone: SQLAlchemy would take most of the time. Nothing is
analysed."""

from sqlalchemy import create_engine

from db.cipher import Cipher
from db.migrate import upgrade
from db.models import Base
from db.session import sync_url
from db.types import bind_cipher
from tests.benchmarks.scale.rows import Rows, Size

KEY = bytes(32)


def build(url: str, size: Size | None = None) -> Rows:
    """Fill the database at `url`, which is empty, and return what it holds."""
    upgrade(url)
    rows = Rows(size or Size())
    engine = create_engine(sync_url(url))
    bind_cipher(engine, Cipher(KEY))
    connection = engine.raw_connection()
    write = _copy if engine.dialect.name == "postgresql" else _insert
    for table in Base.metadata.sorted_tables:
        found = next((each for model, each in rows.of.items() if model.__table__ is table), [])
        if found:
            write(connection.cursor(), table, *_as_stored(table, found, engine.dialect))
    connection.commit()
    connection.close()
    engine.dispose()
    return rows


def _as_stored(table, rows, dialect):
    """The names of the columns that are given or have a default, and for each row their values for the driver."""
    columns = [each for each in table.columns if each.name in rows[0] or each.default is not None]
    values = []
    for column in columns:
        stored = column.type.dialect_impl(dialect).bind_processor(dialect) or (lambda value: value)
        otherwise = column.default.arg if column.default is not None else None
        values.append([stored(row.get(column.name, otherwise)) for row in rows])
    return [column.name for column in columns], zip(*values, strict=True)


def _insert(cursor, table, names, values):
    places = ", ".join("?" * len(names))
    cursor.executemany(f"INSERT INTO {table.name} ({_listed(names)}) VALUES ({places})", values)


def _copy(cursor, table, names, values):
    with cursor.copy(f"COPY {table.name} ({_listed(names)}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)
    key = table.autoincrement_column
    if key is not None:  # the next ids come after these
        last = f"(SELECT max({key.name}) FROM {table.name})"
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key.name}'), {last})")


def _listed(names):
    return ", ".join(f'"{name}"' for name in names)

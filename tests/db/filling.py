"""Rows for every table of a database of any revision, made from what the database says about itself."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Integer, MetaData, select

from db.migrate import opened
from db.migrations.keeping import numbered
from db.session import sync_url

NUMBERS = range(5)
"""Rows of each table. Every second one has NULL where it may; the last one is the youngest."""

_FIRST = datetime(2027, 4, 12, 9, 30, tzinfo=UTC)


def reflected(connection):
    """The tables, each after those that it refers to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def fill(url, written=None, numbers=NUMBERS):
    """Insert rows into every table. `written`: by table and column, the values that the column gets in turn."""
    with opened(sync_url(url)) as engine, engine.begin() as connection:
        rows = {}
        for table in reflected(connection):
            own = rows[table.name] = {}
            for number in numbers:
                values = _values(connection, table, number, rows, written or {})
                insert = table.insert().values(values).returning(*table.columns)
                own[number] = dict(connection.execute(insert).one()._mapping)
        return rows


def erase_youngest(url, rows):
    """Delete the last row of every table, as if its person had been erased."""
    with opened(sync_url(url)) as engine, engine.begin() as connection:
        for table in reversed(reflected(connection)):
            last = rows[table.name].pop(max(rows[table.name]))
            keys = [column == last[column.name] for column in table.primary_key]
            assert connection.execute(table.delete().where(*keys)).rowcount == 1


def contents(url):
    """All rows, by table, in the order of their keys."""
    with opened(sync_url(url)) as engine, engine.connect() as connection:
        return {
            table.name: [
                dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in reflected(connection)
        }


def counting(url):
    """The tables that give no id out twice, with the column of the id."""
    with opened(sync_url(url)) as engine, engine.connect() as connection:
        tables = reflected(connection)
        return {table.name: key.name for table in tables if (key := _counted(connection, table)) is not None}


def _counted(connection, table):
    key = next(iter(table.primary_key))
    counts = table.name in numbered(connection) or key.server_default is not None
    return key if counts and isinstance(key.type, Integer) else None


def _values(connection, table, number, rows, written):
    """The values of a row, without NULLs and without what the database counts itself."""
    given = {
        column.name: _value(column, number, written.get((table.name, column.name)))
        for column in table.columns
        if column is not _counted(connection, table)
    }
    for key in table.foreign_key_constraints:
        given |= _reference(table, key, number, rows)
    absent = {column.name for column in table.columns if column.nullable and number % 2}
    return {name: value for name, value in given.items() if value is not None and name not in absent}


def _reference(table, key, number, rows):
    """Refer to the row of the same number, so that nothing unique clashes; within one table, to the row before."""
    own = key.referred_table is table
    there = rows[key.referred_table.name].get(number - 1 if own else number, {})
    return {element.parent.name: there.get(element.column.name) for element in key.elements}


def _value(column, number, written):
    if written is not None:
        return written[number % len(written)]
    kind = column.type.python_type
    plain = {
        bool: number % 3 == 0,
        int: number + 1,
        float: number + 0.5,
        bytes: f"{number} {column.name}".encode(),
        date: _FIRST.date() + timedelta(days=number),
        time: time(9, number),
        object: {"number": number},  # JSON
    }
    if kind is datetime:
        moment = _FIRST + timedelta(days=number)
        return moment if column.type.timezone else moment.replace(tzinfo=None)
    if kind is str:
        return f"{number} {column.name}"[: column.type.length]
    return plain[kind]

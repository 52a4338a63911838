"""Rows for every table of a database of any revision, made from what the database says about itself."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Column, Integer, MetaData, PrimaryKeyConstraint, Table, select

from db.migrate import opened
from db.migrations.keeping import numbered
from db.session import sync_url

NUMBERS = range(5)
"""Rows of each table. Every second one has NULL where it may; the last one is the youngest."""

_FIRST = datetime(2027, 4, 12, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Tables:
    """What a database says about its tables: each after those that it refers to; and of those that give no id out
    twice, the column of the id.
    """

    in_order: list[Table]
    counted: dict[str, Column[int]]

    def names(self):
        """Of constraints and indexes, primary keys aside."""
        each_has = [named for table in self.in_order for named in (*table.constraints, *table.indexes)]
        return {each.name for each in each_has if not isinstance(each, PrimaryKeyConstraint)}

    def counting(self):
        return {table: key.name for table, key in self.counted.items()}


def tables_of(url, only=None):
    """Asked once for all that is done while no table changes: it takes as long as everything else here together.

    `only`: the names of some tables; those that they refer to come with them.
    """
    metadata = MetaData()
    with opened(sync_url(url)) as engine, engine.connect() as connection:
        metadata.reflect(connection, only=only)
        counts = numbered(connection)
    tables = [table for table in metadata.sorted_tables if table.name != "alembic_version"]
    keys = {table.name: next(iter(table.primary_key)) for table in tables if len(table.primary_key)}
    return Tables(
        tables,
        {
            name: key
            for name, key in keys.items()
            if (name in counts or key.server_default is not None) and isinstance(key.type, Integer)
        },
    )


def fill(url, written=None, numbers=NUMBERS, tables=None):
    """Insert rows into every table. `written`: by table and column, the values that the column gets in turn."""
    tables = tables or tables_of(url)
    with opened(sync_url(url)) as engine, engine.begin() as connection:
        rows = {}
        for table in tables.in_order:
            own = rows[table.name] = {}
            for number in numbers:
                values = _values(table, tables.counted.get(table.name), number, rows, written or {})
                insert = table.insert().values(values).returning(*table.columns)
                own[number] = dict(connection.execute(insert).one()._mapping)
        return rows


def erase_youngest(url, rows, tables=None):
    """Delete the last row of every table, as if its person had been erased."""
    tables = tables or tables_of(url)
    with opened(sync_url(url)) as engine, engine.begin() as connection:
        for table in reversed(tables.in_order):
            last = rows[table.name].pop(max(rows[table.name]))
            keys = [column == last[column.name] for column in table.primary_key]
            assert connection.execute(table.delete().where(*keys)).rowcount == 1


def contents(url, tables=None):
    """All rows, by table, in the order of their keys."""
    tables = tables or tables_of(url)
    with opened(sync_url(url)) as engine, engine.connect() as connection:
        return {
            table.name: [
                dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in tables.in_order
        }


def _values(table, counted, number, rows, written):
    """The values of a row, without NULLs and without what the database counts itself."""
    given = {
        column.name: _value(column, number, written.get((table.name, column.name)))
        for column in table.columns
        if column is not counted
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

"""SQLite changes a column by copying its table. Here the copy keeps what Alembic's own copy would lose.

Reflection sees neither AUTOINCREMENT nor which ids were given out. Without both, the id of the person who joined last
and was erased would go to the next one who joins, and an old button would mean somebody else.
"""

import re
from typing import Any

from alembic.ddl.sqlite import SQLiteImpl
from alembic.operations.batch import ApplyBatchImpl
from sqlalchemy import Connection, Table, inspect, text

_TABLES = text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
_GIVEN_OUT = text("SELECT name, seq FROM sqlite_sequence")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


class KeepingSQLite(SQLiteImpl):
    """Alembic's implementation for SQLite: of several classes for a dialect, Alembic takes the last one defined."""

    __dialect__ = "sqlite"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._given_out: dict[str, int] = {}

    def prep_table_for_batch(self, batch_impl: ApplyBatchImpl, table: Table) -> None:
        """Called when the copy of a table is described, but not made yet."""
        super().prep_table_for_batch(batch_impl, table)
        given_out = numbered(self._live).get(table.name)
        if given_out is not None and batch_impl.new_table is not None:
            batch_impl.new_table.dialect_options["sqlite"]["autoincrement"] = True
            self._given_out[table.name] = given_out

    def rename_table(self, old_table_name: str, new_table_name: str, schema: str | None = None) -> None:
        """Called when the copy takes the place of the table: it goes on counting where the table was."""
        super().rename_table(old_table_name, new_table_name, schema)
        given_out = self._given_out.pop(new_table_name, None)
        if given_out:
            row = {"name": new_table_name, "seq": given_out}
            self._live.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
            self._live.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), row)

    @property
    def _live(self) -> Connection:
        if self.connection is None:
            raise TypeError("a table is copied in a database, not in a script")
        return self.connection


def numbered(connection: Connection) -> dict[str, int]:
    """SQLite's tables that give no id out twice, with the highest id that each has given out; empty on PostgreSQL."""
    if connection.dialect.name != "sqlite":
        return {}
    names = [name for name, sql in connection.execute(_TABLES) if "AUTOINCREMENT" in _bare(sql)]
    # SQLite creates its table of them together with the first.
    given_out = {row.name: row.seq for row in connection.execute(_GIVEN_OUT)} if names else {}
    return {name: given_out.get(name) or 0 for name in names}


def forgotten(connection: Connection, before: dict[str, int]) -> list[str]:
    """A line for each table that would give out ids again which it had given out `before`, dropped tables aside."""
    after, there = numbered(connection), set(inspect(connection).get_table_names())
    return [
        f"{table} gives out numbers again, up to {highest}"
        for table, highest in before.items()
        if table in there and after.get(table, -1) < highest
    ]


def _bare(sql: str) -> str:
    """The statement without names and values, which may contain anything."""
    return _QUOTED.sub("", sql).upper()

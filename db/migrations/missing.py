"""What a database lacks of what the models name.

Alembic compares neither AUTOINCREMENT, nor whether an index is partial, nor CHECKs.
"""

from collections.abc import Iterator

from sqlalchemy import (
    CheckConstraint,
    Connection,
    Constraint,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from db.migrations.keeping import numbered


def missing(connection: Connection, models: MetaData) -> list[str]:
    """One line for each column, default, key, constraint and index that the database lacks, or has in another way.

    Whatever the database has beyond the models is left out. An index over expressions counts as missing on SQLite,
    where SQLAlchemy reflects none.
    """
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in models.tables)
    for name in numbered(connection):
        if name in found.tables:
            found.tables[name].dialect_options["sqlite"]["autoincrement"] = True
    dialect = connection.dialect.name
    return sorted(_all_of(models, dialect) - _all_of(found, dialect))


def _all_of(metadata: MetaData, dialect: str) -> set[str]:
    return {f"{table.name}: {each}" for table in metadata.tables.values() for each in _of(table, dialect)}


def _of(table: Table, dialect: str) -> Iterator[str]:
    if dialect == "sqlite" and table.dialect_options["sqlite"]["autoincrement"]:
        yield "AUTOINCREMENT"
    for column in table.columns:
        yield f"{column.name}, {'NULL' if column.nullable else 'NOT NULL'}"
        if column.server_default is not None:
            yield f"the default of {column.name}"
    yield from map(_constraint, table.constraints)
    yield from (_index(each, dialect) for each in table.indexes)


def _constraint(constraint: Constraint) -> str:
    match constraint:
        case PrimaryKeyConstraint():  # with AUTOINCREMENT, SQLite keeps no name for it
            return f"PRIMARY KEY {constraint.columns.keys()}"
        case UniqueConstraint():
            return f"UNIQUE {constraint.name} {constraint.columns.keys()}"
        case ForeignKeyConstraint():
            to = [each.target_fullname for each in constraint.elements]
            rules = f"ON DELETE {constraint.ondelete} ON UPDATE {constraint.onupdate}"
            return f"FOREIGN KEY {constraint.name} {constraint.column_keys} -> {to} {rules}"
        case CheckConstraint():
            return f"CHECK {constraint.name}"
    return f"{type(constraint).__name__} {constraint.name}"


def _index(index: Index, dialect: str) -> str:
    """An index with whether it is partial, but not for which rows: databases spell conditions in their own ways."""
    unique = "UNIQUE " if index.unique else ""
    partial = " WHERE" if index.dialect_options[dialect]["where"] is not None else ""
    return f"{unique}INDEX {index.name} {index.columns.keys()}{partial}"

"""Where a table holds what its columns cannot: SQLite keeps anything in any column."""

from sqlalchemy import Connection, Table, select


def where_damaged(connection: Connection, table: Table) -> str:
    """The table, the column and the key of the first value that cannot be read; never the value."""
    keys = connection.execute(select(*table.primary_key.columns)).all()
    for column in table.columns:
        for key in keys:
            mine = [own == value for own, value in zip(table.primary_key.columns, key, strict=True)]
            try:
                connection.execute(select(column).where(*mine)).all()
            except ValueError:
                return f"{table.name}.{column.name} of {', '.join(map(str, key))} is no {column.type}"
    return f"{table.name} holds a value that cannot be read"

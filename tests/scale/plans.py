"""Which tables a database reads from beginning to end for a statement, as it says itself."""

import re
from collections.abc import Iterator

from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import Connection

from db.session import sync_url

PARTIAL = "ix_outbox_next"
"""An index of what has yet to be sent alone: whoever reads it whole reads no more than that."""
_SCANS = ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan")
# On few rows PostgreSQL takes no index as it would on many: it is asked whether there is one for each way to a row.
_AS_OF_MANY = ("seqscan", "hashjoin", "mergejoin", "material", "memoize")


def asking(url):
    """An engine whose connections say how the statements would be executed."""
    return create_engine(sync_url(url))


def read_whole(connection: Connection, statement, parameters) -> set[str]:
    if not re.match(r"\s*(SELECT|UPDATE|DELETE)", statement):
        return set()
    if connection.dialect.name == "sqlite":
        return _by_sqlite(connection, statement, parameters)
    return _by_postgres(connection, statement, parameters)


def indexes(connection: Connection, statement, parameters) -> set[str]:
    """The indexes by which a database finds what it selects."""
    if not re.match(r"\s*SELECT", statement):
        return set()
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return {match[1] for step in plan if (match := re.search(r"INDEX (\w+)", step[3]))}
    return {
        step["Index Name"] for _, step in _plan(connection, statement, parameters) if "Index Name" in step
    }


def _by_sqlite(connection, statement, parameters) -> set[str]:
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [step[3] for step in plan if not step[3].endswith(f"USING INDEX {PARTIAL}")]
    read = {match[1] for step in steps if (match := re.match(r"SCAN (\w+)", step))}
    tables = set(inspect(connection).get_table_names())
    aliases = {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", statement)}
    return {aliases.get(each, each) for each in read} & tables


def _by_postgres(connection, statement, parameters) -> set[str]:
    for way in _AS_OF_MANY:
        connection.exec_driver_sql(f"SET enable_{way} = off")
    return {table for table, step in _plan(connection, statement, parameters) if _is_whole(step)}


def _plan(connection, statement, parameters) -> Iterator[tuple[str, dict]]:
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
    return _steps(plan[0]["Plan"])


def _steps(step, table=None) -> Iterator[tuple[str, dict]]:
    table = step.get("Relation Name", table)  # the scan of an index for a bitmap names none
    yield table, step
    for below in step.get("Plans", ()):
        yield from _steps(below, table)


def _is_whole(step) -> bool:
    if step["Node Type"] not in _SCANS or step.get("Index Name") == PARTIAL:
        return False
    return "Index Cond" not in step

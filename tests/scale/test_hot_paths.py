"""What people and the clock do all the time reads no large table from its beginning to its end, and takes no more
statements with four times the people. Nothing is timed.
"""

import asyncio
import re

import pytest
from sqlalchemy import create_engine, text

from db.session import sync_url
from tests.scale.hot_paths import LARGE, SMALL, taken_in

SMALL_TABLES = {
    "workshops": "thirty of them in three years",
    "rounds": "one for each workshop",
    "broadcasts": "a few for each workshop",
    "calendar_uploads": "one or two a year",
    "complaints": "what was reported and is not settled; deleted after thirty days",
    "inquiries": "open questions to the team; deleted thirty days after they are closed",
    "inquiry_words": "with their inquiry",
    "help_calls": "for as long as a pledge is stuck",
    "handshakes": "of a day, for a week",
    "personal_codes": "for thirty days, used or not",
    "office_seats": "two for each MP",
    "relays": "for thirty days",
    "carrier": "a single row",
    "drafts": "words that are awaited, and what was set aside within a week",
}
"""Tables that may be read whole, and why they stay small."""
MAY_READ = {
    ("tick", "lanes"): "which chats nobody here knows any more; the lanes of those are to go at once",
}
"""What else may be read whole, in which path, and why."""
FROM_PERSON_TO_PERSON = 3  # statements: of two people one may have written before, or be an MP
PARTIAL = "USING INDEX ix_outbox_next"
"""An index of what has yet to be sent alone: whoever reads it whole reads no more than that."""


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """The file, and the statements of each path."""
    url = f"sqlite:///{tmp_path_factory.mktemp('scale')}/large.db"
    return url, asyncio.run(taken_in(url, LARGE))


@pytest.fixture
def connection(taken):
    engine = create_engine(sync_url(taken[0]))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_no_statement_of_a_hot_path_reads_a_large_table_whole(taken, connection):
    assert not {
        (path, table, statement)
        for path, executed in taken[1].items()
        for statement, parameters in executed
        for table in _read_whole(connection, statement, parameters)
        if (path, table) not in MAY_READ
    }


def test_a_statement_that_reads_a_table_whole_would_be_found(connection):
    statement = "SELECT later.kind FROM outbox AS later WHERE later.repeated"
    assert _read_whole(connection, statement, ()) == {"outbox"}


def test_with_four_times_the_people_no_path_takes_more_statements(taken, tmp_path):
    few = asyncio.run(taken_in(f"sqlite:///{tmp_path}/small.db", SMALL))
    assert all(few.values())
    grown = {path: (len(few[path]), len(many)) for path, many in taken[1].items()}
    assert not {path: pair for path, pair in grown.items() if pair[1] > pair[0] + FROM_PERSON_TO_PERSON}


def _read_whole(connection, statement, parameters):
    """The large tables that SQLite reads from beginning to end for it."""
    if not re.match(r"\s*(SELECT|UPDATE|DELETE)", statement):
        return set()
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [step[3] for step in plan if not step[3].endswith(PARTIAL)]
    read = {match[1] for step in steps if (match := re.match(r"SCAN (\w+)", step))}
    tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    aliases = {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", statement)}
    return {aliases.get(each, each) for each in read} & tables - SMALL_TABLES.keys()

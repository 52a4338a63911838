"""What of SQLite's work is done in the event loop, and what beside it."""

import asyncio
import sqlite3
import threading

import pytest
from sqlalchemy import text

from db import sqlite_driver
from db.cipher import Cipher
from db.session import open_database

LONG = text(
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300000)"
    " SELECT max(x), here() FROM n"
)
HERE = text("SELECT here()")


@pytest.fixture
async def database(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite_driver, "_take_long", set())
    monkeypatch.setattr(sqlite_driver, "_TURN", 60.0)
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}", Cipher(bytes(32)))
    async with database.writer.begin() as session:
        await session.execute(text("CREATE TABLE said (words TEXT)"))
        driver = (await (await session.connection()).get_raw_connection()).driver_connection
        await driver.create_function("here", 0, lambda: threading.current_thread() is threading.main_thread())
    yield database
    await database.close()


async def asked(session, *statements):
    """Of each, whether it was executed in the loop's thread."""
    return [bool((await session.execute(each)).one()[-1]) for each in statements]


async def test_what_may_wait_for_a_lock_does_so_beside_the_loop(database):
    async with database.writer.begin() as session:
        assert await asked(session, HERE, HERE, HERE) == [False, True, True]
    async with database.writer.begin() as session:
        assert await asked(session, HERE) == [False]


async def test_what_takes_long_is_known_from_then_on(database):
    async with database.writer.begin() as session:
        assert await asked(session, HERE, LONG, LONG, HERE) == [False, True, False, True]


async def test_a_transaction_that_has_computed_for_long_lets_others_go_on(database, monkeypatch):
    monkeypatch.setattr(sqlite_driver, "_TURN", 0.0)
    async with database.writer.begin() as session:
        assert await asked(session, HERE, HERE) == [False, False]


async def test_the_loop_goes_on_while_somebody_waits_for_a_lock_and_what_gives_up_leaves_nothing(database):
    other = sqlite3.connect(database.engines[0].url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def say(words):
        async with database.writer.begin() as session:
            await session.execute(text("INSERT INTO said VALUES (:words)"), {"words": words})

    waiting = asyncio.create_task(say("first"))
    await asyncio.sleep(0.05)
    waiting.cancel()
    other.execute("COMMIT")
    await asyncio.wait((waiting,))
    await say("second")
    assert other.execute("SELECT words FROM said").fetchall() == [("second",)]
    other.close()

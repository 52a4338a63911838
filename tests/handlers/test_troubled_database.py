"""A database in trouble: locked, full or gone for a while, it is waited for, and nothing is lost or doubled."""

import asyncio
import contextlib
import sqlite3

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from telegram import Update
from telegram.ext import TypeHandler

from db import session as session_module
from db.models import Inbox, InboxState, Outgoing
from db.session import truncate_wal
from handlers import lanes as lanes_module
from tests.handlers.rig import Rig, effects, eventually, first, hurry, message, tried_out
from tests.handlers.worker import note

CHAT = 701
SECRET = "Kanarienvogel"
DONE, NEW, PARKED = InboxState.DONE, InboxState.NEW, InboxState.PARKED


TROUBLES = ("SELECT lanes", "SELECT inbox", "INSERT INTO outbox", "UPDATE inbox", "COMMIT")


@pytest.mark.parametrize("where", TROUBLES)
async def test_trouble_is_waited_for_and_counts_against_nobody(rig, where):
    """A while of it, at any statement: answered late, and once."""
    await rig.store(*(message(CHAT + n % 3, "/hilfe", update_id=n + 1) for n in range(9)))
    failures = iter(range(4))
    locked = OperationalError(where, {}, sqlite3.OperationalError("database is locked"))

    def refuse(_connection, _cursor, statement, *_):
        if statement.startswith(where) and next(failures, None) is not None:
            raise locked

    def refuse_commit(_connection):
        refuse(None, None, "COMMIT")

    rig.application.add_handler(TypeHandler(Update, note), group=-1)
    engine = rig.database.engines[0].sync_engine
    event.listen(engine, "before_cursor_execute", refuse)
    event.listen(engine, "commit", refuse_commit)
    rig.start()
    await rig.settled()
    assert next(failures, None) is None
    assert await effects(rig) == {CHAT + c: list(range(c + 1, 10, 3)) for c in range(3)}
    assert {(row.state, row.attempts) for row in await rig.all(Inbox)} == {(DONE, 0)}


async def test_an_update_that_alone_troubles_the_database_is_parked_in_the_end(rig, monkeypatch):
    monkeypatch.setattr(lanes_module, "_LONGEST_PAUSE", 0.01)
    hurry(monkeypatch)

    async def trouble(turn, said):
        if said == SECRET:
            raise OperationalError("", {}, sqlite3.OperationalError("string or blob too big"))

    first(rig, trouble)
    await rig.person(CHAT)
    await rig.store(bad := message(CHAT, SECRET), good := message(CHAT, "/hilfe"))
    rig.start()
    await tried_out(rig)
    assert await rig.states() == {bad["update_id"]: PARKED, good["update_id"]: DONE}


async def driver(rig):
    async with rig.database.engines[0].connect() as connection:
        return (await connection.get_raw_connection()).driver_connection


async def test_a_file_that_another_process_locks_is_waited_for(file, tmp_path, monkeypatch):
    monkeypatch.setattr(session_module, "_BUSY_TIMEOUT", 50)
    await file.store(*(message(CHAT + n, "/hilfe") for n in range(5)))
    with contextlib.closing(sqlite3.connect(tmp_path / "mutmacher.db", isolation_level=None)) as other:
        await truncate_wal(file.database)  # sets the shorter patience
        other.execute("BEGIN IMMEDIATE")
        lanes = file.start()
        await eventually(lambda: true(lanes._troubles > 1))
        assert await file.count(Outgoing) == 0
        other.execute("COMMIT")
    await file.settled()
    assert await file.count(Outgoing) == 5


async def test_a_full_disk_is_waited_for(file, caplog):
    await file.store(*(message(CHAT + n, "/hilfe") for n in range(200)))
    connection = await driver(file)
    pages = next(iter(await connection.execute_fetchall("PRAGMA page_count")))[0]
    await connection.execute(f"PRAGMA max_page_count={pages}")
    file.start()
    await eventually(lambda: true(caplog.text.count("the database is in trouble") > 1))
    waiting = await file.count(Inbox, Inbox.state == NEW)
    await connection.execute(f"PRAGMA max_page_count={pages + 10_000}")
    await file.settled()
    assert waiting > 0
    assert await file.count(Outgoing) == 200
    assert {row.attempts for row in await file.all(Inbox)} == {0}


async def test_lost_connections_are_made_again(postgres_url):
    """The server ends them all while turns are running."""
    rig = Rig(postgres_url)
    await rig.open()
    rig.application.add_handler(TypeHandler(Update, note), group=-1)
    await rig.store(*(message(CHAT + n % 5, "/hilfe", update_id=n + 1) for n in range(100)))
    rig.start()
    with psycopg.connect(postgres_url, autocommit=True) as server:
        for _ in range(3):
            await asyncio.sleep(0.2)
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    await rig.settled()
    assert await effects(rig) == {CHAT + c: list(range(c + 1, 101, 5)) for c in range(5)}
    await rig.close()


async def test_lanes_wait_for_a_server_that_takes_no_writes(postgres_url, takes_writes):
    rig = Rig(postgres_url)
    await rig.open()
    rig.application.add_handler(TypeHandler(Update, note), group=-1)
    await rig.store(*(message(CHAT + n % 5, "/hilfe", update_id=n + 1) for n in range(20)))
    takes_writes(False)
    lanes = rig.start()
    await eventually(lambda: true(lanes._troubles > 1))
    takes_writes(True)
    await rig.settled()
    assert await effects(rig) == {CHAT + c: list(range(c + 1, 21, 5)) for c in range(5)}
    await rig.close()


async def true(what):
    return what

"""One chat, one lane, in order; whatever breaks, nothing is lost, nothing is worked twice, and the lane goes on."""

import asyncio
import contextlib
import logging
import sqlite3
import sys
import time
from collections import defaultdict
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from telegram import Update
from telegram.ext import TypeHandler

from actions import inbox
from db import session as session_module
from db.cipher import Cipher
from db.models import Inbox, InboxState, Lane, Outgoing, Person
from db.session import on_commit, open_database, truncate_wal
from domain.outcomes.small import Fault, Help
from domain.refusal import Reason, Refusal
from handlers import lanes as lanes_module
from tests.handlers.rig import CODE, Rig, eventually, message, now, press
from tests.handlers.worker import note

CHAT, OTHER = 701, 702
SECRET = "Kanarienvogel"
DONE, NEW, PARKED, POISON = InboxState.DONE, InboxState.NEW, InboxState.PARKED, InboxState.POISON


def first(rig, act):
    """Let `act(turn, text)` run before the bot's own handlers."""

    async def handle(update, context):
        await act(context.turn, (update.message and update.message.text) or "")

    rig.application.add_handler(TypeHandler(Update, handle), group=-1)


def hurry(monkeypatch):
    """Tries of a failing update follow at once."""
    monkeypatch.setattr(lanes_module, "IDLE_POLL", 0.01)


async def tried_out(rig):
    """Until nothing waits; the machine's clock runs ahead, so that no try has to be waited for."""

    async def done():
        rig.later += timedelta(seconds=1)
        return not await rig.count(Inbox, Inbox.state == NEW)

    await eventually(done)


async def effects(rig):
    """By chat, the updates that had an effect, in the order they had it."""
    rows = await rig.all(Outgoing, Outgoing.kind == Help.__name__, Outgoing.object_id.is_not(None))
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.id):
        found[row.chat_id].append(row.object_id)
    return dict(found)


# --- order and speed


async def test_each_chat_is_worked_in_order(rig):
    rig.application.add_handler(TypeHandler(Update, note), group=-1)
    updates = [message(CHAT + n % 6, "/hilfe", update_id=n + 1) for n in range(60)]
    await rig.store(*reversed(updates))
    rig.start()
    await rig.settled()
    assert await effects(rig) == {CHAT + c: list(range(c + 1, 61, 6)) for c in range(6)}


async def test_a_slow_chat_does_not_hold_up_the_others(rig, database_url):
    """On PostgreSQL; an SQLite file has one writer at a time, and no turn awaits anything but it."""
    if database_url.startswith("sqlite"):
        return
    release = asyncio.Event()

    async def wait(turn, said):
        if turn.chat_id == CHAT:
            await release.wait()

    first(rig, wait)
    rig.start()
    await rig.store(message(CHAT, "/hilfe"), message(OTHER, "/hilfe"))
    await eventually(lambda: answered(rig, OTHER))
    assert await rig.said(CHAT) == []
    release.set()
    await rig.settled()


async def answered(rig, chat_id):
    return bool(await rig.said(chat_id))


async def test_an_answer_follows_at_once(rig):
    """Woken, it needs no tick: it is owed within 50 ms where nothing else keeps the machine, and always before one."""
    committed = asyncio.Event()
    on_commit(rig.database, committed.set)
    rig.start()
    await rig.store(message(CHAT, "/hilfe"))
    await rig.settled()
    times = []
    for n in range(21):
        await asyncio.sleep(0.02)
        await rig.store(message(OTHER + n, "/hilfe"))
        committed.clear()
        begun = time.perf_counter()
        await committed.wait()
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.05, times
    assert sorted(times)[10] < lanes_module.IDLE_POLL / 3, times


# --- what goes wrong in a turn


async def test_a_failing_update_is_tried_five_times_parked_and_owned_up_to(rig, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    hurry(monkeypatch)
    person = await rig.person(CHAT)
    tries = []

    async def fail(turn, said):
        if said == SECRET:
            tries.append(turn.chat_id)
            turn.show(Help, 1)
            raise ValueError(f"cannot digest {said}")

    first(rig, fail)
    bad, good = message(CHAT, SECRET), message(CHAT, "/hilfe")
    await rig.store(bad, good)
    rig.start()
    await tried_out(rig)

    assert len(tries) == inbox.TRIES
    assert await rig.states() == {bad["update_id"]: PARKED, good["update_id"]: DONE}
    assert await rig.said(CHAT) == [Fault.__name__, Help.__name__]
    fault = (await rig.all(Outgoing, Outgoing.kind == Fault.__name__))[0]
    assert fault.person_id == person.id
    assert f"({fault.object_id:06X}), parked" in caplog.text
    assert (await rig.all(Inbox, Inbox.state == PARKED))[0].payload is None
    assert SECRET not in caplog.text
    assert "ValueError" in caplog.text


async def test_who_cannot_even_be_loaded_is_told_too(rig, monkeypatch):
    """Their words were encrypted with another key: the lane must not stop for ever."""
    hurry(monkeypatch)
    person = await rig.person(CHAT)
    await rig.store(message(CHAT, "/hilfe"), message(CHAT, "Hallo"))
    async with rig.database.writer.begin() as session:
        await session.execute(text("UPDATE persons SET name = :junk"), {"junk": b"junk" * 20})
        await session.execute(text("UPDATE inbox SET payload = :junk"), {"junk": b"junk" * 20})
    rig.start()
    await tried_out(rig)
    assert set((await rig.states()).values()) == {PARKED}
    told = await rig.all(Outgoing)
    assert [(row.kind, row.person_id) for row in told] == [(Fault.__name__, person.id)] * 2


async def test_a_fault_in_a_group_is_not_told_there(rig, monkeypatch):
    hurry(monkeypatch)

    async def fail(turn, said):
        raise ValueError

    first(rig, fail)
    await rig.store(message(-5, "Hallo", chat={"type": "group"}), {"update_id": 10**9, "poll": {}})
    rig.start()
    await tried_out(rig)
    assert set((await rig.states()).values()) == {PARKED}
    assert await rig.count(Outgoing) == 0


async def test_a_refusal_undoes_the_action_and_nothing_else(rig):
    await rig.person(CHAT)

    async def refuse(turn, said):
        turn.me.name = SECRET
        turn.me.memberships.clear()
        turn.show(Help, 1)
        await turn.session.flush()
        raise Refusal(Reason.STALE_BUTTON)

    first(rig, refuse)
    await rig.store(update := message(CHAT, "/hilfe"))
    rig.start()
    await rig.settled()
    assert await rig.states() == {update["update_id"]: DONE}
    assert await rig.said(CHAT) == ["Refused"]
    assert [(p.name, len(p.memberships)) for p in await rig.all(Person)] == [("Ana Keller", 1)]


async def test_what_python_telegram_bot_cannot_read_is_poison(rig):
    await rig.person(CHAT)
    bad, good = message(CHAT, "Hallo"), message(CHAT, "/hilfe")
    bad["message"] |= {"date": "yesterday", "entities": [{"type": 5}]}
    await rig.store(bad, good)
    rig.start()
    await rig.settled()
    assert await rig.states() == {bad["update_id"]: POISON, good["update_id"]: DONE}
    assert await rig.said(CHAT) == [Help.__name__]


async def test_the_first_taps_of_a_stranger_are_understood(rig):
    """What was stored without words is still something python-telegram-bot can read."""
    rig.start()
    gone = {"message_id": 5, "date": 0, "chat": {"id": CHAT, "type": "private"}}
    for update_, said in (
        (message(CHAT, f"/start w_{CODE}"), "Welcome"),
        (press(CHAT, "begin:1:du"), "ConsentAsked"),
        (press(CHAT, "k_yes:1:du", message=gone), "ConsentAsked"),
        (press(CHAT, "u_yes"), "Asked"),
    ):
        await rig.store(update_)
        await rig.settled()
        assert (await rig.said(CHAT))[-1] == said
    assert set((await rig.states()).values()) == {DONE}


async def test_blocking_and_coming_back_are_understood(rig):
    rig.start()
    await rig.person(CHAT)
    user = {"id": CHAT, "is_bot": False, "first_name": "N"}
    for number, status in enumerate(("kicked", "member"), start=10**6):
        sides = {"status": status, "user": user, "until_date": 0}
        change = {"chat": {"id": CHAT, "type": "private"}, "from": user, "date": 1}
        change |= {"old_chat_member": sides, "new_chat_member": sides}
        for chat_id in (CHAT, OTHER):
            change["chat"] = {"id": chat_id, "type": "private"}
            await rig.store({"update_id": number + chat_id * 10, "my_chat_member": change})
        await rig.settled()
        assert ((await rig.all(Person))[0].unreachable_since is not None) == (status == "kicked")
    assert set((await rig.states()).values()) == {DONE}


# --- who holds a lane


async def test_a_worker_that_lost_its_lease_commits_nothing(rig):
    """The transaction of the effect holds the lane, or there is no effect."""
    rig.application.add_handler(TypeHandler(Update, note), group=-1)
    await rig.store(*(message(CHAT, "/hilfe", update_id=n) for n in (1, 2, 3)))
    slow = rig.lanes("slow")
    async with rig.database.writer.begin() as session:
        await inbox.claim_lanes(session, "slow:1", now(), 1)
    rig.later += 2 * inbox.LEASE
    rig.start(rig.lanes("quick"))
    await rig.settled()
    before = await effects(rig)
    await rig.store(message(CHAT, "/hilfe", update_id=4))
    await slow._drain(lanes_module.Held(CHAT, "slow:1"))
    await rig.settled()
    assert before == {CHAT: [1, 2, 3]}
    assert await effects(rig) == {CHAT: [1, 2, 3, 4]}


async def test_two_workers_on_one_database_share_without_doubling(rig, database_url):
    rig.application.add_handler(TypeHandler(Update, note), group=-1)
    await rig.store(*(message(CHAT + n % 9, "/hilfe", update_id=n + 1) for n in range(90)))
    rig.start(rig.lanes("a"))
    rig.start(rig.lanes("b"))
    await rig.settled()
    assert await effects(rig) == {CHAT + c: list(range(c + 1, 91, 9)) for c in range(9)}


async def test_stop_finishes_the_update_in_flight_and_hands_the_lane_back(rig):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def wait(turn, said):
        begun.set()
        await go_on.wait()

    first(rig, wait)
    rig.application.add_handler(TypeHandler(Update, note), group=-2)
    await rig.store(*(message(CHAT, "/hilfe", update_id=n) for n in range(1, 50)))
    rig.start()
    await begun.wait()
    rig.running[0][1].set()
    go_on.set()
    await rig.halt()
    assert await effects(rig) == {CHAT: [1]}
    assert [(lane.owner, lane.lease_until) for lane in await rig.all(Lane)] == [(None, None)]
    rig.start()
    await rig.settled()
    assert await effects(rig) == {CHAT: list(range(1, 50))}


async def test_killed_in_the_middle_it_loses_nothing_and_doubles_nothing(rig, database_url):
    await rig.store(*(message(CHAT + n % 10, "/hilfe", update_id=n + 1) for n in range(300)))
    for goal in (1, 60, 120, 180, 240, 300):
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.handlers.worker", database_url
        )
        try:
            await eventually(lambda goal=goal: is_done(rig, goal), within=60)
        finally:
            worker.kill()
            await worker.wait()
    assert await effects(rig) == {CHAT + c: list(range(c + 1, 301, 10)) for c in range(10)}
    assert set((await rig.states()).values()) == {DONE}


async def is_done(rig, goal):
    return await rig.count(Inbox, Inbox.state == DONE) >= goal


# --- a database in trouble


TROUBLES = ("UPDATE lanes", "SELECT inbox", "INSERT INTO outbox", "UPDATE inbox", "COMMIT")


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


@pytest.fixture
async def file(tmp_path):
    """Lanes on an SQLite file that another process can lock."""
    rig = Rig(f"sqlite:///{tmp_path / 'mutmacher.db'}")
    await rig.open()
    yield rig
    await rig.close()


async def driver(rig):
    async with rig.database.engines[0].connect() as connection:
        return (await connection.get_raw_connection()).driver_connection


async def test_a_file_that_another_process_locks_is_waited_for(file, tmp_path, monkeypatch):
    monkeypatch.setattr(session_module, "_BUSY_TIMEOUT", 50)
    await file.store(*(message(CHAT + n, "/hilfe") for n in range(5)))
    with contextlib.closing(sqlite3.connect(tmp_path / "mutmacher.db", isolation_level=None)) as other:
        await truncate_wal(file.database)  # sets the shorter patience
        other.execute("BEGIN IMMEDIATE")
        file.start()
        await asyncio.sleep(1)
        assert await file.count(Outgoing) == 0
        other.execute("COMMIT")
    await file.settled()
    assert await file.count(Outgoing) == 5


async def test_a_full_disk_is_waited_for(file):
    await file.store(*(message(CHAT + n, "/hilfe") for n in range(200)))
    connection = await driver(file)
    pages = next(iter(await connection.execute_fetchall("PRAGMA page_count")))[0]
    await connection.execute(f"PRAGMA max_page_count={pages}")
    file.start()
    await asyncio.sleep(1)
    waiting = await file.count(Inbox, Inbox.state == NEW)
    await connection.execute(f"PRAGMA max_page_count={pages + 10_000}")
    await file.settled(40)
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


# --- erasure


async def test_after_an_erasure_no_byte_of_it_is_left_in_the_files(file, tmp_path):
    await file.person(CHAT, contact_phone=SECRET * 3, organisation=SECRET)
    await file.person(OTHER, contact_phone="stays")
    words = raw_words(tmp_path, CHAT)
    assert len(words) == 4
    assert all(word in raw_bytes(tmp_path) for word in words)
    file.start()
    await file.store(press(CHAT, "erase"), press(CHAT, "erase_yes"))
    await file.settled()
    assert await file.said(CHAT) == ["Erased"]

    async def gone():
        return not any(word in raw_bytes(tmp_path) for word in words)

    await eventually(gone)
    assert all(word in raw_bytes(tmp_path) for word in raw_words(tmp_path, OTHER))


async def test_the_log_is_emptied_when_the_reader_in_the_way_is_gone(file, tmp_path):
    await file.person(CHAT)
    words = raw_words(tmp_path, CHAT)
    file.start()
    async with file.database.reader() as reader:
        await reader.execute(text("SELECT count(*) FROM persons"))
        await file.store(press(CHAT, "erase_yes"))
        await file.settled()
    assert await truncated(file, tmp_path, words)


async def test_a_start_empties_the_log_that_a_crash_left(file, tmp_path):
    await file.person(CHAT)
    words = raw_words(tmp_path, CHAT)
    async with file.database.writer.begin() as session:
        await session.execute(text("DELETE FROM persons"))
    assert any(word in raw_bytes(tmp_path) for word in words)
    file.start()
    assert await truncated(file, tmp_path, words)


async def truncated(rig, folder, words):
    async def gone():
        return not any(word in raw_bytes(folder) for word in words)

    await eventually(gone)
    return True


def raw_bytes(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir())


def raw_words(folder, chat_id):
    """A person's encrypted words, as they stand in the file."""
    with contextlib.closing(
        sqlite3.connect(f"file:{folder / 'mutmacher.db'}?mode=ro", uri=True)
    ) as connection:
        columns = "name, place, organisation, contact_phone"
        found = connection.execute(f"SELECT {columns} FROM persons WHERE chat_id = ?", (chat_id,)).fetchone()
    return [word for word in found if word]


async def test_postgresql_has_no_such_log(postgres_url):
    database = open_database(postgres_url, Cipher(bytes(32)))
    assert await truncate_wal(database)
    await database.close()

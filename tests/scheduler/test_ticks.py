"""The clock's own work: asked once, ended in time, let go when it is old."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from actions.exchange.passes import Selected, Sweep
from actions.pledging.nudges import unsent_questions
from actions.rights import pruning, retention
from db.models import (
    Broadcast,
    BroadcastState,
    Draft,
    DraftKind,
    Inbox,
    InboxState,
    IntroState,
    Lane,
    Outgoing,
    Person,
    Priority,
    SendState,
)
from domain.outcomes.choices import Purpose
from scheduler.ticks import Ticks
from tests.cast import CORE, consent
from tests.scheduler.ticking import DAY, OPERATOR, TUESDAY

HOUR = timedelta(hours=1)
REPORT = datetime(2027, 8, 30, 8, tzinfo=UTC)  # of the workshop, half a year and four weeks after its day


async def test_a_pass_run_twice_asks_once(world):
    await world.question(TUESDAY - DAY)
    await asyncio.gather(world.ticks.run_due(), world.ticks.run_due())
    await world.ticks.run_due()
    (row,) = await world.all(Outgoing)
    assert (row.kind, row.person_id, row.priority) == ("Nudged", 1, Priority.NUDGE)


def test_what_every_tick_asks_is_built_once():
    """`passes.without_work` keeps what it makes of them."""

    def asked(at):
        ticks = Ticks(None, OPERATOR, lambda: at, lambda: at, lambda: 0.0)
        steps = {**ticks._steps(at), **retention.passes(at, OPERATOR)}
        return {
            name: id(each.find.statement) for name, each in steps.items() if isinstance(each.find, Selected)
        }

    assert len(asked(TUESDAY)) > 30
    assert asked(TUESDAY) == asked(TUESDAY + HOUR)


@pytest.mark.parametrize("state", [IntroState.ASKED, IntroState.DECLINED])
async def test_an_introduction_ends_at_its_hour_whatever_the_answer_was(world, state):
    await world.introduction(state, TUESDAY + DAY)
    await world.ticks.run_due()
    assert await world.count(Outgoing) == 0
    assert await world.ticks.next_due() == TUESDAY + DAY
    world.moment += DAY
    await world.ticks.run_due()
    assert [row.kind for row in await world.all(Outgoing)] == ["IntroExpired"]
    assert await world.ticks.next_due() is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("hours_on", "deletes", "is_rewritten"), [(0, True, True), (0, False, False), (1, False, True)]
)
async def test_the_file_is_rewritten_after_a_deletion_and_once_an_hour(
    world, hours_on, deletes, is_rewritten
):
    machine = [TUESDAY]
    ticks = Ticks(world.database, OPERATOR, lambda: world.moment, lambda: machine[0], lambda: 0.0)
    await ticks.run_due()
    if deletes:
        await world.add(Lane(chat_id=77))  # of nobody: pruned
    before = await _schema_cookie(world)
    world.moment, machine[0] = world.moment + HOUR, TUESDAY + hours_on * HOUR
    await ticks.run_due()
    assert (await _schema_cookie(world) > before) is is_rewritten


async def _schema_cookie(world):
    """SQLite counts it up whenever the file is rewritten."""
    async with world.database.reader() as session:
        return await session.scalar(text("PRAGMA schema_version"))


async def test_a_step_that_fails_stops_no_other_and_says_no_words(world, monkeypatch, caplog):
    async def broken(*_):
        raise ValueError("canary")

    monkeypatch.setattr(unsent_questions, "freeing", lambda: Sweep(broken, broken))
    await world.introduction(IntroState.ASKED, TUESDAY)
    await world.ticks.run_due()
    assert [row.kind for row in await world.all(Outgoing)] == ["IntroExpired"]
    assert "tick: unsent failed: ValueError at tests/scheduler/test_ticks.py:" in caplog.text
    assert "canary" not in caplog.text


async def test_a_pause_ends_and_what_waited_is_asked(world):
    await world.add(world.person(3, paused=True, paused_until=TUESDAY + DAY))
    await world.add(world.person(4, paused=True))
    await world.question(TUESDAY, person_id=3)
    await world.question(TUESDAY, person_id=4)
    await world.ticks.run_due()
    assert await world.ticks.next_due() == TUESDAY + DAY
    world.moment += DAY
    await world.ticks.run_due()
    owed = sorted((row.kind, row.person_id) for row in await world.all(Outgoing))
    assert owed == [("Nudged", 3), ("Resumed", 3)]
    assert {p.id: p.paused for p in await world.all(Person)} == {1: False, 2: False, 3: False, 4: True}


@pytest.mark.parametrize("missing", [Purpose.CORE, Purpose.CARRIER])
async def test_who_took_a_core_consent_back_is_not_asked_until_it_is_given_again(world, missing):
    given = [consent(TUESDAY, p, withdrawn_at=TUESDAY if p is missing else None) for p in CORE]
    await world.add(world.person(3, consents=given))
    await world.question(TUESDAY, person_id=3)
    await world.ticks.run_due()
    assert await world.count(Outgoing) == 0
    not_asked = TUESDAY + 7 * DAY if missing is Purpose.CORE else REPORT
    assert await world.ticks.next_due() == not_asked, "erased, or told what came of the workshop"
    again = consent(TUESDAY, missing)
    again.person_id = 3
    await world.add(again)
    await world.ticks.run_due()
    assert [row.person_id for row in await world.all(Outgoing)] == [3]


async def test_leases_of_the_gone_are_given_up(world):
    held = {"state": SendState.SENDING, "lease_owner": "gone"}
    await world.add(
        world.message(lease_until=TUESDAY - DAY, **held),
        world.message(lease_until=TUESDAY + DAY, chat_id=5002, **held),
        world.message(lease_until=TUESDAY - DAY, chat_id=5003, repeated=True, **held),
        world.message(lease_until=TUESDAY - DAY, chat_id=5004, edits_message=7, **held),
        *(
            world.message(
                lease_until=TUESDAY - DAY,
                chat_id=5002 + attempts,
                repeated=True,
                attempts=attempts,
                **held | {"priority": Priority.NUDGE},
            )
            for attempts in (3, 4)
        ),
    )
    await world.ticks.run_due()
    states = {row.id: row.state for row in await world.all(Outgoing)}
    assert states == {
        1: SendState.UNKNOWN,
        2: SendState.SENDING,
        3: SendState.UNKNOWN,
        4: SendState.PENDING,
        5: SendState.UNKNOWN,
        6: SendState.UNDECIDED,
    }


async def test_a_finished_broadcast_is_reported(world):
    await world.add(
        Broadcast(
            id=1,
            workshop_id=1,
            author_chat_id=5001,
            message_id=9,
            state=BroadcastState.CONFIRMED,
            created_at=TUESDAY,
        )
    )
    await world.add(
        world.message(kind="BroadcastProgress", object_id=1, key="progress:1", state=SendState.SENT),
        world.message(kind="BroadcastCopy", object_id=1, priority=Priority.BROADCAST, state=SendState.SENT),
    )
    await world.ticks.keep_informed()
    await world.ticks.keep_informed()
    (broadcast,) = await world.all(Broadcast)
    assert broadcast.state is BroadcastState.FINISHED
    assert await world.count(Outgoing) == 3


async def test_settled_updates_and_parked_drafts_go(world):
    def update(number, state, age):
        return Inbox(update_id=number, chat_id=5001, state=state, attempts=0, received_at=TUESDAY - age)

    def draft(kind, age, *, awaiting=False):
        return Draft(person_id=1, kind=kind, awaiting=awaiting, created_at=TUESDAY - age)

    await world.add(
        update(1, InboxState.DONE, 3 * DAY),
        update(2, InboxState.DONE, DAY),
        update(3, InboxState.NEW, 60 * DAY),
        update(4, InboxState.POISON, 3 * DAY),
        draft(DraftKind.UNASKED, 8 * DAY),
        draft(DraftKind.NOTE, 6 * DAY),
        draft(DraftKind.SENTENCE, 30 * DAY, awaiting=True),
    )
    await world.ticks.run_due()
    assert {row.update_id for row in await world.all(Inbox)} == {2, 3}
    assert {row.kind for row in await world.all(Draft)} == {DraftKind.NOTE, DraftKind.SENTENCE}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_who_is_erased_by_the_clock_no_byte_is_left_in_the_files(world, tmp_path):
    def raw():
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    name = "Ana Keller"
    gone = world.person(3, consents=[consent(TUESDAY, withdrawn_at=TUESDAY)], name=name)
    await world.add(gone)
    with sqlite3.connect(tmp_path / "mutmacher.db") as connection:
        (stored,) = connection.execute("SELECT name FROM persons WHERE id = 3").fetchone()
    connection.close()
    assert stored in raw()
    copy = tmp_path / "mutmacher.db.before-upgrade"
    copy.write_bytes(raw())
    world.moment += 8 * DAY
    await world.ticks.run_due()
    assert not copy.exists()
    assert stored not in raw()


async def test_what_ends_by_itself_is_looked_at_once_an_hour_unless_that_failed(world, monkeypatch):
    looks = []

    def pruned(now, _operator):
        async def find(_session):
            looks.append(now)
            if len(looks) == 1:
                raise ValueError
            return ()

        return Sweep(find, find)

    monkeypatch.setattr(pruning, "pruning", pruned)
    for moment in (TUESDAY, TUESDAY, TUESDAY + HOUR / 2, TUESDAY + HOUR):
        world.moment = moment
        await world.ticks.run_due()
    assert looks == [TUESDAY, TUESDAY, TUESDAY + HOUR]


async def test_strangers_are_forgotten_after_a_day_and_groups_are_not(world):
    sent = {"state": SendState.SENT, "message_id": 1, "person_id": None, "kind": "Welcome"}
    await world.add(
        world.message(chat_id=5001, created_at=TUESDAY - 2 * DAY, **sent),
        world.message(chat_id=6002, created_at=TUESDAY - 2 * DAY, **sent),
        world.message(chat_id=6003, created_at=TUESDAY, **sent),
        world.message(chat_id=6004, created_at=TUESDAY, **sent | {"kind": "Erased"}),
        world.message(chat_id=-5005, created_at=TUESDAY - 2 * DAY, **sent),
        *(Lane(chat_id=chat_id) for chat_id in (5001, 6002)),
    )
    await world.ticks.run_due()
    assert {row.id: row.chat_id for row in await world.all(Outgoing)} == {
        1: 5001,
        2: 0,
        3: 6003,
        4: 0,
        5: -5005,
    }
    assert [lane.chat_id for lane in await world.all(Lane)] == [5001]

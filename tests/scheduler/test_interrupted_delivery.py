"""The deliverer is stopped, overtaken, or its database fails: nothing is lost, what is doubled is marked."""

import asyncio
import contextlib
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from actions.exchange import delivery
from db.models import Outgoing, SendState
from tests.scheduler.rig import (
    PENDING,
    SENT,
    SETTLED_WITHIN,
    Rig,
    eventually,
)


async def test_an_abandoned_deliverer_loses_nothing(rig):
    people = await rig.people(8)
    rig.line.through.clear()
    rows = await rig.tell(*people)
    rig.start("first")
    await rig.held()
    await rig.abandon()
    rig.line.through.set()
    assert SendState.SENDING in await rig.states()
    rig.start("second")
    await rig.settled()
    assert set(await rig.states()) == {SENT}
    for person, row in zip(people, rows, strict=True):
        assert 1 <= len(await rig.arrived(person)) <= 1 + (await rig.row(row)).repeated


async def test_a_result_that_comes_after_the_lease_was_lost_is_dropped(rig):
    person = await rig.person()
    row = await rig.tell(person)
    rig.line.through.clear()
    rig.start()
    await rig.held()
    async with rig.database.writer.begin() as session:
        taken = await session.get_one(Outgoing, row.id)
        taken.lease_owner = "somebody else"
    rig.line.through.set()
    await rig.halt()
    row = await rig.row(row)
    assert (row.state, row.lease_owner, row.message_id) == (SendState.SENDING, "somebody else", None)


async def test_a_stop_waits_for_what_is_on_its_way_and_no_longer(rig, monkeypatch):
    monkeypatch.setattr("scheduler.delivery._GRACE", 3600)
    people = await rig.people(3)
    rig.line.through.clear()
    await rig.tell(*people)
    rig.start()
    await rig.held(3)
    await rig.tell(*people, due_at=rig.now())
    finishes, finish = asyncio.Event(), rig.deliverer._finish
    monkeypatch.setattr(rig.deliverer, "_finish", lambda: finishes.set() or finish())
    rig.stop.set()
    await finishes.wait()
    rig.line.through.set()
    async with asyncio.timeout(SETTLED_WITHIN):
        await rig.halt()
    assert (await rig.states()) == [SENT] * 3 + [PENDING] * 3


async def test_a_stop_calls_off_what_takes_too_long_and_the_next_start_takes_it_for_unclear(rig, monkeypatch):
    monkeypatch.setattr("scheduler.delivery._GRACE", 0.2)
    person = await rig.person()
    rig.line.through.clear()
    row = await rig.tell(person)
    rig.start()
    await rig.held()
    async with asyncio.timeout(SETTLED_WITHIN):
        await rig.halt()
    assert (await rig.row(row)).state is SendState.SENDING
    rig.line.through.set()
    rig.start("second")
    await rig.settled()
    row = await rig.row(row)
    assert (row.state, row.repeated) == (SENT, True)
    assert len(await rig.arrived(person)) <= 2


@pytest.mark.parametrize("statement", ["sent_at", "SELECT outbox.id", "attempts=(outbox.attempts +"])
async def test_a_database_that_fails_for_a_while_neither_stops_nor_doubles(rig, statement):
    person = await rig.person()
    row = await rig.tell(person)
    failures = 3

    def fail(_connection, _cursor, sql, *_):
        nonlocal failures
        if statement in sql and failures:
            failures -= 1
            raise OperationalError("locked", {}, Exception())

    for engine in rig.database.engines:
        event.listen(engine.sync_engine, "before_cursor_execute", fail)
    rig.start()

    async def sent():
        with contextlib.suppress(OperationalError):
            return (await rig.row(row)).state is SENT
        return False

    await eventually(sent)
    assert failures == 0
    assert len(await rig.arrived(person)) == 1
    assert not (await rig.row(row)).repeated


async def test_a_server_that_takes_no_writes_is_waited_for(postgres_url, takes_writes, stage, caplog):
    """From the start, and later."""
    rig = Rig(postgres_url, stage)
    await rig.open()
    first, second = await rig.people(2)

    async def tried():
        return "the outbox cannot be read now: InternalError" in caplog.text

    await rig.tell(first)
    takes_writes(False)
    rig.start()
    await eventually(tried)
    takes_writes(True)
    await rig.settled()
    later = await rig.tell(second, due_at=rig.now() + timedelta(seconds=3))
    takes_writes(False)
    caplog.clear()
    await eventually(tried)
    takes_writes(True)
    await rig.until(later, SENT)
    assert await rig.states() == [SENT, SENT]
    assert len(await rig.calls()) == 2
    await rig.close()


async def test_a_claim_whose_commit_was_not_heard_of_is_given_back_and_sent_once(rig, monkeypatch):
    """Nobody began to send it; its lease would be renewed for as long as anything else is on its way."""
    row, claim, unheard = await rig.tell(await rig.person()), delivery.claim, []

    async def lost(session, *given):
        claimed = await claim(session, *given)
        if not unheard:
            unheard.extend(claimed)
            await session.commit()
            raise OperationalError("no answer", {}, Exception())
        return claimed

    monkeypatch.setattr(delivery, "claim", lost)
    rig.start()
    await rig.until(row, SENT)
    assert [each.id for each in unheard] == [row.id]
    assert not (await rig.row(row)).repeated
    assert len(await rig.calls()) == 1

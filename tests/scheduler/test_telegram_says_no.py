"""Telegram says no: to one message, to a chat, to everybody for a while, or for good."""

import asyncio
import time
from datetime import timedelta

import pytest

from actions.exchange import outbox
from db.models import NOWHERE, Broadcast, BroadcastState, Carrier, Person, Priority
from domain.outcomes.organising.broadcasts import BroadcastCopy
from tests.scheduler.rig import (
    CANCELLED,
    DEAD,
    PENDING,
    SENT,
    SETTLED_WITHIN,
    eventually,
    fault,
    machine,
    text_of,
)

BAD_REQUEST = {"code": 400, "description": "Bad Request: message text is empty"}


async def test_who_blocked_the_bot_is_unreachable_and_the_rest_ends(rig):
    ana, ben = await rig.people(2)
    await rig.stage.post(f"users/{ana.chat_id}/block", blocked=True)
    later = await rig.tell(ana, priority=Priority.NUDGE, due_at=rig.now() + timedelta(days=3))
    first = await rig.tell(ana)
    other = await rig.tell(ben)
    rig.start()
    await rig.settled()
    first, later = await rig.row(first), await rig.row(later)
    assert (first.state, first.error) == (DEAD, outbox.UNREACHABLE)
    assert (later.state, later.error) == (CANCELLED, outbox.UNREACHABLE)
    assert (await rig.row(other)).state is SENT
    async with rig.database.reader() as session:
        assert (await session.get_one(Person, ana.id)).unreachable_since is not None
        assert (await session.get_one(Person, ben.id)).unreachable_since is None


async def test_who_comes_back_while_the_refusal_is_on_its_way_stays_reachable(rig):
    person = await rig.person()
    await fault(
        rig, {"method": "sendMessage", "code": 403, "description": "Forbidden: bot was blocked by the user"}
    )
    rig.line.through.clear()
    refused = await rig.tell(person)
    rig.start()
    await rig.held()
    reply = await rig.tell(person)
    rig.line.through.set()
    await rig.settled()
    assert ((await rig.row(refused)).state, (await rig.row(reply)).state) == (DEAD, SENT)
    async with rig.database.reader() as session:
        assert (await session.get_one(Person, person.id)).unreachable_since is None


async def test_a_chat_without_a_person_that_blocked_is_only_a_dead_row(rig):
    person = await rig.person()
    await rig.stage.post(f"users/{person.chat_id}/block", blocked=True)
    row = await rig.tell(None, chat_id=person.chat_id)
    rig.start()
    await rig.settled()
    assert ((await rig.row(row)).state, (await rig.row(row)).error) == (DEAD, outbox.UNREACHABLE)


async def test_what_telegram_refuses_is_dead_after_one_try_and_others_go_on(rig, caplog):
    ana, ben = await rig.people(2)
    await fault(rig, {"method": "sendMessage", **BAD_REQUEST})
    rows = [await rig.tell(ana), await rig.tell(ana), await rig.tell(ben)]
    rig.start()
    await rig.settled()
    assert sorted(await rig.states()) == [DEAD, SENT, SENT]
    (dead,) = [row for row in await rig.rows() if row.state is DEAD]
    assert (dead.attempts, dead.error) == (1, "Message text is empty")
    assert not any(text_of(row) in caplog.text for row in rows)


async def test_a_reason_longer_than_its_column_is_cut(rig):
    person = await rig.person()
    await fault(rig, {"method": "sendMessage", "code": 400, "description": "Bad Request: " + "x" * 300})
    row = await rig.tell(person)
    rig.start()
    await rig.settled()
    assert (await rig.row(row)).error == "X" + "x" * 119


async def test_all_wait_as_long_as_telegram_says_and_a_restart_obeys(rig):
    ana, ben = await rig.people(2)
    flood = {"code": 429, "description": "Too Many Requests: retry after 5", "parameters": {"retry_after": 5}}
    await fault(rig, {"method": "sendMessage", **flood})
    row = await rig.tell(ana)
    begun, asked = machine(), time.monotonic()

    async def refused():
        return (await rig.row(row)).not_before is not None

    rig.start()
    await eventually(refused)
    other = await rig.tell(ben)
    await rig.halt()
    row = await rig.row(row)
    assert (row.state, row.attempts) == (PENDING, 0)
    async with rig.database.reader() as session:
        until = (await session.get_one(Carrier, 1)).paused_until
    assert until - begun >= timedelta(seconds=5)
    rig.start("second")
    await rig.until(other, SENT)
    assert time.monotonic() - asked >= 5, "whom nothing was refused waits, too"
    await rig.settled()
    assert await rig.states() == [SENT, SENT]
    assert len(await rig.calls()) == 3


async def test_nobody_is_written_to_while_telegram_wants_silence(rig):
    """However slow the machine is: it looks for something to send, and lets it wait."""
    ana, ben = await rig.people(2)
    flood = {
        "code": 429,
        "description": "Too Many Requests: retry after 600",
        "parameters": {"retry_after": 600},
    }
    await fault(rig, {"method": "sendMessage", **flood})
    row = await rig.tell(ana)
    rig.start()

    async def refused():
        return (await rig.row(row)).not_before is not None

    await eventually(refused)
    other, looks = await rig.tell(ben), rig.deliverer._looks

    async def looked():
        return rig.deliverer._looks > looks + 2

    await eventually(looked)
    assert (await rig.row(other)).state is PENDING


async def announce(rig, person, **columns):
    """A copy owed to this person, and another message behind it."""
    async with rig.database.writer.begin() as session:
        broadcast = Broadcast(message_id=1, created_at=rig.now(), **columns)
        session.add(broadcast)
        await session.flush()
        payload, to = BroadcastCopy.Payload(broadcast.id), outbox.Recipient.of(person)
        copy = outbox.owe(session, payload, to, rig.now(), priority=Priority.NEWS)
    return copy, await rig.tell(person, priority=Priority.NUDGE)


async def reachable(rig, person):
    async with rig.database.reader() as session:
        return (await session.get_one(Person, person.id)).unreachable_since is None


@pytest.mark.parametrize(
    "gone",
    [
        {"state": BroadcastState.DROPPED, "author_chat_id": 4711},
        {"state": BroadcastState.DRAFT, "author_chat_id": NOWHERE},
    ],
)
async def test_of_a_dropped_announcement_and_of_one_by_nobody_no_copy_is_made(rig, gone):
    person = await rig.person()
    copy, behind = await announce(rig, person, **gone)
    rig.start()
    await rig.settled()
    assert ((await rig.row(copy)).state, (await rig.row(behind)).state) == (CANCELLED, SENT)
    assert await reachable(rig, person)


@pytest.mark.parametrize("said", ["chat not found", "message to copy not found", "PEER_ID_INVALID"])
async def test_where_the_source_of_a_copy_is_gone_its_reader_is_not(rig, said):
    person, author = await rig.people(2)
    refusal = {"code": 400, "description": f"Bad Request: {said}"}
    await fault(rig, {"method": "copyMessage", **refusal})
    copy, behind = await announce(rig, person, state=BroadcastState.CONFIRMED, author_chat_id=author.chat_id)
    rig.start()
    await rig.settled()
    assert ((await rig.row(copy)).state, (await rig.row(behind)).state) == (DEAD, SENT)
    assert (await rig.row(copy)).error != outbox.UNREACHABLE
    assert await reachable(rig, person)


async def test_who_blocked_the_bot_is_unreachable_for_copies_too(rig):
    person, author = await rig.people(2)
    blocked = {"code": 403, "description": "Forbidden: bot was blocked by the user"}
    await fault(rig, {"method": "copyMessage", **blocked})
    copy, behind = await announce(rig, person, state=BroadcastState.CONFIRMED, author_chat_id=author.chat_id)
    rig.start()
    await rig.settled()
    assert ((await rig.row(copy)).state, (await rig.row(behind)).state) == (DEAD, CANCELLED)
    assert not await reachable(rig, person)


async def test_a_refused_token_stops_all_and_keeps_the_rows(rig):
    ana, ben = await rig.people(2)
    await fault(rig, {"code": 401, "description": "Unauthorized", "times": 50})
    await rig.tell(ana, ben)
    rig.start()
    async with asyncio.timeout(SETTLED_WITHIN):
        await rig.running
    assert rig.deliverer.fatal.is_set()
    assert await rig.states() == [PENDING, PENDING]
    assert {row.attempts for row in await rig.rows()} == {0}


async def test_a_chat_that_moved_is_followed(rig):
    ana, ben = await rig.people(2)
    moved = {
        "code": 400,
        "description": "Bad Request: group chat was upgraded",
        "parameters": {"migrate_to_chat_id": ben.chat_id},
    }
    await fault(rig, {"method": "sendMessage", **moved})
    row = await rig.tell(ana)
    rig.start()
    await rig.settled()
    assert ((await rig.row(row)).state, (await rig.row(row)).chat_id) == (SENT, ben.chat_id)

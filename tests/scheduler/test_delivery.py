"""What is owed goes out: in order, at the right pace, once, whatever Telegram answers."""

import asyncio
import contextlib
import time
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from actions import outbox
from db.models import Carrier, Outgoing, Person, SendLane, SendState
from tests.scheduler.rig import (
    CANCELLED,
    DEAD,
    PENDING,
    SENT,
    UNDECIDED,
    UNKNOWN,
    brief,
    eventually,
    machine,
    text_of,
)

BAD_REQUEST = {"code": 400, "description": "Bad Request: message text is empty"}


async def fault(rig, *steps, **switches):
    await rig.stage.post("faults", **({"next": list(steps)} if steps else {}), **switches)


async def test_a_row_goes_out_within_a_few_tens_of_milliseconds(rig):
    person = await rig.person()
    rig.start()
    await rig.tell(person)
    await rig.settled()
    started = time.monotonic()
    row = await rig.tell(person)
    await eventually(rig.deliverer.idle, every=0.005)
    assert time.monotonic() - started < 0.3
    row = await rig.row(row)
    assert (row.state, row.attempts, row.repeated, row.owner) == (SENT, 1, False, None)
    assert row.sent_at is not None
    assert (await rig.arrived(person))[-1]["message_id"] == row.message_id
    assert (await rig.stage.get("violations")) == []


async def test_a_chat_hears_in_order_what_it_is_owed(rig):
    person = await rig.person()
    rows = [await rig.tell(person) for _ in range(5)]
    rig.start()
    await rig.settled()
    arrived = await rig.arrived(person)
    assert len(arrived) == len(rows)
    for row, message in zip(rows, arrived, strict=True):
        assert text_of(row) in message["text"]


async def test_replies_go_before_news_and_news_before_announcements(rig):
    person = await rig.person()
    lanes = (SendLane.BROADCAST, SendLane.NEWS, SendLane.REPLY)
    rows = [await rig.tell(person, lane=lane) for lane in lanes]
    rig.start()
    await rig.settled()
    texts = [message["text"] for message in await rig.arrived(person)]
    assert all(text_of(row) in text for row, text in zip(reversed(rows), texts, strict=True))


async def test_an_edit_waits_for_its_message_and_changes_it(rig):
    person = await rig.person()
    await fault(rig, {"method": "sendMessage", "code": 500, "description": "x", "times": 1})
    target = await rig.tell(person)
    edit = await rig.tell(person, edits_row=target.id)
    rig.start()
    await rig.settled()
    target, edit = await rig.row(target), await rig.row(edit)
    assert (target.state, target.repeated, edit.state) == (SENT, True, SENT)
    assert edit.message_id == target.message_id
    (shown,) = [m for m in await rig.stage.messages(person.chat_id) if not m.get("out")]
    assert text_of(edit) in shown["text"]


async def test_nothing_waits_for_an_edit_that_waits(rig):
    person = await rig.person()
    target = await rig.tell(person, due_at=rig.now() + timedelta(days=1))
    edit = await rig.tell(person, edits_row=target.id)
    reply = await rig.tell(person)
    rig.start()
    assert (await rig.until(reply, SENT)).attempts == 1
    assert (await rig.row(edit)).state is PENDING


async def test_an_edit_of_a_message_that_is_gone_is_said_anew(rig):
    person = await rig.person()
    rig.start()
    target = await rig.tell(person)
    await rig.settled()
    gone = (await rig.row(target)).message_id
    await rig.stage.result("deleteMessage", chat_id=person.chat_id, message_id=gone)
    edit = await rig.tell(person, edits_message=gone)
    await rig.settled()
    edit = await rig.row(edit)
    assert edit.state is SENT
    assert edit.message_id != gone
    assert text_of(edit) in (await rig.arrived(person))[-1]["text"]


async def test_the_next_edit_follows_the_message_that_was_said_anew(rig):
    """Or a progress message that somebody deletes would come back with every figure."""
    person = await rig.person()
    rig.start()
    target = await rig.tell(person)
    await rig.settled()
    await rig.stage.result(
        "deleteMessage", chat_id=person.chat_id, message_id=(await rig.row(target)).message_id
    )
    first = await rig.tell(person, edits_row=target.id)
    await rig.settled()
    second = await rig.tell(person, edits_row=target.id)
    await rig.settled()
    assert (await rig.row(first)).message_id == (await rig.row(second)).message_id
    assert len(await rig.arrived(person)) == 2


async def test_an_edit_of_what_never_arrived_is_a_message_of_its_own(rig):
    person = await rig.person()
    target = await rig.tell(person, state=DEAD)
    edit = await rig.tell(person, edits_row=target.id)
    rig.start()
    await rig.settled()
    assert (await rig.row(edit)).state is SENT
    assert text_of(edit) in (await rig.arrived(person))[0]["text"]


async def test_an_edit_that_changes_nothing_counts_as_sent(rig):
    person = await rig.person()
    rig.start()
    target = await rig.tell(person)
    await rig.settled()
    message_id = (await rig.row(target)).message_id
    edit = await rig.tell(person, edits_message=message_id, args=(await rig.row(target)).args)
    await rig.settled()
    assert ((await rig.row(edit)).state, (await rig.row(edit)).message_id) == (SENT, message_id)


async def test_who_blocked_the_bot_is_unreachable_and_the_rest_ends(rig):
    ana, ben = await rig.people(2)
    await rig.stage.post(f"users/{ana.chat_id}/block", blocked=True)
    later = await rig.tell(ana, lane=SendLane.NUDGE, due_at=rig.now() + timedelta(days=3))
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
    await fault(rig, latency_ms=300)
    refused = await rig.tell(person)
    rig.start()
    await rig.until(refused, SendState.SENDING)
    await asyncio.sleep(0.05)
    reply = await rig.tell(person)
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


async def test_a_row_that_cannot_be_worded_is_dead_and_logged_without_words(rig, caplog):
    person = await rig.person()
    broken = await rig.tell(person, args={"until": "canary"})
    row = await rig.tell(person)
    rig.start()
    await rig.settled()
    assert ((await rig.row(broken)).state, (await rig.row(broken)).error) == (DEAD, "fault")
    assert (await rig.row(row)).state is SENT
    assert f"row {broken.id} (Paused) cannot be worded: ValueError at " in caplog.text
    assert "canary" not in caplog.text


async def test_what_lost_its_reason_is_withdrawn(rig):
    (person,) = await rig.people(1, consents=())
    row = await rig.tell(person, lane=SendLane.BROADCAST)
    rig.start()
    await rig.settled()
    assert ((await rig.row(row)).state, (await rig.row(row)).error) == (CANCELLED, "withdrawn")
    assert await rig.arrived(person) == []


async def test_all_wait_as_long_as_telegram_says_and_a_restart_obeys(rig):
    ana, ben = await rig.people(2)
    flood = {"code": 429, "description": "Too Many Requests: retry after 2", "parameters": {"retry_after": 2}}
    await fault(rig, {"method": "sendMessage", **flood})
    row = await rig.tell(ana)
    rig.start()
    asked = time.monotonic()
    await eventually(rig.calls)
    await brief(0.2)
    await rig.tell(ben)
    await rig.halt()
    row = await rig.row(row)
    assert (row.state, row.attempts) == (PENDING, 0)
    async with rig.database.reader() as session:
        until = (await session.get_one(Carrier, 1)).paused_until
    assert 1 < (until - machine()).total_seconds() <= 2
    rig.start("second")
    await rig.settled()
    assert time.monotonic() - asked >= 2
    assert await rig.states() == [SENT, SENT]
    assert len(await rig.calls()) == 3


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_send_without_a_clear_answer_is_repeated_once_and_marked(rig, arrived):
    person = await rig.person()
    await fault(rig, {"method": "sendMessage", "code": 502, "description": "Bad Gateway", "effect": arrived})
    row = await rig.tell(person)
    rig.start()
    waiting = await rig.until(row, UNKNOWN)
    assert not await rig.deliverer.idle()
    assert waiting.not_before > machine() + timedelta(seconds=1)
    await rig.settled()
    row = await rig.row(row)
    assert (row.state, row.repeated, row.attempts) == (SENT, True, 2)
    assert len(await rig.arrived(person)) == 1 + arrived


async def test_two_unclear_answers_are_not_followed_by_a_third_try(rig):
    person = await rig.person()
    lost = {"method": "sendMessage", "effect": True, "drop": True, "times": 2}
    await fault(rig, lost)
    row = await rig.tell(person)
    rig.start()
    await rig.settled()
    next_one = await rig.tell(person)
    await rig.settled()
    assert ((await rig.row(row)).state, (await rig.row(next_one)).state) == (UNDECIDED, SENT)
    assert len(await rig.arrived(person)) == 3


async def test_lost_answers_repeat_each_message_at_most_once(rig):
    people = await rig.people(12)
    rows = await rig.tell(*people)
    await fault(rig, lose_answers=0.3)
    rig.start()
    await rig.settled()
    for person, owed in zip(people, rows, strict=True):
        row = await rig.row(owed)
        assert row.state in (SENT, UNDECIDED)
        assert len(await rig.arrived(person)) == 1 + row.repeated


async def test_an_edit_is_repeated_until_it_is_clear(rig):
    person = await rig.person()
    rig.start()
    target = await rig.tell(person)
    await rig.settled()
    await fault(rig, {"method": "editMessageText", "code": 502, "description": "Bad Gateway", "times": 2})
    edit = await rig.tell(person, edits_row=target.id)
    await rig.settled()
    edit = await rig.row(edit)
    assert (edit.state, edit.attempts, edit.repeated) == (SENT, 3, False)


async def test_an_outage_costs_at_most_a_repeat_of_what_was_on_its_way(rig):
    people = await rig.people(30)
    await fault(rig, outage=True)
    rows = await rig.tell(*people)
    rig.start()
    await brief(4)
    assert not {SENT, UNDECIDED, DEAD} & set(await rig.states())
    await fault(rig, outage=False)
    await rig.settled()
    assert {(await rig.row(row)).state for row in rows} == {SENT}
    for person in people:
        assert len(await rig.arrived(person)) == 1
    assert sum(row.repeated for row in await rig.rows()) <= 16


async def test_where_nobody_listens_nothing_is_in_doubt(rig):
    person = await rig.person()
    elsewhere = rig.bot._base_url
    rig.bot._base_url = f"http://127.0.0.1:9/bot{rig.bot.token}"
    row = await rig.tell(person)
    rig.start()

    async def tried():
        return (await rig.row(row)).not_before is not None

    await eventually(tried)
    rig.bot._base_url = elsewhere
    await rig.settled()
    row = await rig.row(row)
    assert (row.state, row.repeated) == (SENT, False)


async def test_a_refused_token_stops_all_and_keeps_the_rows(rig):
    ana, ben = await rig.people(2)
    await fault(rig, {"code": 401, "description": "Unauthorized", "times": 50})
    await rig.tell(ana, ben)
    rig.start()
    async with asyncio.timeout(5):
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


async def test_an_abandoned_deliverer_loses_nothing(rig):
    people = await rig.people(8)
    await fault(rig, latency_ms=200)
    rows = await rig.tell(*people)
    rig.start("first")
    await rig.until(rows[0], SendState.SENDING)
    await asyncio.sleep(0.1)
    await rig.abandon()
    assert SendState.SENDING in await rig.states()
    rig.start("second")
    await rig.settled()
    assert set(await rig.states()) == {SENT}
    for person, row in zip(people, rows, strict=True):
        assert 1 <= len(await rig.arrived(person)) <= 1 + (await rig.row(row)).repeated


async def test_a_result_that_comes_after_the_lease_was_lost_is_dropped(rig):
    person = await rig.person()
    row = await rig.tell(person)
    await fault(rig, latency_ms=400)
    rig.start()
    await rig.until(row, SendState.SENDING)
    async with rig.database.writer.begin() as session:
        taken = await session.get_one(Outgoing, row.id)
        taken.owner = "somebody else"
    await rig.halt()
    row = await rig.row(row)
    assert (row.state, row.owner, row.message_id) == (SendState.SENDING, "somebody else", None)


async def test_a_stop_waits_for_what_is_on_its_way(rig):
    people = await rig.people(3)
    await fault(rig, latency_ms=500)
    rows = await rig.tell(*people)
    rig.start()
    await rig.until(rows[0], SendState.SENDING)
    await rig.tell(*people, due_at=rig.now())
    started = time.monotonic()
    await rig.halt()
    assert time.monotonic() - started < 2
    assert (await rig.states()) == [SENT] * 3 + [PENDING] * 3


async def test_a_stop_calls_off_what_takes_too_long_and_the_next_start_takes_it_for_unclear(rig, monkeypatch):
    monkeypatch.setattr("scheduler.delivery._GRACE", 0.2)
    person = await rig.person()
    await fault(rig, latency_ms=1500)
    row = await rig.tell(person)
    rig.start()
    await rig.until(row, SendState.SENDING)
    await brief(0.1)
    started = time.monotonic()
    await rig.halt()
    assert time.monotonic() - started < 1
    assert (await rig.row(row)).state is SendState.SENDING
    await fault(rig, latency_ms=0)
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


async def test_three_hundred_announcements_keep_the_limits_and_let_replies_through(rig):
    people = await rig.people(300)
    await fault(rig, limits=True)
    await rig.tell(*people[:-1], lane=SendLane.BROADCAST)
    rig.start()
    await brief(2)
    waits = []
    for _ in range(3):
        reply = await rig.tell(people[-1])
        started = time.monotonic()
        await rig.until(reply, SENT)
        waits.append(time.monotonic() - started)
        await brief(1)
    assert max(waits) < 1
    await rig.settled()
    assert set(await rig.states()) == {SENT}
    assert not [call for call in await rig.calls() if call["code"] == 429]
    assert len(await rig.ledger()) == 302


async def test_only_one_of_a_chat_is_on_its_way(rig):
    person = await rig.person()
    await fault(rig, latency_ms=100)
    lanes = (SendLane.REPLY, SendLane.NEWS, SendLane.NUDGE)
    for lane in lanes:
        await rig.tell(person, lane=lane)
    rig.start()
    most = 0
    while not await rig.deliverer.idle():
        most = max(most, (await rig.states()).count(SendState.SENDING))
        await asyncio.sleep(0.01)
    assert most == 1

"""What is owed goes out: in order, at the right pace, once."""

import asyncio
import time

import pytest

from actions.exchange import order
from db.models import Priority, SendState
from domain.outcomes.choices import Purpose
from tests.scheduler.rig import (
    CANCELLED,
    DEAD,
    SENT,
    brief,
    eventually,
    fault,
    text_of,
)


async def test_a_row_goes_out_within_a_few_tens_of_milliseconds(rig, monkeypatch):
    """Its commit wakes the deliverer, which would look by itself only in an hour. Where others keep the machine, it
    takes no more time than owing it does ten times.
    """
    monkeypatch.setattr("scheduler.delivery._POLL", 3600)
    rig.start()
    took, to_owe = [], []
    for person in await rig.people(10):
        started = time.monotonic()
        row = await rig.tell(person)
        to_owe.append(time.monotonic() - started)
        await eventually(rig.deliverer.idle, every=0.005)
        took.append(time.monotonic() - started)
    assert min(took) < max(0.3, 10 * min(to_owe)), (took, to_owe)
    row = await rig.row(row)
    assert (row.state, row.attempts, row.repeated, row.lease_owner) == (SENT, 1, False, None)
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
    lanes = (Priority.BROADCAST, Priority.NEWS, Priority.REPLY)
    rows = [await rig.tell(person, priority=priority) for priority in lanes]
    rig.start()
    await rig.settled()
    texts = [message["text"] for message in await rig.arrived(person)]
    assert all(text_of(row) in text for row, text in zip(reversed(rows), texts, strict=True))


async def test_a_flood_of_replies_does_not_starve_news(rig):
    *crowd, waiting, other = await rig.people(42)
    await rig.tell(waiting, priority=Priority.NEWS, due_at=rig.now() - order.PATIENCE)
    await rig.tell(other, priority=Priority.NEWS)
    await rig.tell(*crowd)
    rig.start()
    await rig.settled()
    chats = [message["chat_id"] for message in await rig.ledger()]
    assert chats.index(waiting.chat_id) < len(crowd) / 2
    assert chats.index(other.chat_id) > len(crowd) / 2, "news that have just come up let the replies go first"


async def test_a_reply_goes_before_most_of_the_news_that_waited(rig):
    *crowd, asker = await rig.people(61)
    await rig.tell(*crowd, priority=Priority.NEWS, due_at=rig.now() - order.PATIENCE)
    await rig.tell(asker)
    rig.start()
    await rig.settled()
    chats = [message["chat_id"] for message in await rig.ledger()]
    assert chats.index(asker.chat_id) < len(crowd) / 2


async def test_only_one_of_a_chat_is_on_its_way(rig):
    person = await rig.person()
    await fault(rig, latency_ms=300)
    lanes = (Priority.REPLY, Priority.NEWS, Priority.NUDGE)
    for priority in lanes:
        await rig.tell(person, priority=priority)
    rig.start()
    most = 0
    while not await rig.deliverer.idle():
        most = max(most, (await rig.states()).count(SendState.SENDING))
        await asyncio.sleep(0.01)
    assert most == 1


async def test_three_hundred_announcements_keep_the_limits_and_let_replies_through(rig):
    people = await rig.people(300)
    await fault(rig, limits=True)
    await rig.tell(*people[:-1], priority=Priority.BROADCAST)
    rig.start()
    await brief(2)
    overtaken = []
    for _ in range(3):
        before = len(await rig.ledger())
        row = await rig.until(await rig.tell(people[-1]), SENT)
        chats = [each["chat_id"] for each in (await rig.ledger())[before:]]
        overtaken.append(chats.index(row.chat_id))
        await brief(1)
    assert max(overtaken) < 25, "no more than go in a second"
    await rig.settled()
    assert set(await rig.states()) == {SENT}
    assert not [call for call in await rig.calls() if call["code"] == 429]
    assert len(await rig.ledger()) == 302


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


@pytest.mark.parametrize("priority", [Priority.NUDGE, Priority.BROADCAST])
async def test_what_lost_its_reason_is_withdrawn(rig, priority):
    (person,) = await rig.people(1, consents=[Purpose.ANNOUNCEMENTS])
    row = await rig.tell(person, priority=priority)
    rig.start()
    await rig.settled()
    assert ((await rig.row(row)).state, (await rig.row(row)).error) == (CANCELLED, "withdrawn")
    assert await rig.arrived(person) == []

"""What comes in is stored once, however odd, and waits in its chat's lane."""

import asyncio
from datetime import timedelta

from sqlalchemy import event

from actions.intake import inbox, lanes, redaction
from db.models import NOWHERE, Counted, Inbox, InboxState, Lane, Outgoing, Priority, SendState
from domain.limits import MESSAGES
from domain.outcomes.small import Flooded
from tests.actions.rights.strangers import CANARY, MEMBER, STRANGER, payload
from tests.handlers.rig import CODE, Rig, message, now, press


async def test_an_update_is_stored_once(rig):
    update = press(STRANGER, "u_yes")
    assert await rig.store(update, update) == [update["callback_query"]["id"]]
    assert await rig.store(update) == []
    assert await rig.count(Inbox) == 1


async def test_two_processes_may_be_given_the_same_update_at_once(rig):
    updates = [message(STRANGER + n, "/hilfe") for n in range(10)]
    await asyncio.gather(*(rig.store(*updates) for _ in range(5)))
    assert await rig.count(Inbox) == await rig.count(Lane) == 10


async def test_numbers_may_jump_back(rig):
    await rig.store(message(STRANGER, "/hilfe", update_id=900_000_000))
    await rig.store(message(STRANGER, "/hilfe", update_id=12))
    assert await rig.count(Inbox, Inbox.state == InboxState.NEW) == 2


async def test_poison_is_kept_without_its_payload(rig):
    update = message(STRANGER, CANARY, chat={"id": "seven"})
    await rig.store(update)
    row = (await rig.all(Inbox))[0]
    assert (row.state, row.payload, row.chat_id) == (InboxState.POISON, None, NOWHERE)


HUGE = 10**30
ODD = [
    {}, {"update_id": None}, {"update_id": True}, {"update_id": "7"}, {"update_id": HUGE}, {"update_id": 1.5},
    {"update_id": [1]}, {"update_id": 2}, {"update_id": 3, "message": None}, {"update_id": 4, "message": []},
    {"update_id": 5, "message": {}}, {"update_id": 6, "message": {"chat": []}},
    {"update_id": 7, "message": {"chat": {"id": HUGE, "type": "private"}}},
    {"update_id": 8, "message": {"chat": {"id": {}, "type": {}}}},
    {"update_id": 9, "callback_query": {"message": []}}, {"update_id": 10, "callback_query": {"from": 7}},
    {"update_id": 11, "callback_query": {"id": {}, "from": {"id": []}}},
    {"update_id": 12, "my_chat_member": {"chat": {"id": 5, "type": "private"}, "old_chat_member": 3}},
    {"update_id": 13, "message": {"chat": {"id": MEMBER, "type": "private"}, "text": float("nan")}},
    {"update_id": 14, "message": {"chat": {"id": MEMBER, "type": "private"}, "text": "\ud800 \x00"}},
    {"update_id": 15, "message": {"chat": {"id": STRANGER, "type": ["private"]}, "text": 5, "message_id": HUGE}},
    {"update_id": 16, "message": {"chat": {"id": MEMBER, "type": "private"}, "text": {1, 2}}},
    {"update_id": 17, "edited_message": 5, "callback_query": "x", "my_chat_member": 7},
    {"update_id": -1, "message": {"chat": {"id": -HUGE}}},
]  # fmt: skip


async def test_nothing_is_too_odd_to_be_stored(rig):
    """One odd update must not keep its neighbours from being stored."""
    await rig.person(MEMBER)
    good = message(MEMBER, "Hallo", update_id=99)
    await rig.store(*ODD, good)
    assert await payload(rig, good) == good
    assert await rig.count(Inbox) == 1 + sum(redaction.is_id(odd.get("update_id")) for odd in ODD)
    for odd in ODD:
        await rig.store(odd)


async def test_a_hundred_updates_take_a_handful_of_statements(rig):
    await rig.person(MEMBER)
    statements = []
    event.listen(rig.database.engines[0].sync_engine, "before_cursor_execute",
                 lambda *args: statements.append(args[2]))  # fmt: skip
    await rig.store(*(message(1000 + n, CODE if n % 2 else "Hallo") for n in range(100)))
    assert await rig.count(Inbox) == await rig.count(Lane) == 100
    assert len(statements) <= 8, statements


async def test_a_lane_waits_with_its_oldest_update(rig):
    """The second does not overtake the first that waits for its next try, and nobody claims the lane for it."""
    await rig.store(message(STRANGER, "/hilfe", update_id=1), message(STRANGER, "/hilfe", update_id=2))
    async with rig.database.writer.begin() as session:
        assert await inbox.failed(session, 1, 7, now(), now()) is False
    async with rig.database.writer.begin() as session:
        assert not await lanes.is_work_waiting(session, now())
        assert await lanes.lock(session, now(), 8) == []
        later = now() + timedelta(seconds=1)
        assert await lanes.lock(session, later, 8) == [STRANGER]
        assert await lanes.oldest(session, [STRANGER], now()) == []
        (oldest,) = await lanes.oldest(session, [STRANGER], later)
        assert (oldest.update_id, oldest.more) == (1, True)


async def test_a_fault_in_a_group_is_not_told_there(rig):
    update = message(-5, "Hallo", chat={"type": "group"})
    await rig.store(update)
    async with rig.database.writer.begin() as session:
        tries = [
            await inbox.failed(session, update["update_id"], 7, now(), now()) for _ in range(inbox.TRIES)
        ]
    assert tries[-1] is True
    assert await rig.count(Outgoing) == 0


async def test_what_nobody_sent_is_done_at_once_and_nothing_of_it_is_kept(rig):
    await rig.person(MEMBER)
    notice = message(MEMBER, new_chat_title="Hallo")
    await rig.store(notice)
    row = (await rig.all(Inbox))[0]
    assert (row.state, row.payload) == (InboxState.DONE, None)


async def test_lanes_that_wait_longest_go_first(rig):
    await rig.store(*(message(1000 - n, "/hilfe", update_id=n + 1) for n in range(6)))
    async with rig.database.writer.begin() as session:
        assert set(await lanes.lock(session, now(), 4)) == {1000, 999, 998, 997}


async def test_a_lane_is_worked_by_one_at_a_time(postgres_url):
    """On SQLite there is one writer."""
    rig = Rig(postgres_url)
    await rig.open()
    await rig.store(*(message(1000 - n, "/hilfe", update_id=n + 1) for n in range(6)))
    async with rig.database.writer.begin() as one, rig.database.writer.begin() as other:
        locked = await lanes.lock(one, now(), 4), await lanes.lock(other, now(), 4)
        assert tuple(map(set, locked)) == ({1000, 999, 998, 997}, {996, 995})
    await rig.close()


async def test_what_waited_while_the_bot_was_down_is_no_flood(rig):
    """Said over two hours, fetched at once, in two bites; what was said within a minute is counted as ever."""
    texts = [message(MEMBER, "/profil", date=1_800_000_000 + 300 * n) for n in range(2 * MESSAGES)]
    await rig.store(*texts[:MESSAGES])
    await rig.store(*texts[MESSAGES:])
    assert await rig.count(Inbox, Inbox.state == InboxState.NEW) == 2 * MESSAGES
    at_once = [message(STRANGER, "/profil", date=1_800_000_000) for _ in range(2 * MESSAGES)]
    await rig.store(*at_once)
    assert await rig.count(Inbox, Inbox.chat_id == STRANGER, Inbox.state == InboxState.NEW) == MESSAGES


async def test_what_came_before_the_clock_was_set_back_is_no_flood(rig):
    """By the new time it came hours ahead."""
    later = now() + timedelta(hours=6)
    for number in range(MESSAGES):
        seen = {"state": InboxState.DONE, "received_at": later, "counted": Counted.MESSAGE}
        await rig.add(Inbox(update_id=100 + number, chat_id=MEMBER, **seen))
    told = {"priority": Priority.REPLY, "state": SendState.SENT, "created_at": later, "due_at": later}
    await rig.add(Outgoing(chat_id=MEMBER, kind=Flooded.__name__, **told))
    await rig.store(message(MEMBER, "/profil"))
    assert await rig.count(Inbox, Inbox.state == InboxState.NEW) == 1

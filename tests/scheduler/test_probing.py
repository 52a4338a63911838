"""An answer was lost, and the message is looked for: what has arrived is not said again, what has not is, once."""

from datetime import timedelta

from db.models import Priority
from tests.scheduler.rig import PENDING, SENT, UNKNOWN, brief, eventually, fault, machine

LONG = timedelta(hours=1)
LOST = {"method": "sendMessage", "drop": True}


async def probes(rig):
    calls = (await rig.stage.get("log?after=0&limit=1000"))["calls"]
    return [call for call in calls if call["method"] == "editMessageReplyMarkup"]


async def test_what_has_arrived_is_found_and_not_said_again(rig):
    person = await rig.person()
    await fault(rig, LOST | {"effect": True})
    row = await rig.tell(person)
    rig.start(probe=True)
    await rig.settled()
    (message,) = await rig.arrived(person)
    row = await rig.row(row)
    assert (row.state, row.repeated, row.message_id) == (SENT, False, message["message_id"])
    assert [call["description"].partition(":")[2][:25] for call in await probes(rig)][
        -1
    ] == " message is not modified:"


async def test_what_has_not_arrived_is_sent_as_if_for_the_first_time(rig, monkeypatch):
    """Shown by what is sent to somebody else later."""
    monkeypatch.setattr("scheduler.probing._PATIENCE", LONG)
    person, other = await rig.people(2)
    await fault(rig, LOST)
    row = await rig.tell(person)
    rig.start(probe=True)
    await rig.until(row, UNKNOWN)
    await brief(2.5)
    assert (await rig.row(row)).state is UNKNOWN
    await rig.tell(other)
    await rig.settled()
    assert len(await rig.arrived(person)) == 1
    row = await rig.row(row)
    assert (row.state, row.repeated, row.attempts) == (SENT, False, 2)


async def test_where_nothing_is_sent_later_it_is_repeated_and_marked(rig, monkeypatch):
    monkeypatch.setattr("scheduler.probing._PATIENCE", rig.days)
    person = await rig.person()
    await fault(rig, LOST)
    row = await rig.tell(person)
    rig.start(probe=True)
    await rig.settled()
    assert len(await rig.arrived(person)) == 1
    assert (await rig.row(row)).repeated


async def test_a_message_that_was_changed_meanwhile_proves_nothing(rig, monkeypatch):
    """Then there is one repeat, marked, as without looking."""
    monkeypatch.setattr("scheduler.probing._PATIENCE", LONG)
    person = await rig.person()
    await fault(rig, LOST | {"effect": True})
    row = await rig.tell(person)
    rig.start(probe=True)
    await rig.until(row, UNKNOWN)
    (message,) = await rig.arrived(person)
    await rig.bot.edit_message_reply_markup(person.chat_id, message["message_id"])
    monkeypatch.setattr("scheduler.probing._PATIENCE", timedelta())
    await rig.settled()
    assert len(await rig.arrived(person)) == 2
    assert (await rig.row(row)).repeated


async def test_while_one_is_unclear_nothing_else_goes_to_that_chat(rig, monkeypatch):
    monkeypatch.setattr("scheduler.probing._PATIENCE", LONG)
    person, other = await rig.people(2)
    await fault(rig, LOST)
    await rig.tell(person, priority=Priority.NEWS)
    rig.start(probe=True)
    await eventually(lambda: _are(rig, UNKNOWN))
    reply = await rig.tell(person)
    await brief(2.5)
    assert (await rig.row(reply)).state is PENDING
    await rig.tell(other)
    await rig.settled()
    assert len(await rig.arrived(person)) == 2
    assert not any(row.repeated for row in await rig.rows())


async def _are(rig, state):
    return set(await rig.states()) == {state}


async def test_nothing_is_lost_or_said_twice_though_every_third_answer_is(rig):
    people = await rig.people(12)
    await rig.tell(*people, priority=Priority.NEWS)
    await fault(rig, lose_answers=0.3)
    rig.start(probe=True)
    await rig.settled(120)
    assert set(await rig.states()) == {SENT}
    assert [len(await rig.arrived(person)) for person in people] == [1] * 12


async def test_a_crash_in_the_middle_of_many_leaves_nothing_unclear(rig):
    people = await rig.people(8)
    rig.line.through.clear()
    await rig.tell(*people)
    rig.start("first", probe=True)
    await rig.held()
    await rig.abandon()
    rig.line.through.set()
    rig.start("second", probe=True)
    await rig.settled(90)
    assert [len(await rig.arrived(person)) for person in people] == [1] * 8
    assert set(await rig.states()) == {SENT}


async def test_without_looking_what_was_looked_for_is_repeated_once(rig):
    person = await rig.person()
    past = machine() - timedelta(seconds=1)
    await rig.tell(person, state=UNKNOWN, known_id=7, lease_until=past)
    rig.start()
    await rig.settled()
    (row,) = await rig.rows()
    assert (row.state, row.repeated, row.known_id) == (SENT, True, None)

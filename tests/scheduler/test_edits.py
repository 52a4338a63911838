"""An edit follows its message, wherever that went."""

from datetime import timedelta

from db.models import Outgoing, Priority
from tests.scheduler.rig import (
    DEAD,
    PENDING,
    SENT,
    fault,
    machine,
    text_of,
)


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


async def test_an_edit_whose_answer_was_lost_counts_once_it_is_not_modified(rig):
    person = await rig.person()
    rig.start()
    target = await rig.tell(person)
    await rig.settled()
    await fault(
        rig, {"method": "editMessageText", "code": 500, "description": "x", "effect": True, "drop": True}
    )
    edit = await rig.tell(person, edits_row=target.id)
    await rig.settled()
    edit = await rig.row(edit)
    assert (edit.state, edit.error, edit.message_id) == (SENT, None, (await rig.row(target)).message_id)
    assert len(await rig.arrived(person)) == 1, "nothing is said beside it"


async def test_a_long_wait_for_an_edit_holds_up_nobody_else(rig):
    """Progress shown by edits runs into a flood limit of its chat, not of everybody."""
    organiser, *others = await rig.people(6)
    rig.start()
    progress = await rig.tell(organiser)
    await rig.settled()
    flood = {"method": "editMessageText", "code": 429, "parameters": {"retry_after": 245}}
    await fault(rig, flood | {"description": "Too Many Requests: retry after 245"})
    first = await rig.tell(organiser, edits_row=progress.id)
    waiting = await rig.until(first, PENDING)
    copies = await rig.tell(*others, priority=Priority.BROADCAST)
    for copy in copies:
        await rig.until(copy, SENT)
    last = await rig.tell(organiser, edits_row=progress.id)
    reply = await rig.tell(organiser)
    await rig.until(reply, SENT)
    waiting = await rig.row(first)
    assert waiting.state is PENDING
    assert waiting.not_before > machine() + timedelta(seconds=200)
    assert ((await rig.row(last)).state, (await rig.row(last)).attempts) == (PENDING, 0), "one at a time"
    async with rig.database.writer.begin() as session:
        (await session.get_one(Outgoing, first.id)).not_before = None
    await rig.settled()
    assert [(await rig.row(each)).state for each in (first, last)] == [SENT, SENT]
    (shown, _) = [m for m in await rig.stage.messages(organiser.chat_id) if not m.get("out")]
    assert text_of(last) in shown["text"], "the final figure"

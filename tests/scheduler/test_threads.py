"""Threads of a private chat: what is said in one stays there, and what comes by itself arrives all the same."""

from tests.scheduler.rig import SENT, fault


async def thread_of(rig, row):
    shown = {m["message_id"]: m for m in await rig.stage.messages((await rig.row(row)).chat_id)}
    return shown[(await rig.row(row)).message_id].get("message_thread_id")


async def test_an_answer_goes_to_its_thread_and_the_rest_outside(rig):
    person = await rig.person()
    rig.start()
    there = await rig.tell(person, args={"until": "2027-01-01", "thread": 42})
    outside = await rig.tell(person)
    await rig.settled()
    assert await thread_of(rig, there) == 42
    assert await thread_of(rig, outside) is None


async def test_a_later_edit_of_what_is_gone_is_said_anew_in_its_thread(rig):
    person = await rig.person()
    rig.start()
    target = await rig.tell(person, args={"until": "2027-01-01", "thread": 42})
    await rig.settled()
    gone = (await rig.row(target)).message_id
    await rig.stage.result("deleteMessage", chat_id=person.chat_id, message_id=gone)
    edit = await rig.tell(person, edits_row=target.id)
    await rig.settled()
    assert (await rig.row(edit)).message_id != gone
    assert await thread_of(rig, edit) == 42


async def test_where_the_thread_is_gone_it_is_said_outside(rig):
    person = await rig.person()
    await fault(
        rig, {"method": "sendMessage", "code": 400, "description": "Bad Request: message thread not found"}
    )
    row = await rig.tell(person, args={"until": "2027-01-01", "thread": 42})
    rig.start()
    await rig.settled()
    assert (await rig.row(row)).state is SENT
    assert await thread_of(rig, row) is None

"""What goes wrong in a turn, or looks odd: it is owned up to, and the lane goes on."""

import logging

from sqlalchemy import text

from actions.intake import inbox
from db.models import Inbox, InboxState, Outgoing, Person
from domain.outcomes.choices import Purpose
from domain.outcomes.small import Fault, Help
from domain.refusal import Reason, Refusal
from tests.cast import fingerprint
from tests.handlers.rig import CODE, OPERATOR, first, hurry, message, press, tried_out

CHAT, OTHER = 701, 702
SECRET = "Kanarienvogel"
DONE, PARKED, POISON = InboxState.DONE, InboxState.PARKED, InboxState.POISON


async def test_a_failing_update_is_tried_five_times_parked_and_owned_up_to(rig, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    hurry(monkeypatch)
    person = await rig.person(CHAT)
    tries = []

    async def fail(turn, said):
        if said == SECRET:
            tries.append(turn.chat_id)
            turn.tell(Help(joined=True, organiser=False))
            raise ValueError(f"cannot digest {said}")

    first(rig, fail)
    bad, good = message(CHAT, SECRET), message(CHAT, "/hilfe")
    await rig.store(bad, good)
    rig.start()
    await tried_out(rig)

    assert len(tries) == inbox.TRIES
    assert await rig.states() == {bad["update_id"]: PARKED, good["update_id"]: DONE}
    assert +rig.counted == {"failed": inbox.TRIES - 1, "parked": 1, "done": 1}
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


async def test_a_refusal_undoes_the_action_and_nothing_else(rig):
    await rig.person(CHAT)

    async def refuse(turn, said):
        turn.me.name = SECRET
        turn.me.memberships.clear()
        turn.tell(Help(joined=True, organiser=False))
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
        (
            press(CHAT, f"k_yes:1:du:{fingerprint(Purpose.CORE, OPERATOR.controller)}", message=gone),
            "ConsentAsked",
        ),
        (press(CHAT, f"u_yes:{fingerprint(Purpose.CARRIER, OPERATOR.controller)}"), "Asked"),
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

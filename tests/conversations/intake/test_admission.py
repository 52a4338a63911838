"""What enters at all: what one person says or presses in their private chat. Everything else stays outside."""

import pytest

from db.models import Consent, Membership, Outgoing, Person
from domain.outcomes.choices import Purpose
from tests.cast import fingerprint

GROUPS = [("group", -500), ("supergroup", -100500)]
FINGERPRINTS = [fingerprint(each, "Werkstatt-Team") for each in (Purpose.CORE, Purpose.CARRIER)]
STEPS = (
    "begin:1:du", f"k_yes:1:du:{FINGERPRINTS[0]}", f"u_yes:{FINGERPRINTS[1]}", "role:town_hall", "partner",
    "pledges", "erase",
)  # fmt: skip


def heard_in(world, chat_id):
    return [body for body in world.messages(chat_id) if not body.get("out")]


def pressed_in(person, chat, data, **fields):
    """A press by this person under a message in that chat."""
    query = person.press_of(data, message_id=1)
    return {**query, "message": {**query["message"], "chat": chat}, **fields}


def written_in(person, chat, text, **fields):
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text[0] == "/" else []
    sender = {"id": person.id, "is_bot": False, "first_name": person.name}
    return {"chat": chat, "from": sender, "text": text, "entities": entities, **fields}


async def takes_along(person, group):
    """The person takes the bot into the group."""
    sender = {"id": person.id, "is_bot": False, "first_name": person.name}
    bot = {"id": 1_000_000, "is_bot": True, "first_name": "Mutmacher"}
    sides = {side: {"status": "member", "user": bot} for side in ("old_chat_member", "new_chat_member")}
    await person.causes(my_chat_member={"chat": group, "from": sender, "date": 1, **sides})


async def at_the_name(world):
    """Somebody in the middle of joining, to whom everything here could have been an answer."""
    return await world.joined("Ana Keller", until="name")


async def nothing_came_of_it(world, person, before):
    assert person.new == []
    assert await world.count(Outgoing) == before
    assert await world.rows(Person.name) == [None, None]


@pytest.mark.parametrize(("kind", "number"), GROUPS)
async def test_a_group_gets_one_hint_and_then_silence(world, kind, number):
    ana = await at_the_name(world)
    group = {"id": number, "type": kind, "title": "Stammtisch"}
    for text in ("Hallo zusammen, hört ihr mich?", "/start", f"/start w_{world.code}", "/hilfe", world.code):
        await ana.causes(message=written_in(ana, group, text))
        assert ana.new == []
    hints = heard_in(world, number)
    assert [body["text"].splitlines()[0] for body in hints] == ["Ich spreche nur unter vier Augen."]
    assert "hört ihr mich" not in await world.stored()
    assert await world.rows(Person.name) == [None, None]


@pytest.mark.parametrize(("kind", "number"), GROUPS)
async def test_buttons_pressed_in_a_group_make_nobody(sqlite_world, kind, number):
    world = sqlite_world
    ana = await at_the_name(world)
    group = {"id": number, "type": kind, "title": "Stammtisch"}
    await takes_along(ana, group)
    people, consents = await world.count(Person), await world.count(Consent)
    for data in STEPS:
        await ana.causes(callback_query=pressed_in(ana, group, data))
        assert ana.new == []
    assert len(heard_in(world, number)) == 1
    assert (await world.count(Person), await world.count(Consent)) == (people, consents)
    assert await world.count(Membership) == 1


async def test_a_group_that_had_its_hint_gets_none_for_presses(sqlite_world):
    ana = await at_the_name(sqlite_world)
    group = {"id": -500, "type": "group", "title": "Stammtisch"}
    await ana.causes(message=written_in(ana, group, "Hallo"))
    await ana.causes(callback_query=pressed_in(ana, group, "begin:1:du"))
    assert len(heard_in(sqlite_world, -500)) == 1


async def test_an_edit_or_a_change_of_members_in_a_group_is_passed_over(sqlite_world):
    world = sqlite_world
    ana = await at_the_name(world)
    before = await world.count(Outgoing)
    group = {"id": -500, "type": "group", "title": "Stammtisch"}
    await ana.causes(edited_message=written_in(ana, group, "Ana", message_id=1, date=1, edit_date=2))
    await takes_along(ana, group)
    await nothing_came_of_it(world, ana, before)


async def test_a_channel_is_left_alone(sqlite_world):
    world = sqlite_world
    channel = {"id": -100900, "type": "channel", "title": "Kanal"}
    ana = await at_the_name(world)
    before = await world.count(Outgoing)
    await ana.causes(channel_post={"chat": channel, "text": "Ana Keller"})
    await ana.causes(edited_channel_post={"chat": channel, "message_id": 1, "date": 1, "text": "Ana Keller"})
    await ana.causes(callback_query=pressed_in(ana, channel, STEPS[2]))
    assert heard_in(world, -100900) == []
    await nothing_came_of_it(world, ana, before)


@pytest.mark.parametrize("chat", [{"id": -501, "type": "group", "title": "Stammtisch"}, None])
async def test_a_bot_is_nobody_wherever_it_writes_or_presses(sqlite_world, chat):
    world = sqlite_world
    ana = await at_the_name(world)
    before = await world.count(Outgoing)
    chat = chat or {"id": ana.id, "type": "private", "first_name": "Ana"}
    bot = {"id": ana.id, "is_bot": True, "first_name": "Bot"}
    await ana.causes(message=written_in(ana, chat, "Ana Keller", **{"from": bot}))
    await ana.causes(callback_query=pressed_in(ana, chat, "role:mp", **{"from": bot}))
    await nothing_came_of_it(world, ana, before)


async def test_a_press_that_comes_from_no_chat_is_passed_over(sqlite_world):
    """A message sent through a bot may be anywhere; only a private chat says who presses."""
    world = sqlite_world
    ana = await at_the_name(world)
    before = await world.count(Outgoing)
    query = {key: value for key, value in ana.press_of("role:mp").items() if key != "message"}
    await ana.causes(callback_query={**query, "inline_message_id": "x"})
    await ana.causes(callback_query={**query, "id": "2"})
    await nothing_came_of_it(world, ana, before)


async def test_nobody_speaks_in_somebody_elses_chat(sqlite_world):
    world = sqlite_world
    ana = await at_the_name(world)
    before = await world.count(Outgoing)
    stranger = {"id": 777, "is_bot": False, "first_name": "Fremd"}
    chat = {"id": ana.id, "type": "private", "first_name": "Ana"}
    await ana.causes(message=written_in(ana, chat, "Falsch", **{"from": stranger}))
    await ana.causes(callback_query=pressed_in(ana, chat, "role:mp", **{"from": stranger}))
    await nothing_came_of_it(world, ana, before)
    assert "Falsch" not in await world.stored()


PINNED = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}
NOTICES = {
    "nothing at all": {},
    "a message pinned": {"pinned_message": PINNED},
    "a timer for deleting": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    "a wallpaper": {"chat_background_set": {"type": {"type": "fill"}}},
    "leave to write": {"write_access_allowed": {"from_request": True}},
    "a new title": {"new_chat_title": "Falsch"},
    "a boost": {"boost_added": {"boost_count": 1}},
    "a gift": {"gift": {"gift": {"id": "1"}}},
    "users shared": {"users_shared": {"request_id": 1, "users": []}},
    "data of a web app": {"web_app_data": {"data": "Falsch", "button_text": "Falsch"}},
    "a call": {"video_chat_ended": {"duration": 1}},
    "a notice not known yet": {"something_new": {"text": "Falsch"}},
    "no words": {"text": ""},
}


@pytest.mark.parametrize("notice", NOTICES)
async def test_a_notice_of_telegrams_is_not_answered(sqlite_world, notice):
    world = sqlite_world
    ana = await at_the_name(world)
    before = await world.count(Outgoing)
    await ana.sends_anything(**NOTICES[notice])
    await nothing_came_of_it(world, ana, before)
    assert "Falsch" not in await world.stored()


@pytest.mark.parametrize("notice", ["nothing at all", "a message pinned", "a timer for deleting"])
async def test_a_stranger_is_not_welcomed_by_a_notice(sqlite_world, notice):
    ana = await sqlite_world.person("Ana")
    await ana.sends_anything(**NOTICES[notice])
    assert ana.messages == []
    assert await ana.start() != ""

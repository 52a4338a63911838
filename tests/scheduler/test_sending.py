"""Each kind of message by the call that says it, and what can be made of a message that stands."""

import pytest
from markupsafe import Markup

from messages import Message
from messages.buttons import Verb
from messages.message import Copy, Document, button, keyboard
from scheduler import sending
from tests.scheduler.rig import SENT
from tests.stage.pictures import png

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BUTTONS = keyboard([button("Hilfe", Verb.HELP)])
PICTURE = png(2, 2)


@pytest.fixture
async def chat(stage):
    return await stage.person()


async def shown(rig, chat):
    return [message for message in await rig.stage.messages(chat) if not message.get("out")]


async def test_a_text_is_html_without_preview(rig, chat):
    text = Markup("<b>Ana</b> https://example.org")
    message_id = await sending.send(rig.bot, chat, Message(text, BUTTONS, protect=True))
    (message,) = await shown(rig, chat)
    assert message["message_id"] == message_id
    assert message["text"] == "Ana https://example.org"
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Hilfe"
    assert message["link_preview_options"] == {"is_disabled": True}
    assert message["has_protected_content"] is True


async def test_a_picture_has_a_caption(rig, chat):
    await sending.send(rig.bot, chat, Message("<i>QR</i>", BUTTONS, photo=PICTURE))
    (message,) = await shown(rig, chat)
    assert message["caption"] == "QR"
    assert message["photo"]


async def test_a_file_keeps_its_name(rig, chat):
    await sending.send(rig.bot, chat, Message("Alles", document=Document("daten.json", b"{}"), protect=True))
    (message,) = await shown(rig, chat)
    assert (message["caption"], message["document"]["file_name"]) == ("Alles", "daten.json")
    assert message["has_protected_content"] is True


async def test_a_copy_does_not_say_where_it_comes_from(rig, chat):
    other = await rig.stage.person("Ben")
    original = (await rig.stage.post(f"users/{other}/send", text="Hallo"))["message_id"]
    copied = await sending.send(rig.bot, chat, Message("", BUTTONS, copy=Copy(other, original)))
    (message,) = await shown(rig, chat)
    assert (message["message_id"], message["text"]) == (copied, "Hallo")
    assert message["reply_markup"]["inline_keyboard"]
    assert not any(key.startswith("forward") for key in message)


async def test_an_edit_changes_words_and_buttons(rig, chat):
    message_id = await sending.send(rig.bot, chat, Message("Eins", BUTTONS))
    assert await sending.edit(rig.bot, chat, message_id, Message("<b>Zwei</b>")) == message_id
    (message,) = await shown(rig, chat)
    assert message["text"] == "Zwei"
    assert not message.get("reply_markup")


async def test_an_edit_changes_a_caption(rig, chat):
    message_id = await sending.send(rig.bot, chat, Message("Eins", photo=PICTURE))
    await sending.edit(rig.bot, chat, message_id, Message("Zwei", photo=PICTURE))
    assert [message["caption"] for message in await shown(rig, chat)] == ["Zwei"]


async def test_no_message_becomes_a_copy(rig, chat):
    with pytest.raises(sending.Uneditable):
        await sending.edit(rig.bot, chat, 1, Message("", copy=Copy(1, 1)))


async def test_words_in_place_of_a_picture_are_said_anew(rig):
    person = await rig.person()
    picture = await sending.send(rig.bot, person.chat_id, Message("QR", photo=PICTURE))
    row = await rig.tell(person, edits_message=picture)
    rig.start()
    await rig.settled()
    row = await rig.row(row)
    assert row.state is SENT
    assert row.message_id > picture
    assert (await rig.stage.get("violations")) == []

"""Inline buttons, reply keyboards, commands, pictures and files."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.stage.page.conftest import LINK, Play
from tests.stage.pictures import png

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_the_keyboard_alone_presses_a_button_and_keeps_its_place(play: Play) -> None:
    ana = await play.person("Ana")
    keys = {
        "inline_keyboard": [
            [{"text": "Ja", "callback_data": "ja"}, {"text": "Nein", "callback_data": "nein"}]
        ]
    }
    sent = await play.bot("sendMessage", chat_id=ana, text="Kommst du?", reply_markup=keys)
    await expect(play.phone("Ana").get_by_role("button", name="Nein")).to_be_visible()
    await play.phone("Ana").get_by_role("button", name="Mehr zu Ana").focus()
    for _ in range(5):  # the chat, the command in the first message, the menus of both messages
        await play.page.keyboard.press("Tab")
    await expect(play.phone("Ana").get_by_role("button", name="Ja")).to_be_focused()
    await play.page.keyboard.press("Tab")
    await play.page.keyboard.press("Enter")
    await expect(play.phone("Ana").get_by_role("button", name="Nein")).to_have_attribute("aria-busy", "true")
    query = (await play.updates())[-1]["callback_query"]
    assert query["data"] == "nein"
    again = {
        "inline_keyboard": [
            [{"text": "Ja", "callback_data": "ja"}, {"text": "Doch", "callback_data": "doch"}]
        ]
    }
    await play.bot(
        "editMessageText", chat_id=ana, message_id=sent["message_id"], text="Schade.", reply_markup=again
    )
    await play.bot("answerCallbackQuery", callback_query_id=query["id"], text="Notiert")
    await expect(play.phone("Ana").locator(".toast")).to_have_text("Notiert")
    await expect(play.phone("Ana").get_by_role("button", name="Doch")).to_be_focused()


async def test_an_alert_waits_to_be_read(play: Play) -> None:
    ana = await play.person("Ana")
    keys = {"inline_keyboard": [[{"text": "Alt", "callback_data": "alt"}]]}
    await play.bot("sendMessage", chat_id=ana, text="Von gestern", reply_markup=keys)
    await play.phone("Ana").get_by_role("button", name="Alt").click()
    query = (await play.updates())[-1]["callback_query"]
    await play.bot("answerCallbackQuery", callback_query_id=query["id"], text="Zu spät", show_alert=True)
    await expect(play.page.get_by_role("dialog")).to_contain_text("Zu spät")
    await play.page.keyboard.press("Escape")
    await expect(play.page.get_by_role("dialog")).to_have_count(0)


async def test_reply_keyboard_commands_and_contact(play: Play) -> None:
    ana = await play.person("Ana")
    keys = {"keyboard": [[{"text": "Überspringen"}], [{"text": "Nummer teilen", "request_contact": True}]]}
    await play.bot("setMyCommands", commands=[{"command": "hilfe", "description": "Was ich kann"}])
    await play.bot("sendMessage", chat_id=ana, text="Und?", reply_markup=keys)
    phone = play.phone("Ana")
    await phone.get_by_role("button", name="Überspringen").click()
    await expect(phone.locator(".message.out").last).to_contain_text("Überspringen")
    await phone.get_by_role("button", name="Nummer teilen").click()
    await play.page.get_by_role("dialog").get_by_role("button", name="Senden").click()
    await expect(phone.locator(".message.out").last).to_contain_text("Kontakt")
    await phone.get_by_role("button", name="Befehle").click()
    await play.page.keyboard.press("Enter")
    await expect(phone.locator(".message.out").last).to_contain_text("/hilfe")
    texts = [update["message"] for update in await play.updates()]
    assert [("contact" in text, text.get("text")) for text in texts] == [
        (False, "Überspringen"),
        (True, None),
        (False, "/hilfe"),
    ]
    await play.bot("sendMessage", chat_id=ana, text="Gut.", reply_markup={"remove_keyboard": True})
    await expect(phone.get_by_role("button", name="Überspringen")).to_have_count(0)


async def test_a_picture_is_shown_and_scanned_with_another_phone(play: Play) -> None:
    orga = await play.person("Ola")
    await play.person("Ben")
    await play.photo(orga, f"Der Weg hinein: {LINK}")
    shown = play.phone("Ola").locator(".photo img")
    await expect(shown).to_be_visible()
    await expect(shown).to_have_js_property("naturalWidth", 40)
    await play.phone("Ola").get_by_role("button", name="Bild ansehen").click()
    await play.page.get_by_role("button", name="Mit Ben öffnen").click()
    await expect(play.phone("Ben").get_by_text("/start w_NORDTAL")).to_be_visible()


async def test_a_link_in_a_bubble_is_followed_there(play: Play) -> None:
    ana = await play.person("Ana")
    await play.bot("sendMessage", chat_id=ana, text=f"Komm herein: {LINK}")
    await play.phone("Ana").get_by_role("button", name=LINK).click()
    await expect(play.phone("Ana").get_by_text("/start w_NORDTAL")).to_be_visible()


async def test_a_person_sends_a_picture_and_a_file(play: Play) -> None:
    await play.person("Ana")
    phone = play.phone("Ana")
    for name, kind, data in (("bild.png", "image/png", png(40, 40)), ("brief.txt", "text/plain", b"Hallo")):
        upload: Any = {"name": name, "mimeType": kind, "buffer": data}
        await phone.locator("input[type=file]").set_input_files(upload)
        dialog = play.page.get_by_role("dialog")
        await dialog.get_by_label("Bildunterschrift").fill(f"Das ist {name}")
        await dialog.get_by_role("button", name="Senden").click()
        await expect(phone.get_by_text(f"Das ist {name}")).to_be_visible()
    photo, document = [update["message"] for update in await play.updates()]
    assert photo["photo"][-1]["width"] == 40
    assert document["document"]["file_name"] == "brief.txt"

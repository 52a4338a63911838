"""What is written, formatted, edited and deleted, and that all of it is harmless."""

import pytest
from playwright.async_api import expect

from tests.stage.page.conftest import Play

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_what_is_written_reaches_the_bot(play: Play) -> None:
    ana = await play.person("Ana")
    box = play.phone("Ana").get_by_role("textbox")
    await box.fill("erste Zeile")
    await box.press("Shift+Enter")
    await box.press_sequentially("zweite 😀")
    await box.press("Enter")
    await expect(play.phone("Ana").locator(".message.out").last).to_contain_text("zweite 😀")
    await expect(box).to_have_value("")
    message = (await play.updates())[-1]["message"]
    assert (message["from"]["id"], message["text"]) == (ana, "erste Zeile\nzweite 😀")


async def test_formatting_counts_in_utf16(play: Play) -> None:
    ana = await play.person("Ana")
    text = "😀 <b>fett <i>beides</i></b> &lt;b&gt; <code>1</code> <tg-spoiler>zu</tg-spoiler>"
    await play.bot("sendMessage", chat_id=ana, text=text, parse_mode="HTML")
    words = play.phone("Ana").locator(".message.in .words").last
    await expect(words.locator("strong")).to_have_text("fett beides")
    await expect(words.locator("strong em")).to_have_text("beides")
    await expect(words).to_contain_text("<b>")
    await words.get_by_role("button", name="Verborgener Text").click()
    await expect(words.get_by_text("zu", exact=True)).to_be_visible()


async def test_markup_in_data_stays_text(play: Play) -> None:
    evil = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
    ana = await play.person(evil[:60], label=evil[:60])
    keys = [[{"text": evil, "callback_data": evil[:60]}]]
    await play.bot("sendMessage", chat_id=ana, text=evil, reply_markup={"inline_keyboard": keys})
    await play.bot("setMyCommands", commands=[{"command": "x", "description": evil}])
    await expect(play.page.locator(".message.in .words")).to_have_text(evil)
    await expect(play.page.locator(".message.in .key")).to_have_text(evil)
    await play.page.get_by_role("button", name="Befehle").click()
    await expect(play.page.get_by_role("menuitem")).to_contain_text(evil)
    await play.page.keyboard.press("Escape")
    await play.page.get_by_role("button", name="Bot-API-Protokoll").click()
    await play.page.locator(".log-row", has_text="sendMessage").last.click()
    await expect(play.page.locator(".log-details:visible")).to_contain_text("onerror")
    assert await play.page.locator("main img, main script, #log img").count() == 0


async def test_a_dangerous_link_leads_nowhere(play: Play) -> None:
    ana = await play.person("Ana")
    entity = {"type": "text_link", "offset": 0, "length": 5, "url": "http://example.org/weg"}
    await play.bot("sendMessage", chat_id=ana, text="Hier geht es hinaus", entities=[entity])
    await play.phone("Ana").get_by_role("button", name="Hier", exact=False).last.click()
    await expect(play.page.get_by_role("dialog")).to_contain_text("http://example.org/weg")
    await play.page.keyboard.press("Escape")
    await expect(play.page.get_by_role("dialog")).to_have_count(0)


async def test_edits_and_deletions_happen_in_place(play: Play) -> None:
    ana = await play.person("Ana")
    first = await play.bot("sendMessage", chat_id=ana, text="vorher")
    await play.bot("sendMessage", chat_id=ana, text="danach")
    chat = play.phone("Ana").locator(".message.in")
    await expect(chat).to_have_count(2)
    await play.bot("editMessageText", chat_id=ana, message_id=first["message_id"], text="geändert")
    await expect(chat.first).to_contain_text("geändert")
    await expect(chat.first.get_by_text("bearbeitet")).to_be_visible()
    await play.bot("deleteMessage", chat_id=ana, message_id=first["message_id"])
    await expect(chat).to_have_count(1)
    await expect(play.phone("Ana").get_by_text("geändert")).to_have_count(0)


async def test_a_person_replies_edits_and_forwards(play: Play) -> None:
    ana = await play.person("Ana")
    asked = await play.bot("sendMessage", chat_id=ana, text="Wie geht es?")
    phone, page = play.phone("Ana"), play.page
    await phone.locator(".message", has_text="Wie geht es?").get_by_role("button", name="Mehr zu").click()
    await expect(page.get_by_role("menuitem")).to_have_text(["Antworten"])
    await page.get_by_role("menuitem", name="Antworten").click()
    await expect(phone.get_by_text("Ana antwortet auf: Wie geht es?")).to_be_visible()
    await expect(phone.get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("Tipfehler")
    await page.keyboard.press("Enter")
    await expect(phone.locator(".message.out .quoted")).to_contain_text("Wie geht es?")
    await expect(phone.get_by_text("Ana antwortet auf")).to_be_hidden()
    await phone.locator(".message.out").last.get_by_role("button", name="Mehr zu").click()
    await page.get_by_role("menuitem", name="Bearbeiten").click()
    await fill(play, "Nachricht", "Tippfehler", "Speichern")
    await phone.get_by_role("button", name="Mehr zu Ana").click()
    await page.get_by_role("menuitem", name="Weitergeleitetes senden").click()
    await fill(play, "Text der fremden Nachricht", "von anderen", "Senden")
    replied, edited, forwarded = await play.updates()
    assert replied["message"]["reply_to_message"]["message_id"] == asked["message_id"]
    assert edited["edited_message"]["text"] == "Tippfehler"
    assert forwarded["message"]["forward_origin"]


async def fill(play: Play, label: str, text: str, key: str) -> None:
    dialog = play.page.get_by_role("dialog")
    await dialog.get_by_label(label).fill(text)
    await dialog.get_by_role("button", name=key).click()
    await expect(play.phone("Ana").get_by_text(text)).to_be_visible()


async def test_a_reply_can_be_left_again(play: Play) -> None:
    ana = await play.person("Ana")
    await play.bot("sendMessage", chat_id=ana, text="Wie geht es?")
    phone = play.phone("Ana")
    for leave in ("Escape", "Doch nicht antworten"):
        await phone.locator(".message.in").get_by_role("button", name="Mehr zu").click()
        await play.page.keyboard.press("Enter")
        await expect(phone.get_by_text("Ana antwortet auf")).to_be_visible()
        if leave == "Escape":
            await play.page.keyboard.press("Escape")
        else:
            await phone.get_by_role("button", name=leave).click()
        await expect(phone.get_by_text("Ana antwortet auf")).to_be_hidden()
    await phone.get_by_role("textbox").fill("Ohne Bezug")
    await play.page.keyboard.press("Enter")
    assert "reply_to_message" not in (await play.updates())[-1]["message"]

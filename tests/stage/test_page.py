"""The stage's page in a real browser, the bot played by a script over the Bot API."""

import os
import re
import shutil
import struct
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, FormData, web
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

import stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOKEN = "1000000:stage"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LINK = "https://t.me/mutmacher_stage_bot?start=w_NORDTAL"
WIDE = {"width": 1440, "height": 900}


@dataclass
class Play:
    """A stage, a script that is the bot, and a browser page that shows it all."""

    http: ClientSession
    page: Page
    broken: list[str] = field(default_factory=list)

    async def bot(self, method: str, **params: Any) -> Any:
        async with self.http.post(f"/bot{TOKEN}/{method}", json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def stage(self, path: str, **body: Any) -> Any:
        async with self.http.post(f"/stage/{path}", json=body) as response:
            assert response.status < 400, await response.text()
            return await response.json()

    async def look(self, path: str) -> Any:
        async with self.http.get(f"/stage/{path}") as response:
            return await response.json()

    async def updates(self) -> list[dict[str, Any]]:
        """What the bot has not been told yet; asking again does not bring it twice."""
        found: list[dict[str, Any]] = await self.bot("getUpdates", timeout=0, limit=100)
        if found:
            await self.bot("getUpdates", timeout=0, offset=found[-1]["update_id"] + 1)
        return found

    async def person(self, first_name: str, **more: Any) -> int:
        """Somebody whose chat with the bot has begun."""
        user = await self.stage("users", first_name=first_name, **more)
        await self.stage(f"users/{user['id']}/start")
        await self.updates()
        return int(user["id"])

    def phone(self, first_name: str) -> Locator:
        return self.page.get_by_role("region", name=re.compile(f"^{re.escape(first_name)}"))


def chromium_path() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail("no Chromium found, and REQUIRE_ALL=1 allows no skipping")
    pytest.skip("no Chromium found on this machine (Debian: apt-get install chromium)")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def address() -> AsyncIterator[str]:
    app = stage.create_app(token=TOKEN, links={"Werkstatt Nordtal": LINK})
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="module")
async def play(browser: Browser, address: str) -> AsyncIterator[Play]:
    context = await browser.new_context(viewport=WIDE, locale="de-DE", reduced_motion="reduce")
    page = await context.new_page()
    async with ClientSession(address) as http:
        play = Play(http, page)
        page.on("pageerror", lambda error: play.broken.append(str(error)))
        page.on("dialog", lambda dialog: play.broken.append(f"a script opened {dialog.type}"))
        page.on("request", lambda request: _note_foreign(play, request.url, address))
        await page.goto(address)
        yield play
    await context.close()
    assert play.broken == []


def _note_foreign(play: Play, url: str, address: str) -> None:
    if not url.startswith((address, "blob:")):
        play.broken.append(f"left this computer: {url}")


def picture(side: int = 40) -> bytes:
    """A small grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x80" * side for _ in range(side)))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def send_photo(play: Play, user: int, caption: str) -> None:
    form = FormData({"chat_id": str(user), "caption": caption})
    form.add_field("photo", picture(), filename="qr.png", content_type="image/png")
    async with play.http.post(f"/bot{TOKEN}/sendPhoto", data=form) as response:
        assert (await response.json())["ok"]


# Several people


async def test_it_says_what_it_is_and_what_is_missing(play: Play) -> None:
    await expect(play.page).to_have_title("Mutmacher – die Bühne")
    await expect(play.page.get_by_text("nicht Telegram")).to_be_visible()
    missing = (await play.look("state"))["not_imitated"]
    await play.page.get_by_text("Was hier fehlt").click()
    await expect(play.page.locator("#not-imitated li")).to_have_text(missing)


async def test_everybody_has_a_phone_of_their_own(play: Play) -> None:
    ana = await play.person("Ana", last_name="Keller", label="Zivilgesellschaft")
    await play.person("Ben", last_name="Albrecht", label="Bundestag")
    await play.bot("sendMessage", chat_id=ana, text="Nur für Ana")
    await expect(play.phone("Ana").get_by_text("Nur für Ana")).to_be_visible()
    await expect(play.phone("Ana").get_by_text("Zivilgesellschaft")).to_be_visible()
    await expect(play.phone("Ben").get_by_text("Nur für Ana")).to_have_count(0)
    await expect(play.phone("Ben")).to_be_in_viewport()


async def test_a_person_comes_in_by_a_link(play: Play) -> None:
    await play.page.get_by_role("button", name="Person dazu").click()
    await play.page.get_by_label("Vorname").fill("Cem")
    await play.page.get_by_label("Rolle auf dem Schild").fill("Bürgermeister")
    await play.page.get_by_label("Gleich diesen Link öffnen").select_option("Werkstatt Nordtal")
    await play.page.get_by_role("button", name="Dazuholen").click()
    await expect(play.phone("Cem").get_by_text("/start w_NORDTAL")).to_be_visible()
    assert (await play.updates())[-1]["message"]["text"] == "/start w_NORDTAL"


async def test_a_typed_link_is_followed_and_nonsense_is_not(play: Play) -> None:
    await play.person("Ana")
    await play.phone("Ana").get_by_role("button", name="Mehr zu Ana").click()
    await play.page.get_by_role("menuitem", name="Link oder Code").click()
    await play.page.get_by_label("Link oder Code").fill("https://t.me/somebody_else?start=x")
    await play.page.get_by_role("button", name="Öffnen").click()
    await expect(play.page.get_by_role("alert")).to_contain_text("kein Link dieses Bots")
    await play.page.get_by_label("Link oder Code").fill(LINK)
    await play.page.keyboard.press("Enter")
    await expect(play.phone("Ana").get_by_text("/start w_NORDTAL")).to_be_visible()


# Messages


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


async def test_a_person_edits_and_forwards(play: Play) -> None:
    ana = await play.person("Ana")
    await play.stage(f"users/{ana}/send", text="Tipfehler")
    await play.updates()
    await expect(play.phone("Ana").get_by_text("Tipfehler")).to_be_visible()
    for item, label, text, key in (
        ("Letzte Nachricht bearbeiten", "Nachricht", "Tippfehler", "Speichern"),
        ("Weitergeleitetes senden", "Text der fremden Nachricht", "von anderen", "Senden"),
    ):
        await play.phone("Ana").get_by_role("button", name="Mehr zu Ana").click()
        await play.page.get_by_role("menuitem", name=item).click()
        dialog = play.page.get_by_role("dialog")
        await dialog.get_by_label(label).fill(text)
        await dialog.get_by_role("button", name=key).click()
        await expect(play.phone("Ana").get_by_text(text)).to_be_visible()
    edited, forwarded = await play.updates()
    assert edited["edited_message"]["text"] == "Tippfehler"
    assert forwarded["message"]["forward_origin"]


# Buttons


async def test_the_keyboard_alone_presses_a_button_and_keeps_its_place(play: Play) -> None:
    ana = await play.person("Ana")
    keys = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}, {"text": "Nein", "callback_data": "nein"}]]}
    sent = await play.bot("sendMessage", chat_id=ana, text="Kommst du?", reply_markup=keys)
    await expect(play.phone("Ana").get_by_role("button", name="Nein")).to_be_visible()
    await play.phone("Ana").get_by_role("button", name="Mehr zu Ana").focus()
    for _ in range(3):
        await play.page.keyboard.press("Tab")
    await expect(play.phone("Ana").get_by_role("button", name="Ja")).to_be_focused()
    await play.page.keyboard.press("Tab")
    await play.page.keyboard.press("Enter")
    await expect(play.phone("Ana").get_by_role("button", name="Nein")).to_have_attribute("aria-busy", "true")
    query = (await play.updates())[-1]["callback_query"]
    assert query["data"] == "nein"
    again = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}, {"text": "Doch", "callback_data": "doch"}]]}
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


# Pictures and files


async def test_a_picture_is_shown_and_scanned_with_another_phone(play: Play) -> None:
    orga = await play.person("Ola")
    await play.person("Ben")
    await send_photo(play, orga, f"Der Weg hinein: {LINK}")
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
    for name, kind, data in (("bild.png", "image/png", picture()), ("brief.txt", "text/plain", b"Hallo")):
        upload: Any = {"name": name, "mimeType": kind, "buffer": data}
        await phone.locator("input[type=file]").set_input_files(upload)
        dialog = play.page.get_by_role("dialog")
        await dialog.get_by_label("Bildunterschrift").fill(f"Das ist {name}")
        await dialog.get_by_role("button", name="Senden").click()
        await expect(phone.get_by_text(f"Das ist {name}")).to_be_visible()
    photo, document = [update["message"] for update in await play.updates()]
    assert photo["photo"][-1]["width"] == 40
    assert document["document"]["file_name"] == "brief.txt"


# What may go wrong, and time


async def test_blocking_and_the_way_back(play: Play) -> None:
    ana = await play.person("Ana")
    await play.phone("Ana").get_by_role("button", name="Mehr zu Ana").click()
    await play.page.get_by_role("menuitem", name="Bot blockieren").click()
    await expect(play.phone("Ana").get_by_text("Ana hat den Bot blockiert")).to_be_visible()
    async with play.http.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": ana, "text": "x"}) as response:
        assert response.status == 403
    await play.phone("Ana").get_by_role("button", name="Blockierung aufheben").click()
    await expect(play.phone("Ana").get_by_role("textbox")).to_be_visible()


async def test_the_switches_reach_the_stage(play: Play) -> None:
    for name, fault in (("Telegram ist weg", "outage"), ("Grenzen an", "limits"), ("Antworten gehen", "lose_answers")):
        switch = play.page.get_by_role("switch", name=re.compile(name))
        await switch.focus()
        await play.page.keyboard.press("Space")
        await expect(switch).to_be_checked()
        assert (await play.look("faults"))[fault]
        await play.stage("faults", **{fault: 0.0 if fault == "lose_answers" else False})
        await expect(switch).not_to_be_checked()


async def test_the_clock_goes_on_by_its_buttons(play: Play) -> None:
    await play.stage("clock/move", to="2027-01-31T09:00:00+01:00")
    await expect(play.page.locator(".clock-date")).to_have_text("So., 31. Januar 2027")
    await expect(play.page.locator(".clock-time")).to_have_text("09:00")
    await play.page.get_by_role("button", name="+1 Monat").click()
    await expect(play.page.locator(".clock-date")).to_have_text("So., 28. Februar 2027")
    await play.page.get_by_role("button", name="+1 Stunde").click()
    await expect(play.page.locator(".clock-time")).to_have_text("10:00")


async def test_a_walk_shows_how_far_it_has_come(play: Play) -> None:
    await play.stage("clock/move", to="2027-01-31T09:00:00+01:00")
    await play.look("clock?walker=1")
    await play.page.get_by_role("button", name="+1 Tag").click()
    await expect(play.page.get_by_text("Unterwegs bis Mo., 1. Februar 2027")).to_be_visible()
    await expect(play.page.get_by_role("button", name="+1 Tag")).to_be_disabled()
    target = (await play.look("clock"))["target"]
    await play.stage("clock", now=target)
    await expect(play.page.get_by_role("button", name="+1 Tag")).to_be_enabled()


async def test_days_stand_between_messages(play: Play) -> None:
    await play.stage("clock/move", to="2027-01-31T09:00:00+01:00")
    ana = await play.person("Ana")
    await play.stage("clock/move", days=1)
    await play.bot("sendMessage", chat_id=ana, text="Guten Morgen")
    await expect(play.phone("Ana").locator(".day")).to_have_text(["Sonntag, 31. Januar 2027", "Montag, 1. Februar 2027"])


async def test_starting_over_asks_first(play: Play) -> None:
    ana = await play.person("Ana")
    await play.bot("sendMessage", chat_id=ana, text="Altes")
    await play.page.get_by_role("button", name="Ganz von vorn").click()
    await play.page.keyboard.press("Escape")
    await expect(play.phone("Ana").get_by_text("Altes")).to_be_visible()
    await play.page.get_by_role("button", name="Ganz von vorn").click()
    await play.page.get_by_role("dialog").get_by_role("button", name="Ganz von vorn").click()
    await expect(play.phone("Ana").get_by_text("Altes")).to_have_count(0)
    await expect(play.phone("Ana").get_by_role("button", name="Starten", exact=True)).to_be_visible()


async def test_without_hooks_the_bots_process_has_no_buttons(play: Play) -> None:
    await expect(play.page.get_by_role("button", name="Ganz von vorn")).to_be_visible()
    await expect(play.page.get_by_role("button", name="Stecker ziehen")).to_have_count(0)


# Layout and language


async def test_narrow_screens_show_one_phone_at_a_time(play: Play) -> None:
    await play.person("Ana")
    await play.person("Ben")
    await play.page.set_viewport_size({"width": 390, "height": 780})
    await expect(play.phone("Ana")).to_be_in_viewport(ratio=0.9)
    await expect(play.phone("Ben")).not_to_be_in_viewport()
    await play.page.get_by_role("navigation").get_by_role("button", name="Ben").click()
    await expect(play.phone("Ben")).to_be_in_viewport(ratio=0.9)
    wide = await play.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


async def test_english_is_one_press_away_and_stays(play: Play) -> None:
    ana = await play.person("Ana")
    await play.bot("sendMessage", chat_id=ana, text="Hello")
    await play.page.get_by_role("button", name="English").click()
    await expect(play.page.get_by_role("button", name="From scratch")).to_be_visible()
    await expect(play.phone("Ana").get_by_text("Hello")).to_be_visible()
    await play.page.reload()
    await expect(play.page).to_have_title("Mutmacher – the stage")


async def test_reading_older_messages_is_not_interrupted(play: Play) -> None:
    ana = await play.person("Ana")
    for number in range(30):
        await play.bot("sendMessage", chat_id=ana, text=f"Nachricht {number}\nmit zwei Zeilen")
    phone = play.phone("Ana")
    await expect(phone.get_by_text("Nachricht 29")).to_be_in_viewport()
    await phone.locator(".chat").evaluate("chat => { chat.scrollTop = 0; }")
    await play.page.wait_for_timeout(50)
    await play.bot("sendMessage", chat_id=ana, text="Die neueste")
    await expect(phone.get_by_text("Die neueste")).to_be_attached()
    await expect(phone.get_by_text("Die neueste")).not_to_be_in_viewport()
    await phone.get_by_role("button", name="Zum Neuesten").click()
    await expect(phone.get_by_text("Die neueste")).to_be_in_viewport()

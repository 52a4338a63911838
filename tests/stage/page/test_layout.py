"""Narrow screens, the other language, older messages, many people, a stage that is restarted."""

import pytest
from playwright.async_api import expect

from tests.stage.page.conftest import LINK, Play

pytestmark = pytest.mark.asyncio(loop_scope="package")

# Until the page has noticed it, which listens longer.
SCROLLED_UP = """chat => new Promise(noticed => {
  chat.addEventListener("scroll", () => noticed(), { once: true });
  chat.scrollTop = 0;
})"""


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
    await phone.locator(".chat").evaluate(SCROLLED_UP)
    await play.bot("sendMessage", chat_id=ana, text="Die neueste")
    await expect(phone.get_by_text("Die neueste")).to_be_attached()
    await expect(phone.get_by_text("Die neueste")).not_to_be_in_viewport()
    await phone.get_by_role("button", name="Zum Neuesten").click()
    await expect(phone.get_by_text("Die neueste")).to_be_in_viewport()


async def test_a_phone_put_away_counts_what_it_missed(play: Play) -> None:
    ana = await play.person("Ana")
    await play.phone("Ana").get_by_role("button", name="Mehr zu Ana").click()
    await play.page.get_by_role("menuitem", name="beiseitelegen").click()
    await expect(play.phone("Ana")).to_have_count(0)
    await play.bot("sendMessage", chat_id=ana, text="Bist du da?")
    chip = play.page.get_by_role("navigation").get_by_role("button", name="Ana")
    await expect(chip).to_contain_text("1 neu")
    await chip.press("Enter")
    await expect(play.phone("Ana").get_by_text("Bist du da?")).to_be_visible()
    await expect(play.phone("Ana").get_by_role("textbox")).to_be_focused()


async def test_the_page_comes_back_with_the_stage(play: Play) -> None:
    ana = await play.person("Ana")
    await play.bot("sendMessage", chat_id=ana, text="vorher")
    await expect(play.phone("Ana").get_by_text("vorher")).to_be_visible()
    await play.page.context.set_offline(offline=True)
    await play.bot("sendMessage", chat_id=ana, text="inzwischen")
    await expect(play.page.get_by_text("Verbindung zur Bühne ist unterbrochen")).to_be_visible()
    await play.page.context.set_offline(offline=False)
    await expect(play.phone("Ana").get_by_text("inzwischen")).to_be_visible()
    await expect(play.page.get_by_text("Verbindung zur Bühne ist unterbrochen")).to_be_hidden()
    await expect(play.phone("Ana").locator(".message.in")).to_have_count(2)


async def test_three_hundred_people_are_a_list_to_search(play: Play) -> None:
    for number in range(300):
        await play.stage("users", first_name=f"Gast {number}")
    await expect(play.page.locator(".phone")).to_have_count(6)
    await play.page.get_by_role("button", name="Alle Personen (300)").click()
    await pick(play, "Gast 277")
    await expect(play.phone("Gast 277").get_by_role("textbox")).to_be_focused()
    first = (await play.look("users"))[0]["id"]
    await play.stage(f"users/{first}/start")
    await play.bot("sendMessage", chat_id=first, text=f"Kommt alle: {LINK}")
    await play.phone("Gast 0").get_by_role("button", name="Mit anderem Telefon öffnen").click()
    await expect(play.page.get_by_role("menuitem")).to_have_count(8)  # the phones in sight, and the list
    await play.page.get_by_role("menuitem", name="Alle Personen (300)").click()
    await pick(play, "Gast 278")
    await expect(play.phone("Gast 278").get_by_text("/start w_NORDTAL")).to_be_visible()


async def pick(play: Play, name: str) -> None:
    await play.page.get_by_label("Person suchen").fill(name)
    await play.page.get_by_role("dialog").get_by_role("button", name=name).click()

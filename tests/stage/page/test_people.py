"""Several people side by side, and how they join the stage."""

import pytest
from playwright.async_api import expect

from tests.stage.page.conftest import LINK, Play

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_it_says_what_it_is_and_what_is_missing(play: Play) -> None:
    await expect(play.page).to_have_title("Mutmacher – die Bühne")
    await expect(play.page.get_by_text("nicht Telegram")).to_be_visible()
    missing = (await play.look("state"))["not_imitated"]
    await play.page.get_by_text("Was hier fehlt").click()
    shown = play.page.locator("#not-imitated li")
    await expect(shown).to_have_count(len(missing))
    assert not set(await shown.all_inner_texts()) & set(missing), "not translated"
    await play.page.get_by_role("button", name="English").click()
    await expect(shown).to_have_text(missing)


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
    await expect(play.phone("Cem").get_by_role("textbox")).to_be_focused()
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


async def test_an_empty_chat_offers_the_way_in(play: Play) -> None:
    await play.stage("users", first_name="Ana")
    await expect(play.phone("Ana").get_by_role("button", name="Starten")).to_be_visible()
    await play.phone("Ana").get_by_role("button", name="Werkstatt Nordtal").click()
    await expect(play.phone("Ana").get_by_text("/start w_NORDTAL")).to_be_visible()
    await expect(play.phone("Ana").get_by_role("button", name="Starten")).to_have_count(0)

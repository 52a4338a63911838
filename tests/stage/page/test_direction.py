"""What may go wrong, the clock, starting over."""

import asyncio
import re

import pytest
from aiohttp import ClientError
from playwright.async_api import Browser, expect

from tests.stage.page.conftest import TOKEN, Play, running

pytestmark = pytest.mark.asyncio(loop_scope="package")


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
    for name, fault in (
        ("Telegram ist weg", "outage"),
        ("Grenzen an", "limits"),
        ("Antworten gehen", "lose_answers"),
    ):
        switch = play.page.get_by_role("switch", name=re.compile(name))
        await switch.focus()
        async with play.page.expect_response("**/stage/faults"):
            await play.page.keyboard.press("Space")
        await expect(switch).to_be_checked()
        assert (await play.look("faults"))[fault]
        await play.stage("faults", **{fault: 0.0 if fault == "lose_answers" else False})
        await expect(switch).not_to_be_checked()


async def test_while_telegram_is_down_it_is_not_the_bot_that_is_missing(play: Play) -> None:
    state = play.page.locator("#bot-state")
    polling = asyncio.create_task(play.bot("getUpdates", timeout=50))
    await expect(state).to_have_text("Bot verbunden")
    await play.stage("faults", outage=True)
    with pytest.raises(ClientError):
        await polling
    await expect(state).to_have_text("Telegram ist weg")
    await play.stage("faults", outage=False)
    await expect(state).not_to_have_text("Telegram ist weg")


async def test_the_clock_goes_on_by_its_buttons(play: Play) -> None:
    await play.stage("clock/move", to="2038-01-31T09:00:00+01:00")
    await expect(play.page.locator(".clock-date")).to_have_text("So., 31. Januar 2038")
    await expect(play.page.locator(".clock-time")).to_have_text("09:00")
    await play.page.get_by_role("button", name="+1 Monat").click()
    await expect(play.page.locator(".clock-date")).to_have_text("So., 28. Februar 2038")
    await play.page.get_by_role("button", name="+1 Stunde").click()
    await expect(play.page.locator(".clock-time")).to_have_text("10:00")


async def test_a_walk_shows_how_far_it_has_come(play: Play) -> None:
    await play.stage("clock/move", to="2038-01-31T09:00:00+01:00")
    await play.look("clock?walker=1")
    await play.page.get_by_role("button", name="+1 Tag").click()
    await expect(play.page.get_by_text("Unterwegs bis Mo., 1. Februar 2038")).to_be_visible()
    await expect(play.page.get_by_role("button", name="+1 Tag")).to_be_disabled()
    target = (await play.look("clock"))["target"]
    await play.stage("clock", now=target)
    await expect(play.page.get_by_role("button", name="+1 Tag")).to_be_enabled()


async def test_days_stand_between_messages(play: Play) -> None:
    await play.stage("clock/move", to="2038-01-31T09:00:00+01:00")
    ana = await play.person("Ana")
    await play.stage("clock/move", days=1)
    await play.bot("sendMessage", chat_id=ana, text="Guten Morgen")
    await expect(play.phone("Ana").locator(".day")).to_have_text(
        ["Sonntag, 31. Januar 2038", "Montag, 1. Februar 2038"]
    )


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


async def test_with_hooks_the_plug_can_be_pulled_and_the_page_says_what_happens(browser: Browser) -> None:
    orders: list[str] = []
    back = asyncio.Event()

    async def on_bot(order: str) -> None:
        orders.append(order)
        await back.wait()

    async with running(on_bot=on_bot) as address:
        page = await browser.new_page()
        await page.goto(address)
        state, notices = page.locator("#bot-state"), page.locator("#notices")
        for key, begun in (
            ("Stecker ziehen", "ohne Vorwarnung beendet"),
            ("Bot neu starten", "wird beendet"),
        ):
            back.clear()
            await page.get_by_role("button", name=key).click()
            await expect(notices.get_by_text(begun)).to_be_visible()
            await expect(state).to_have_text("Der Bot startet neu …")
            await expect(page.get_by_role("button", name=key)).to_be_disabled()
            await page.get_by_role("button", name="Stecker ziehen").dispatch_event("click")
            back.set()
            await expect(notices.get_by_text("Der Bot ist wieder da").last).to_be_visible()
            await expect(state).to_have_text("Kein Bot verbunden")
            await expect(page.get_by_role("button", name=key)).to_be_enabled()
        await page.close()
    assert orders == ["kill", "restart"]


async def test_what_happens_to_the_bot_is_read_aloud_in_either_language(browser: Browser) -> None:
    async def on_bot(_order: str) -> None: ...

    async with running(on_bot=on_bot) as address:
        page = await browser.new_page()
        await page.goto(address)
        await expect(page.locator("#bot-state")).to_have_attribute("role", "status")
        await expect(page.locator("#notices")).to_have_attribute("aria-live", "polite")
        await page.get_by_role("button", name="English").click()
        await page.get_by_role("button", name="Pull the plug").click()
        await expect(page.locator("#notices").get_by_text("ended without warning")).to_be_visible()
        await expect(page.locator("#notices").get_by_text("The bot is back")).to_be_visible()
        await page.close()


@pytest.mark.parametrize("hook", ["on_bot", "on_reset"])
async def test_a_bot_that_does_not_come_back_is_said(browser: Browser, hook: str) -> None:
    async def fails(_order: object) -> None:
        raise TimeoutError

    async with running(**{"on_bot": fails, hook: fails}) as address:
        page = await browser.new_page()
        await page.goto(address)
        if hook == "on_bot":
            await page.get_by_role("button", name="Stecker ziehen").click()
        else:
            await page.get_by_role("button", name="Ganz von vorn").click()
            await page.get_by_role("dialog").get_by_role("button", name="Ganz von vorn").click()
        await expect(page.get_by_text("Das ging nicht: the bot did not come back")).to_be_visible()
        await expect(page.get_by_text(re.compile("wieder da|auf Anfang"))).to_have_count(0)
        await expect(page.get_by_role("button", name="Stecker ziehen")).to_be_enabled()
        await page.close()


async def test_with_hooks_the_sample_can_be_called_back(browser: Browser) -> None:
    orders: list[str] = []

    async def on_bot(order: str) -> None:
        orders.append(order)

    async def on_reset(sample: bool) -> None:
        orders.append(f"reset, sample: {sample}")

    async with running(on_bot=on_bot, on_reset=on_reset) as address:
        page = await browser.new_page()
        await page.goto(address)
        for wants_sample in (False, True):
            await page.get_by_role("button", name="Ganz von vorn").click()
            await page.get_by_label("Beispielwerkstatt").set_checked(wants_sample)
            await page.get_by_role("dialog").get_by_role("button", name="Ganz von vorn").click()
            await expect(page.get_by_text("Alles auf Anfang")).to_have_count(1 + wants_sample)
        await page.close()
    assert orders == ["reset, sample: False", "reset, sample: True"]

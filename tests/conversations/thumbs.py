"""People on the stage's page, in a browser: what they tap is clicked, what they write is typed."""

import re
from contextlib import asynccontextmanager

from playwright.async_api import async_playwright, expect

from tests.stage.page.conftest import ARGS, WIDE, chromium_path


@asynccontextmanager
async def page_of(world):
    """The page of this world's stage. Fails if the page had anything to complain about."""
    complaints = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        page = await browser.new_page(viewport=WIDE, locale="de-DE", reduced_motion="reduce")
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(world.url)
        yield page
        await browser.close()
    assert complaints == []


class Thumb:
    """What one person taps and types on their phone on the page. `taps`: how often."""

    def __init__(self, page, name):
        self._page = page
        self.phone, self.taps = page.get_by_role("region", name=re.compile(f"^{name}")), 0

    async def taps_on(self, *labels):
        """The newest button that is called so, perhaps with a day before it and a number behind."""
        for label in labels:
            self.taps += 1
            named = re.compile(rf"(^|: ){re.escape(label)}( \(|$)")
            await self.phone.get_by_role("button", name=named).last.click()

    async def types(self, words):
        await self.phone.get_by_role("textbox").fill(words)
        await self.phone.get_by_role("textbox").press("Enter")

    async def sends_file(self, path, caption=""):
        await self.phone.locator("input[type=file]").set_input_files(path)
        await self._page.get_by_role("dialog").get_by_role("textbox").fill(caption)
        await self._page.get_by_role("dialog").get_by_role("button", name="Senden").click()

    async def reads(self, words):
        """In the newest message of the bot."""
        await expect(self.phone.locator(".message:not(.out)").last).to_contain_text(words)

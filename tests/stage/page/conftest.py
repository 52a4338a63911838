"""A stage, a browser that shows its page, and a script that plays the bot over the Bot API."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, FormData, web
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

import stage
from tests.stage.pictures import png

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
expect.set_options(timeout=60_000)  # milliseconds: machines are busy
WIDE: ViewportSize = {"width": 1440, "height": 900}


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
        found: list[dict[str, Any]] = await self.bot("getUpdates", timeout=50, limit=100)
        if found:
            await self.bot("getUpdates", timeout=0, offset=found[-1]["update_id"] + 1)
        return found

    async def person(self, first_name: str, **more: Any) -> int:
        """Somebody whose chat with the bot has begun."""
        user = await self.stage("users", first_name=first_name, **more)
        await self.stage(f"users/{user['id']}/start")
        await self.updates()
        return int(user["id"])

    async def photo(self, user: int, caption: str) -> None:
        """The bot sends a picture, 40 pixels wide."""
        form = FormData({"chat_id": str(user), "caption": caption})
        form.add_field("photo", png(40, 40), filename="qr.png", content_type="image/png")
        async with self.http.post(f"/bot{TOKEN}/sendPhoto", data=form) as response:
            assert (await response.json())["ok"]

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


@pytest_asyncio.fixture(loop_scope="package", scope="package")
async def browser() -> AsyncIterator[Browser]:
    path = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def running(**arguments: Any) -> AsyncIterator[str]:
    """The address of a stage built with these arguments of `create_app`."""
    runner = web.AppRunner(stage.create_app(token=TOKEN, **arguments), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="package")
async def address() -> AsyncIterator[str]:
    async with running(links={"Werkstatt Nordtal": LINK}) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="package")
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

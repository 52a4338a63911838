"""The wall in a browser: it fills without a fault, is accessible, and outlives the network."""

import re
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import time, timedelta
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

from db.models import PledgeMoment, ProgrammeItem
from tests.cast import workshop_row
from tests.stage.page.conftest import ARGS, chromium_path
from tests.web.conftest import NOW
from tests.web.walls import BOT, add, join, notice, promise, walls_of
from web.health import Health
from web.server import create_app, listening

AXE = Path(__file__).parent / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FOUND = f"async () => (await axe.run({{runOnly: {RULES}}})).violations.map(one => one.id + ': ' + one.nodes[0].html)"
HIGHER = "() => document.documentElement.scrollHeight - innerHeight"
WIDER = "() => document.documentElement.scrollWidth - innerWidth"
LETTERS = "node => parseFloat(getComputedStyle(node).fontSize)"
LEGIBLE = 1080 / 2.2 * 15 / 200 / 0.66  # pixels: their capitals are read from 15 m (decision 46)
LONG = "Ich lade alle Vereine des Tals ein, an zwei Abenden im Monat unsere Werkhalle zu nutzen, und berichte davon. "


@pytest.fixture
async def hall(sqlite_database):
    """A workshop in which much goes on."""
    await add(sqlite_database, workshop_row(NOW, id=1, title="Werkstatt Nordtal"))
    await add(sqlite_database, notice("Raum geändert: " + LONG))
    await join(sqlite_database, 40)
    for number in range(1, 21):
        await promise(sqlite_database, number, text=f"{number}. {LONG}", on_wall=True)
    return sqlite_database


@asynccontextmanager
async def served(database, port=0, every=0.2):
    app = create_app(
        Health(database, lambda: NOW, lambda: 0.0), lambda: BOT, walls=walls_of(database, every=every)
    )
    async with listening(app, "127.0.0.1", port) as chosen:
        yield chosen


@asynccontextmanager
async def opened(port, query="", **context):
    """The page on a projector, and what its console says."""
    said = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        size = {"width": 1920, "height": 1080}
        page = await browser.new_page(**{"viewport": size, "locale": "de-DE", **context})
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        await page.clock.install()
        await page.goto(f"http://127.0.0.1:{port}/wall/ABCDEF{query}")
        yield page, said
        await browser.close()


async def accessible(page):
    """What axe-core finds fault with."""
    await page.evaluate(AXE.read_text("utf-8"))
    return await page.evaluate(FOUND)


async def test_it_fills_without_a_fault_and_everybody_can_read_it(hall):
    moment = PledgeMoment(workshop_id=1, opened_at=NOW, closes_at=NOW + timedelta(minutes=20))
    await add(
        hall,
        moment,
        *(
            ProgrammeItem(workshop_id=1, begins=time(n), title=f"{n}. {LONG}", place="Saal 2")
            for n in (14, 15, 16)
        ),
    )
    async with served(hall) as port, opened(port) as (page, said):
        await expect(page.locator("#figures")).to_contain_text("40")
        await expect(page.locator("#figures p")).to_have_text("Versprechensrunde läuft: 20 Versprechen heute")
        assert await page.locator("#figures p").evaluate(LETTERS) >= LEGIBLE
        await join(hall, 20, first=41)
        await expect(page.locator("#figures")).to_contain_text("60")
        assert await page.evaluate(HIGHER) <= 0
        for size in ((1920, 1080), (320, 700)):
            await page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
            assert await accessible(page) == []
            assert await page.evaluate(WIDER) <= 0
        assert await page.context.cookies() == []
        assert said == []


async def test_without_a_network_it_keeps_its_picture_says_so_and_comes_back(hall):
    async with AsyncExitStack() as running, AsyncExitStack() as stack:
        port = await running.enter_async_context(served(hall))
        page, _ = await stack.enter_async_context(opened(port))
        state, figures, pledges = (page.locator(f"#{name}") for name in ("state", "figures", "pledges"))
        await expect(pledges).to_contain_text("20. Ich lade")
        await running.aclose()
        await page.clock.fast_forward(11_000)
        await expect(state).to_have_text(re.compile(r"Keine Verbindung\. Stand von \d\d:\d\d\."))
        await expect(figures).to_contain_text("40")
        await expect(pledges).to_contain_text("20. Ich lade")
        assert await accessible(page) == []
        await page.clock.fast_forward(31_000)
        await expect(pledges).to_have_text("Versprechen stehen hier wieder, sobald die Verbindung da ist.")
        await join(hall, 20, first=41)
        await running.enter_async_context(served(hall, port))
        await page.clock.fast_forward(4_000)
        await expect(state).to_have_text("")
        await expect(figures).to_contain_text("60")
        await expect(pledges).to_contain_text("20. Ich lade")


async def test_sentences_take_turns_until_somebody_stops_them(hall):
    async with served(hall) as port, opened(port, "?lang=en") as (page, _):
        shown = page.locator("#pledges li:visible")
        await page.clock.fast_forward(13_000)
        await expect(shown).not_to_contain_text("20. Ich lade")
        await page.get_by_role("button", name="Stop changing").click()
        await expect(page.get_by_role("button", name="Go on changing")).to_be_visible()
        stopped = await shown.inner_text()
        await page.clock.fast_forward(13_000)
        await promise(hall, 21, text=f"21. {LONG}", on_wall=True)
        await expect(page.locator("#pledges")).to_contain_text("21. Ich lade")
        await expect(shown).to_have_text(stopped)


async def test_where_less_movement_is_asked_for_nothing_changes_by_itself_and_letters_can_be_large(hall):
    async with served(hall) as port, opened(port, reduced_motion="reduce") as (page, _):
        await page.clock.fast_forward(13_000)
        await expect(page.get_by_role("button", name="Weiter wechseln")).to_be_visible()
        await expect(page.locator("#pledges li:visible")).to_contain_text("20. Ich lade")
        before = await page.locator(".code").evaluate("node => node.offsetHeight")
        for percent in (100, 150):
            await page.get_by_role("button", name=f"Schrift {percent} %").click()
        assert await page.locator(".code").evaluate("node => node.offsetHeight") > 1.9 * before
        assert await page.evaluate(WIDER) <= 0

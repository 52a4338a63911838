"""The report in a browser: on a phone, on a large screen and on paper everybody can read it."""

import pytest
from playwright.async_api import async_playwright

from tests.stage.page.conftest import ARGS, chromium_path
from tests.web.reports import CODE, app_of, look_back, season
from tests.web.test_wall_in_a_browser import WIDER, accessible
from web.server import listening

LONG = "Ein Gespräch am Telefon spart drei Sitzungen, und wer zuerst die Kämmerei fragt, bekommt schneller ein Ja. "


@pytest.fixture
async def over(sqlite_database):
    await season(
        sqlite_database, title="Regionale Werkstatt für Ehrenamt, Bürgerbeteiligung und Wärmeplanung"
    )
    for number in range(1, 6):
        await look_back(sqlite_database, number, number + 1, learned=LONG, done="Donaudampfschifffahrt" * 6)
    async with listening(app_of(sqlite_database), "127.0.0.1", 0) as port:
        yield port


async def test_everybody_can_read_it_in_any_width_and_nothing_runs_over_the_edge(over):
    said = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        page = await browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        for (width, height), language in (((1920, 1080), "de"), ((390, 844), "en"), ((320, 700), "de")):
            await page.set_viewport_size({"width": width, "height": height})
            await page.goto(f"http://127.0.0.1:{over}/report/{CODE}?lang={language}")
            assert await accessible(page) == []
            assert await page.evaluate(WIDER) <= 0
        await page.get_by_role("link", name="English").click()
        assert await page.locator("html").get_attribute("lang") == "en"
        assert await page.context.cookies() == []
        await browser.close()
    assert said == []

"""The handshake on the stage's page, in a browser: every tap is a click, the picture is scanned by another phone."""

import re

from playwright.async_api import expect

from tests.cast import PAY, guest, open_workshop
from tests.conversations.thumbs import Thumb, page_of

MOST_TAPS, MOST_TAPS_NEW = 8, 6


async def test_two_at_a_table_of_whom_one_is_new(sqlite_world):
    world = sqlite_world
    await guest(world, await open_workshop(world), "Ben Albrecht")
    await world.person("Ana")
    async with page_of(world) as page:
        ana, ben = Thumb(page, "Ana"), Thumb(page, "Ben")
        await _ben_holds_out(ben)
        await _ana_scans(page, ana, ben)
        await _ana_agrees(ana)
        await expect(ben.phone.get_by_text("Abgemacht.")).to_have_count(1)
        assert ben.taps <= MOST_TAPS
        assert ana.taps <= MOST_TAPS_NEW


async def _ben_holds_out(ben):
    await ben.types("/versprechen")
    await ben.reads("Hier ist Platz für dein erstes Versprechen")
    await ben.taps_on("Neues Versprechen", "Wir stehen zusammen", "Ich")
    await ben.reads("Ein Satz genügt")
    await ben.types(PAY)
    await ben.reads("So geht es an dein Gegenüber")
    await ben.taps_on("Bestätigen")
    await ben.reads("Jetzt zu zweit")


async def _ana_scans(page, ana, ben):
    """The page's picture of Ben's screen offers every other phone to scan it."""
    await ben.phone.locator(".message img").last.click()
    ana.taps += 1
    await page.get_by_role("dialog").get_by_role("button", name=re.compile("Ana")).click()
    await ana.reads("Jemand lädt dich zu einem Versprechen ein")


async def _ana_agrees(ana):
    await ana.taps_on("Los geht's", "Ja, ich willige ein (16+)", "Ja, über Telegram")
    await ana.reads("Wie heißt du?")
    await ana.types("Ana Keller")
    await ana.reads(PAY)
    await ana.taps_on("Ich bin dabei")
    await ana.reads("Wann sprecht ihr wieder?")
    await ana.taps_on("In 2 Wochen")
    await ana.reads("Für wen bist du heute hier?")

"""The picture of the wall in the docs: a full hall on a projector, from rows."""

import tempfile
from datetime import time
from pathlib import Path

from db.migrate import upgrade
from db.models import ProgrammeItem
from tests.cast import workshop_row
from tests.databases import opened
from tests.web.conftest import NOW
from tests.web.walls import BOT, add, join, notice, promise, walls_of
from web.health import Health
from web.server import create_app, listening

DAY = (
    (time(12, 30), "Gespräche an den Stehtischen", "Saal 1"),
    (time(14), "Versprechensrunde", "Saal 2"),
    (time(15, 30), "Abschied", "Foyer"),
)
PROMISED = "Wir öffnen unsere Werkhalle an zwei Nachmittagen im Monat für Jugendliche."


async def hall(database):
    """140 people, 70 talks, 35 pledges, a notice, and a programme."""
    await add(
        database, workshop_row(NOW, id=1, code="K7RD2M", title="Werkstatt der Mutigen Nordtal", gone_met=70)
    )
    await join(database, 140)
    for number in range(1, 36):
        await promise(database, number, text=PROMISED, on_wall=number > 30)
    await add(database, notice("Raum geändert: Die Runde zu Kita-Plätzen ist jetzt im Saal 2, erster Stock."))
    await add(database, *(ProgrammeItem(workshop_id=1, begins=b, title=t, place=p) for b, t, p in DAY))


async def take(browser, path):
    """Photograph it at 1920 x 1080."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'wall.db'}"
        upgrade(url)
        database = opened(url)
        await hall(database)
        app = create_app(
            Health(database, lambda: NOW, lambda: 0.0), lambda: BOT, walls=walls_of(database, every=0.2)
        )
        async with listening(app, "127.0.0.1", 0) as port:
            page = await browser.new_page(viewport={"width": 1920, "height": 1080})
            await page.goto(f"http://127.0.0.1:{port}/wall/K7RD2M")
            await page.locator("#size").wait_for()
            await page.evaluate("() => document.fonts.ready")
            await page.screenshot(path=path)
            await page.close()
        await database.close()

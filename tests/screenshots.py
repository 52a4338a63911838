"""`make screenshots`: the pictures in the README are the running stage, played through and photographed.

Starts `python -m bot stage` in a folder of its own, lets four phones play a workshop and the three months after it,
and writes docs/pictures/*.png. Needs Chromium (`/usr/bin/chromium`, or CHROMIUM in the environment).
"""

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import ClientError, ClientSession
from playwright.async_api import Page, async_playwright

from stage.phone import Phone
from tests.web.picture import take as wall

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
ORGA, ANA, BEN, CEM = 4001, 4002, 4003, 4004


@asynccontextmanager
async def stage() -> AsyncIterator[str]:
    """The stage with its sample workshop, played to the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "HTTP_PORT": str(port), "LOG_LEVEL": "WARNING"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "stage", cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        try:
            await asyncio.wait_for(process.stdout.readline(), 60)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            await process.wait()


async def sample_played(url: str, http: ClientSession) -> str:
    """The payload of the sample workshop's link, which is there when the sample has come to its end."""
    for _ in range(600):
        async with http.get(f"{url}/stage/state") as answer:
            for link in (await answer.json())["links"].values():
                return str(link).partition("start=")[2]
        await asyncio.sleep(0.2)
    raise TimeoutError("the sample workshop did not come to its end")


async def move(url: str, http: ClientSession, **how: object) -> None:
    async with http.post(f"{url}/stage/clock/move", json=how) as answer:
        assert answer.ok, await answer.text()
    for _ in range(600):
        async with http.get(f"{url}/stage/clock") as answer:
            if (await answer.json())["arrived"]:
                return
        await asyncio.sleep(0.1)
    raise TimeoutError("the clock did not arrive")


async def to_the_morning(url: str, http: ClientSession) -> None:
    """Workshops are held by day: ten in the morning of the next Wednesday."""
    async with http.get(f"{url}/stage/clock") as answer:
        now = datetime.fromisoformat((await answer.json())["now"])
    day = now + timedelta(days=(2 - now.weekday()) % 7 or 7)
    await move(url, http, to=day.replace(hour=9, minute=4, second=0, microsecond=0).isoformat())


async def play(url: str, page: Page, http: ClientSession, payload: str) -> None:
    orga, ana, ben, cem = (Phone(url, user, http) for user in (ORGA, ANA, BEN, CEM))
    await to_the_morning(url, http)
    await join(ana, page, payload)
    for phone in (ben, cem):
        await phone.look()
        if "Lieber nicht" in phone.labels:
            await phone.taps("Kennenlernen")
            partner = phone
    await picture(page, "stage")
    await pledge(partner, ana)
    await picture(page, "promise")
    await announce(orga)
    await picture(page, "announcement")
    await move(url, http, months=2)  # over the quiet weeks of a year's end, too
    await partner.taps("Läuft")
    await ana.taps("Geht voran")
    await move(url, http, months=1)
    await move(url, http, days=4)
    await picture(page, "nudge")


async def join(ana: Phone, page: Page, payload: str) -> None:
    """Ana joins, and wants to meet the first person she is shown."""
    await ana.start(payload)
    for label in ("Los geht's", "Ja, ich willige ein (16+)", "Ja, über Telegram", "Verein oder Initiative"):
        await ana.taps(label)
    await ana.says("Ana Keller")
    await ana.says("Potsdam")
    await ana.says("Förderanträge fressen unsere Zeit")
    await ana.taps("Bestätigen")
    await picture(page, "joining")
    await ana.taps("Kennenlernen")
    for label in ("Überspringen", "Überspringen", "Ja, gern", "Bestätigen"):
        await ana.taps(label)


async def announce(orga: Phone) -> None:
    """To everybody, until it is through."""
    await orga.says("/ankuendigung")
    await orga.says("Raum geändert: Die Runde zu Kita-Plätzen ist jetzt im Saal 2, erster Stock.")
    await orga.taps("An alle")
    await orga.says("3")
    await asyncio.sleep(6)
    await orga.quiet()


async def pledge(one: Phone, other: Phone) -> None:
    await one.says("/versprechen")
    await one.taps("Neues Versprechen")
    await one.taps("Mit Ana Keller")
    await one.taps("Ich")
    await one.says("Ich führe bis zum Sommer ein Gespräch zur Ehrenamtspauschale.")
    await one.taps("Bestätigen")
    await other.taps("Ich bin dabei")
    await one.taps("In 2 Wochen")


async def picture(page: Page, name: str) -> None:
    await page.wait_for_timeout(1200)
    await page.screenshot(path=PICTURES / f"{name}.png")


async def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with stage() as url, ClientSession() as http, async_playwright() as playwright:
        payload = await sample_played(url, http)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        await page.goto(url)
        try:
            await wall(browser, PICTURES / "wall.png")
            await play(url, page, http, payload)
        finally:
            await browser.close()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except ClientError as error:
        sys.exit(f"the stage went away: {error}")

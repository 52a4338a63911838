"""A hall full of people: the stage and the bot as real processes, and what can go wrong with them."""

import asyncio
import contextlib
import signal
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from db.cipher import Cipher, load_or_create_key
from db.migrate import upgrade
from db.models import Outgoing, Person
from db.session import open_database
from stage.phone import Phone
from tests.bot.processes import TOKEN, launch
from tests.cast import member, workshop_row

OWNER = 9001
FIRST = 20_001
WORDS = "Es geht weiter im großen Saal"
CODE = "MVT2K7"


class Hall:
    """One stage, one database, one bot after the other."""

    def __init__(self, folder, http, database_url=None):
        self.folder, self.http = folder, http
        self.bot = None
        self.url = database_url or f"sqlite+aiosqlite:///{folder}/data/mutmacher.db"

    # --- the stage

    async def open(self):
        arguments = ("-m", "stage", "--port", "0", "--token", TOKEN)
        self.stage = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdout=asyncio.subprocess.PIPE
        )
        self.telegram = (await self.stage.stdout.readline()).decode().split()[-1].rstrip("/")

    async def close(self):
        for process in (self.bot and self.bot.process, self.stage):
            if process is not None and process.returncode is None:
                process.kill()
                await process.communicate()

    async def post(self, path, **body):
        async with self.http.post(f"{self.telegram}/stage/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def get(self, path):
        async with self.http.get(f"{self.telegram}/stage/{path}") as answer:
            return await answer.json()

    async def log(self):
        """Every call of the bot so far."""
        calls, after = [], 0
        while True:
            page = await self.get(f"log?after={after}")
            calls += page["calls"]
            if not page["calls"] or page["next"] == after:
                return calls
            after = page["next"]

    async def arrived(self, words=WORDS):
        """How often these words reached each guest's chat, as the stage judges."""
        counts = {}
        for each in (await self.get("ledger"))["sent"]:
            if words in each["text"] and each["chat_id"] != OWNER:
                counts[each["chat_id"]] = counts.get(each["chat_id"], 0) + 1
        return counts

    # --- the people

    async def fill(self, number):
        """A workshop with so many members, all with a phone that once wrote to the bot."""
        key = load_or_create_key(self.folder / "secrets" / "key")
        (self.folder / "data").mkdir()
        await asyncio.to_thread(upgrade, self.url)
        database = open_database(self.url, Cipher(key))
        at = datetime.now(UTC) - timedelta(hours=1)
        async with database.writer.begin() as session:
            workshop = workshop_row(at, code=CODE, title="Werkstatt Nordtal")
            session.add(workshop)
            await session.flush()
            session.add_all(
                member(FIRST + n, at, f"Gast Nummer{n}", workshop_id=workshop.id) for n in range(number)
            )
        await database.close()
        for start in range(0, number, 25):
            await asyncio.gather(*(self._phone(FIRST + n) for n in range(start, min(start + 25, number))))
        await self.drain()

    async def _phone(self, chat_id):
        await self.post("users", first_name="Gast", id=chat_id)
        await self.post(f"users/{chat_id}/send", text="Hallo")

    async def drain(self):
        """What they wrote then was answered long ago."""
        offset = 0
        while True:
            asked = {"offset": offset, "limit": 100}
            async with self.http.post(f"{self.telegram}/bot{TOKEN}/getUpdates", json=asked) as answer:
                updates = (await answer.json())["result"]
            if not updates:
                return
            offset = updates[-1]["update_id"] + 1

    async def phone(self, name, chat_id):
        return await Phone.add(self.telegram, self.http, name, health=self.bot.url, patience=180, id=chat_id)

    # --- the bot

    async def start(self, **settings):
        """Another process on the same database."""
        defaults = {
            "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": self.telegram, "OWNERS": str(OWNER), "DATABASE_URL": self.url,
        }  # fmt: skip
        self.bot = await launch(self.folder, self.http, **defaults | settings)
        await self.bot.runs()

    async def kill(self):
        self.bot.process.kill()
        assert await self.bot.ended() == -signal.SIGKILL

    async def announce(self, number):
        """The organiser confirms an announcement to everybody; it is on its way now."""
        orga = await self.phone("Orga", OWNER)
        await orga.start()
        await orga.says("/ankuendigung")
        await orga.says(WORDS)
        await orga.taps("An alle")
        await self.post(f"users/{OWNER}/send", text=str(number))

    async def until(self, done, within=180.0):
        """Wait until `await done()` is true."""
        async with asyncio.timeout(within):
            while not await done():  # noqa: ASYNC110 - another process rings no bell
                await asyncio.sleep(0.2)

    async def until_arrived(self, number):
        async def enough():
            return sum((await self.arrived()).values()) >= number

        await self.until(enough)

    async def report(self):
        """The figures of the organiser's last message about the announcement, once it says that it is through; what it
        does not name is zero.
        """
        orga = await self.phone("Orga", OWNER)

        async def through():
            await orga.look()
            return "Die Ankündigung ist durch" in orga.last

        await self.until(through)
        lines = (line.split(": ") for line in orga.last.splitlines()[1:])
        return Counter({name: int(figure) for name, figure in lines})

    async def asks(self, query):
        """One figure from the database."""
        key = load_or_create_key(self.folder / "secrets" / "key")
        database = open_database(self.url, Cipher(key))
        try:
            async with database.reader() as session:
                return (await session.scalars(query)).all()
        finally:
            await database.close()

    async def repeated(self):
        """Rows that were tried again after an unclear answer."""
        repeated = select(func.count()).select_from(Outgoing).where(Outgoing.repeated.is_(True))
        return (await self.asks(repeated))[0]

    async def profile(self, chat_id):
        own = select(Person).where(Person.chat_id == chat_id).options(selectinload(Person.interests))
        return (await self.asks(own))[0]


@contextlib.asynccontextmanager
async def open_hall(folder, http, database_url=None):
    hall = Hall(folder, http, database_url)
    await hall.open()
    try:
        yield hall
    finally:
        await hall.close()

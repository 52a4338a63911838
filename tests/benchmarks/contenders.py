"""Bots as processes, each before a Telegram of its own, so that they can take turns within one run."""

import asyncio
import contextlib
import os
import subprocess
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from db.cipher import Cipher, load_or_create_key
from db.migrate import upgrade
from db.session import open_database
from stage import DEFAULT_TOKEN
from tests.benchmarks.fake import faking
from tests.cast import member, workshop_row

ROOT = Path(__file__).parents[2]
_SETTLES, _IDLE, _LOOKS = 4.0, 0.05, 20  # seconds, the share of a core that is idling, looks
FIRST = 20_001  # the chat of the first guest
CODE = "MVT2K7"
OWNER = 9001
_AIOGRAM = str(ROOT / ".venv-bench" / "bin" / "python")


@dataclass(frozen=True)
class Contender:
    name: str
    module: str
    python: str = sys.executable
    settings: dict = field(default_factory=dict)


PTB = Contender("bare PTB", "tests.benchmarks.bare_ptb")
CONCURRENT = Contender("PTB, concurrent", "tests.benchmarks.bare_ptb", settings={"CONCURRENT": "1"})
AIOGRAM = Contender("aiogram 3", "tests.benchmarks.bare_aiogram", python=_AIOGRAM)


def ours(name, folder, database_url=None, **settings):
    """Mutmacher on this database, by default an SQLite file in the folder."""
    url = database_url or f"sqlite+aiosqlite:///{folder}/data/mutmacher.db"
    places = {"DATABASE_URL": url, "SECRET_KEY_FILE": str(folder / "secrets" / "key"), "OWNERS": str(OWNER)}
    return Contender(name, "tests.benchmarks.ours", settings=places | settings)


def has_aiogram():
    try:
        tried = subprocess.run([_AIOGRAM, "-c", "import aiogram"], check=False, capture_output=True)
    except OSError:
        return False
    return tried.returncode == 0


@dataclass
class Running:
    """A contender at work: its Telegram, and what its process has used."""

    contender: Contender
    fake: object
    process: psutil.Process

    def cpu(self):
        """Seconds of a core, so far."""
        times = self.process.cpu_times()
        return times.user + times.system

    async def settles(self):
        """Wait until it has done what it does once after its start: ours takes in a sentence encoder."""
        for _ in range(_LOOKS):
            before = self.cpu()
            await asyncio.sleep(_SETTLES)
            if self.cpu() - before < _IDLE * _SETTLES:
                return

    def memory(self):
        """Resident megabytes, now."""
        return self.process.memory_info().rss / 2**20


@asynccontextmanager
async def running(contender, folder, **options):
    """Start it, and wait for its first poll. `options` are the fake's."""
    async with faking(**options) as (fake, url):
        settings = {
            "BOT_TOKEN": DEFAULT_TOKEN,
            "TELEGRAM_API_URL": url,
            "HTTP_PORT": "0",
            "LOG_LEVEL": "WARNING",
        }
        path = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        with (folder / f"{contender.name}.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                contender.python, "-m", contender.module,
                cwd=folder, env=path | settings | contender.settings, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            async with asyncio.timeout(60):
                await fake.first_poll.wait()
            yield Running(contender, fake, psutil.Process(process.pid))
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


async def fill(contender, people, silent=0):
    """A workshop with so many members in the contender's database, and so many more who want no announcements."""
    url = contender.settings["DATABASE_URL"]
    key = load_or_create_key(Path(contender.settings["SECRET_KEY_FILE"]))
    if url.startswith("sqlite"):
        Path(url.partition("///")[2]).parent.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(upgrade, url)
    database = open_database(url, Cipher(key))
    at = datetime.now(UTC) - timedelta(hours=1)
    async with database.writer.begin() as session:
        workshop = workshop_row(at, code=CODE, title="Werkstatt Nordtal")
        session.add(workshop)
        await session.flush()
        session.add_all(
            member(FIRST + n, at, f"Gast Nummer{n}", workshop_id=workshop.id, announcements=n < people)
            for n in range(people + silent)
        )
    await database.close()

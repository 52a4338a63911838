"""A stage with phones, and one bot at a time as a process; the clock starts at the tap on Send and stops when the
answer stands in the chat."""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import ClientSession, web

from stage import DEFAULT_TOKEN, create_app
from stage.server import WORLD

ROOT = Path(__file__).parents[2]
PHONES = 20
ROUNDS = 10  # messages of each phone
APART = 1.1  # seconds between two of them: Telegram allows a chat one a second
PATIENCE = 60.0
SETTLES = 20.0  # what a bot does once after its start (ours takes in a sentence encoder) is no round trip
COMMAND = "/hilfe"


@dataclass(frozen=True)
class Contender:
    name: str
    python: str
    module: str


@dataclass(frozen=True)
class Figures:
    """Seconds each answer took while phones write at a hall's pace; answers a second when all write at once."""

    answers: list[float]
    at_once: float


class Hall:
    def __init__(self, url: str, http: ClientSession, world: Any) -> None:
        self._url, self._http, self._world = url, http, world
        self._phones: list[int] = []

    async def fill(self) -> None:
        for number in range(PHONES):
            phone = await self._post("users", first_name=f"Mensch {number}")
            self._phones.append(phone["id"])

    async def ready(self) -> None:
        """Each phone got its first answer: everything is imported, connected and warm."""
        await asyncio.gather(*(self._asks(phone) for phone in self._phones))
        await asyncio.sleep(SETTLES)

    async def measure(self) -> Figures:
        answers: list[float] = []
        await asyncio.gather(*(self._writes(phone, n, answers) for n, phone in enumerate(self._phones)))
        await asyncio.sleep(4 * APART)  # so that nobody has anything left to wait for
        begun = time.perf_counter()
        await asyncio.gather(*(self._asks(phone) for phone in self._phones))
        return Figures(answers, PHONES / (time.perf_counter() - begun))

    async def _writes(self, phone: int, number: int, answers: list[float]) -> None:
        """Phones begin one after the other, so that they write evenly."""
        begins = time.perf_counter() + number * APART / PHONES
        for n in range(ROUNDS):
            await asyncio.sleep(max(0.0, begins + n * APART - time.perf_counter()))
            answers.append(await self._asks(phone))

    async def _asks(self, phone: int) -> float:
        before, begun = self._heard(phone), time.perf_counter()
        await self._post(f"users/{phone}/send", text=COMMAND)
        async with asyncio.timeout(PATIENCE):
            while self._heard(phone) == before:
                await self._world.version.wait(self._world.version.number, PATIENCE)
        return time.perf_counter() - begun

    def _heard(self, phone: int) -> int:
        return sum(not record.out for record in self._world.ledger.chats[phone].messages.values())

    async def _post(self, path: str, **body: Any) -> Any:
        async with self._http.post(f"{self._url}/stage/{path}", json=body) as answer:
            answer.raise_for_status()
            return await answer.json()


async def play(contender: Contender) -> Figures:
    """One run of one contender, with a stage, a folder and a process of its own."""
    async with _stage() as (url, http, world):
        hall = Hall(url, http, world)
        await hall.fill()
        with TemporaryDirectory() as folder:
            async with _running(contender, url, folder):
                await hall.ready()
                return await hall.measure()


@asynccontextmanager
async def _stage() -> AsyncIterator[tuple[str, ClientSession, Any]]:
    app = create_app()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with ClientSession() as http:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}", http, app[WORLD]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _running(contender: Contender, url: str, folder: str) -> AsyncIterator[None]:
    settings = {"BOT_TOKEN": DEFAULT_TOKEN, "TELEGRAM_API_URL": url, "HTTP_PORT": "0"}
    process = await asyncio.create_subprocess_exec(
        contender.python,
        *("-m", contender.module),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | settings,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def has(python: str, module: str) -> bool:
    """Can this interpreter import it?"""
    try:
        tried = subprocess.run([python, "-c", f"import {module}"], check=False, capture_output=True)
    except OSError:
        return False
    return tried.returncode == 0


HERE = sys.executable

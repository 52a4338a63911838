"""`python -m bot stage`: serves the stage, and runs the bot as a process of its own that may be killed."""

import asyncio
import contextlib
import ipaddress
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import structlog
from aiohttp import ClientError, web

from bot import sample
from bot.child import Child
from bot.commands import run_job
from bot.ending import CannotGoOn, Code, cannot_listen
from bot.settings import Settings
from db.lock import InUse, hold
from db.session import COPY, HALF_A_COPY
from stage import DEFAULT_TOKEN, create_app
from web import server

log = structlog.get_logger(__name__)

FOLDER = Path("data/stage")
DATABASE = FOLDER / "mutmacher.db"
KEY = Path("secrets/stage-key")
_DATABASE_FILES = ("", "-wal", "-shm", COPY, HALF_A_COPY)
_NOT_RUNNING = {"status": "the bot does not run", "oldest_due_seconds": -1, "inbox": -1, "outbox": -1}


def run() -> int:
    return run_job(serve)


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run the stage, the bot and the sample workshop until `stop`. Raises CannotGoOn."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(_alone())
        both = StageAndBot()
        address = await stack.enter_async_context(both.listening(settings))
        both.child.environment = _environment(settings, address)
        running = asyncio.create_task(both.child.run(stop))
        starting = asyncio.create_task(both.greet(address, stop))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await starting
        both.stop_sample()
        await running


@asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    """Keep a second stage from writing the same ledger. Raises CannotGoOn."""
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(hold(f"sqlite:///{FOLDER / 'stage'}"))
        except InUse:
            raise CannotGoOn(Code.REFUSED, f"{FOLDER}: in use by another stage") from None
        except OSError as error:
            raise CannotGoOn(Code.WRONG_SETTING, f"{FOLDER}: {error.strerror}") from None
        yield


class StageAndBot:
    """The stage in this process and the bot beside it: what the buttons of the stage's page act on."""

    def __init__(self) -> None:
        self.child = Child()
        self._links: dict[str, str] = {}
        self._address = ""
        self._sample: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def listening(self, settings: Settings) -> AsyncIterator[str]:
        """Serve the stage inside the context and yield its address.

        Raises CannotGoOn if it cannot listen there, or if other machines could reach it.
        """
        host = settings.http_host
        if not _is_loopback(host):
            raise CannotGoOn(
                Code.WRONG_SETTING, "HTTP_HOST: the stage listens only on this machine (127.0.0.1)"
            )
        app = create_app(data_dir=FOLDER, on_reset=self._reset, on_bot=self._order, links=self._links)
        app.add_routes([web.get("/health", self._health), web.get("/wall/{rest:.+}", self.child.pass_on)])
        async with AsyncExitStack() as stack:
            try:
                port = await stack.enter_async_context(server.listening(app, host, settings.http_port))
            except OSError as error:
                raise cannot_listen(error) from None
            self._address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
            yield self._address

    async def greet(self, address: str, stop: asyncio.Event) -> None:
        """Once the bot answers, print the stage's address and play the sample."""
        if await self.child.answers(stop):
            sys.stdout.write(f"Mutmacher stage: {address}\n")
            sys.stdout.flush()
            self._play_sample()

    def _play_sample(self) -> None:
        self.stop_sample()
        self._sample = asyncio.create_task(self._run_sample())

    async def _run_sample(self) -> None:
        try:
            await sample.play(self._address, self._links)
        except (ClientError, TimeoutError) as error:  # the stage was reset or ended meanwhile
            log.info("the sample workshop was abandoned", error=type(error).__name__)
        except Exception as error:  # nobody awaits this task, and the stage works without it
            log.error("the sample workshop failed", exc_info=error)  # noqa: TRY400

    def stop_sample(self) -> None:
        if self._sample is not None:
            self._sample.cancel()

    async def _reset(self, wants_sample: bool) -> None:
        """The stage has forgotten everything, so the bot must too. Then play the sample again, if wanted."""
        self.stop_sample()
        self._links.clear()
        async with self.child.held_down():
            for end in _DATABASE_FILES:
                DATABASE.with_name(DATABASE.name + end).unlink(missing_ok=True)
        if wants_sample:
            self._play_sample()

    async def _order(self, order: str) -> None:
        await (self.child.kill() if order == "kill" else self.child.restart())

    async def _health(self, _request: web.Request) -> web.Response:
        status, figures = await self.child.health() or (503, _NOT_RUNNING)
        return web.json_response(figures, status=status)


def _environment(settings: Settings, address: str) -> dict[str, str]:
    """The bot's settings: the operator's, except those that lead to Telegram, to other data or outside."""
    owners = {*settings.owners, sample.ORGANISER}
    return {
        **os.environ,
        "BOT_TOKEN": DEFAULT_TOKEN,
        "TELEGRAM_API_URL": address,
        "STAGE_CLOCK_URL": f"{address}/stage/clock",
        "DATABASE_URL": f"sqlite+aiosqlite:///{DATABASE}",
        "SECRET_KEY_FILE": str(KEY),
        "ERASURE_JOURNAL": "",
        "OWNERS": ",".join(map(str, sorted(owners))),
        "HTTP_HOST": "127.0.0.1",
        "PUBLIC_URL": "",
        "WEBHOOK_SECRET": "",
        "DELIVERY_PROBE": "on",
    }


def _is_loopback(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"

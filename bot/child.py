"""The bot as a process of its own, which the stage may kill: started again whenever it ends."""

import asyncio
import ctypes
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.ending import CannotGoOn, Code
from bot.waiting import Backoff, stopped

log = structlog.get_logger(__name__)

_LOOK_EVERY = 0.1  # seconds
_TO_START = 30.0  # seconds until it answers
_TO_END = 7.0  # seconds after the order, then it is killed; we have ten ourselves
_ASK_WITHIN = ClientTimeout(total=5)
_PR_SET_PDEATHSIG = 1


class Child:
    """`environment` is complete but for HTTP_PORT; each life gets a free one."""

    def __init__(self) -> None:
        self.environment: Mapping[str, str] = {}
        self._port = 0
        self._process: Process | None = None
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._ordered = False
        self._has_been_well = False
        self._one_order = asyncio.Lock()

    async def run(self, stop: asyncio.Event) -> None:
        """Keep it running until `stop`, then end it. Raises CannotGoOn if it never could start."""
        backoff = Backoff()
        while not stop.is_set():
            if not self._wanted.is_set():
                await stopped(stop, _LOOK_EVERY)
                continue
            code = await self._live(stop)
            if stop.is_set():
                return
            if self._ordered:
                self._ordered = False
                backoff.reset()
                continue
            if code in (Code.WRONG_SETTING, Code.REFUSED) and not self._has_been_well:
                raise CannotGoOn(Code(code), "")  # the bot itself has said why
            log.warning("the bot ended by itself and is started again", code=code)
            await stopped(stop, backoff.longer())

    async def _live(self, stop: asyncio.Event) -> int:
        """One life; the exit code. At `stop` it is told to end."""
        self._port = _free_port()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            env={**self.environment, "HTTP_PORT": str(self._port)},
            # Ctrl-C in a terminal reaches us alone; a killed parent takes the bot with it.
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
        ended, stopping = asyncio.create_task(self._process.wait()), asyncio.create_task(stop.wait())
        await asyncio.wait((ended, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            await self._end(signal.SIGTERM)
        return await ended

    async def restart(self) -> None:
        """Told to end, started again, until it answers."""
        await self._replace(signal.SIGTERM)

    async def kill(self) -> None:
        """Killed without a warning, started again, until it answers."""
        await self._replace(signal.SIGKILL)

    async def _replace(self, number: signal.Signals) -> None:
        async with self._one_order:
            self._ordered = True
            before = self._process
            await self._end(number)
            await self._until_another_answers(before)

    @asynccontextmanager
    async def held_down(self) -> AsyncIterator[None]:
        """Killed meanwhile; afterwards started again, until it answers."""
        async with self._one_order:
            self._wanted.clear()
            self._ordered = True
            before = self._process
            await self._end(signal.SIGKILL)
            try:
                yield
            finally:
                self._wanted.set()
            await self._until_another_answers(before)

    async def _until_another_answers(self, before: Process | None) -> None:
        async with asyncio.timeout(_TO_START):
            while self._process is before or await self.health() is None:  # noqa: ASYNC110 - it sets no event here
                await asyncio.sleep(_LOOK_EVERY)

    async def _end(self, number: signal.Signals) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.send_signal(number)
        try:
            async with asyncio.timeout(_TO_END):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def answers(self, stop: asyncio.Event) -> bool:
        """Wait until it answers for the first time; False if `stop` came first."""
        while await self.health() is None:
            if await stopped(stop, _LOOK_EVERY):
                return False
        self._has_been_well = True
        return True

    async def health(self) -> tuple[int, Any] | None:
        """Status and figures as the bot tells them; None if it does not answer."""
        url = f"http://127.0.0.1:{self._port}/health"
        try:
            async with ClientSession(timeout=_ASK_WITHIN) as http, http.get(url) as answer:
                return answer.status, await answer.json()
        except (ClientError, TimeoutError, ValueError):
            return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

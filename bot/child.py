"""Runs the bot as a process of its own, which the stage may kill, and restarts it whenever it ends."""

import asyncio
import ctypes
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.ending import CannotGoOn, Code
from bot.waiting import Backoff, stopped

log = structlog.get_logger(__name__)

_LOOK_EVERY = 0.1  # seconds
_TO_START = 30.0  # seconds until it answers
_TO_END = 7.0  # seconds after SIGTERM until it is killed; this process has ten itself
_ASK_WITHIN = ClientTimeout(total=5)
_NO_LIMIT = ClientTimeout(total=None, sock_connect=5)  # a stream goes on as long as somebody reads it
_OF_ONE_CONNECTION = {"Connection", "Content-Length", "Date", "Keep-Alive", "Server", "Transfer-Encoding"}
_PR_SET_PDEATHSIG = 1


class Child:
    """Keeps the bot's process running. `environment` is complete except for HTTP_PORT: each run gets a free one."""

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
        """Keep the bot running until `stop`, then end it. Raises CannotGoOn if it could never start."""
        backoff = Backoff()
        while not stop.is_set():
            if not self._wanted.is_set():
                await stopped(stop, _LOOK_EVERY)
                continue
            code = await self._run_once(stop)
            if stop.is_set():
                return
            if self._ordered:
                self._ordered = False
                backoff.reset()
                continue
            if code in (Code.WRONG_SETTING, Code.REFUSED) and not self._has_been_well:
                raise CannotGoOn(Code(code), "")  # the bot itself has printed the reason
            log.warning("the bot ended by itself and is restarted", code=code)
            await stopped(stop, backoff.longer())

    async def _run_once(self, stop: asyncio.Event) -> int:
        """Run the process until it ends, telling it to at `stop`, and return its exit code."""
        self._port = _free_port()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            env={**self.environment, "HTTP_PORT": str(self._port)},
            # Ctrl-C in a terminal reaches only this process; if this process is killed, the bot ends with it.
            start_new_session=True,
            preexec_fn=partial(_end_with_parent, os.getpid()) if sys.platform == "linux" else None,
        )
        ended, stopping = asyncio.create_task(self._process.wait()), asyncio.create_task(stop.wait())
        await asyncio.wait((ended, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            await self._end(signal.SIGTERM)
        return await ended

    async def restart(self) -> None:
        """End the bot with SIGTERM, and return when the next process answers."""
        await self._replace(signal.SIGTERM)

    async def kill(self) -> None:
        """Kill the bot with SIGKILL, and return when the next process answers."""
        await self._replace(signal.SIGKILL)

    async def _replace(self, number: signal.Signals) -> None:
        async with self._one_order:
            self._ordered = True
            before = self._process
            await self._end(number)
            await self._until_another_answers(before)

    @asynccontextmanager
    async def held_down(self) -> AsyncIterator[None]:
        """Kill the bot and keep it down inside the context; afterwards, wait until it answers again."""
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
            while self._process is before or await self.health() is None:  # noqa: ASYNC110 - it is another process
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
        """Wait until the bot answers for the first time; False if `stop` came first."""
        while await self.health() is None:
            if await stopped(stop, _LOOK_EVERY):
                return False
        self._has_been_well = True
        return True

    async def health(self) -> tuple[int, Any] | None:
        """HTTP status and body of the bot's own /health, None if it does not answer."""
        url = f"http://127.0.0.1:{self._port}/health"
        try:
            async with ClientSession(timeout=_ASK_WITHIN) as http, http.get(url) as answer:
                return answer.status, await answer.json()
        except (ClientError, TimeoutError, ValueError):
            return None

    async def pass_on(self, request: web.Request) -> web.StreamResponse:
        """What the bot's own HTTP front answers to this, as it comes; 502 if it does not answer."""
        url = f"http://127.0.0.1:{self._port}{request.path_qs}"
        passed = web.StreamResponse()
        try:
            async with ClientSession(timeout=_NO_LIMIT) as http, http.get(url) as answer:
                passed.set_status(answer.status)
                passed.headers.update(
                    {name: value for name, value in answer.headers.items() if name not in _OF_ONE_CONNECTION}
                )
                await passed.prepare(request)
                async for part in answer.content.iter_any():
                    await passed.write(part)
        except ClientError as error:  # of either side
            if not passed.prepared:
                raise web.HTTPBadGateway from error
        return passed


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent(parent: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it has ended before it was asked for that signal
        os._exit(Code.FAILED)

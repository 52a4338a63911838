"""Real processes of the bot, each in a folder of its own."""

import asyncio
import contextlib
import itertools
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError, ClientSession

from tests.bot import fork_server
from tests.bot.fork_server import ALL_IT_SAYS

ROOT = Path(__file__).parents[2]
WITHOUT_EXTRAS = Path(__file__).with_name("without_extras")
TOKEN = "1000000:AAcanary-token"
KEPT = {"PATH", "HOME", "LANG", "TMPDIR", "OPENBLAS_NUM_THREADS"}  # of our environment
TO_STOP = 10.0  # seconds that a process has, as a container's has
PATIENCE = 120.0  # seconds, where a busy machine may take long and nothing is promised


# Below those that the system itself gives to whoever connects or asks for any; a thousand for each test process.
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 16
_PORTS = (12_000 + 1000 * _WORKER + number % 1000 for number in itertools.count(os.getpid()))


def free_port():
    """One where nobody listens, and that nobody else is given before it is used."""
    for port in _PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("there is always another one")


@dataclass
class Run:
    """A running `python -m bot …`; `output` is both of its streams once it has ended."""

    process: asyncio.subprocess.Process
    url: str
    http: ClientSession
    output: str = ""
    heard: str = ""  # of its log, while it runs

    async def ended(self, within=PATIENCE):
        """The exit code, once it has ended and so have those that it started. Kills the process and fails if it takes
        longer.
        """
        try:
            async with asyncio.timeout(within):
                out, err = await self.process.communicate()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            out, err = await self.process.communicate()
            raise AssertionError(f"still running after {within} s:\n{out.decode()}{err.decode()}") from None
        self.output = out.decode() + self.heard + err.decode()
        return self.process.returncode

    async def stopped(self, number, within=TO_STOP):
        """Send the signal, and return the exit code."""
        self.process.send_signal(number)
        return await self.ended(within)

    async def logs(self, words, within=PATIENCE):
        """Wait until its log says so."""
        async with asyncio.timeout(within):
            while words not in self.heard:
                line = await self.process.stderr.readline()
                assert line, f"ended without {words!r}:\n{self.heard}"
                self.heard += line.decode()

    async def get(self, path):
        async with self.http.get(self.url + path) as answer:
            return answer.status, await answer.text()

    async def answers(self, path="/health", within=PATIENCE):
        """Wait until the page is served, and return its status and text."""
        async with asyncio.timeout(within):
            while self.process.returncode is None:
                try:
                    return await self.get(path)
                except ClientError:
                    await asyncio.sleep(0.05)
        raise AssertionError(f"ended with {await self.ended()}:\n{self.output}")

    async def runs(self, within=PATIENCE):
        """Wait until Telegram has told the bot its name."""
        async with asyncio.timeout(within):
            while "t.me/" not in (await self.answers("/"))[1]:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.05)


async def launch(folder, http, *arguments, extras=False, forked=None, **settings):
    """`python -m bot arguments` in `folder` with these settings and no others.

    Unless the sentence encoder is wanted (`extras`) the process does without: loading it keeps both cores busy for
    ten seconds, and slows down whatever else is tested meanwhile. Unless `forked`, as the bot is and its commands are
    not, it also imports everything itself.
    """
    clean = {name: value for name, value in os.environ.items() if name in KEPT}
    port = settings.setdefault("HTTP_PORT", str(free_port()))
    path = os.pathsep.join(map(str, [ROOT] if extras else [ROOT, WITHOUT_EXTRAS]))
    environment = clean | {"PYTHONPATH": path} | settings
    if (not arguments if forked is None else forked) and not extras and fork_server.POSSIBLE:
        process = await fork_server.fork(arguments, path=path, folder=folder, environment=environment)
    else:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", *arguments),
            cwd=folder,
            env=environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=ALL_IT_SAYS,
        )
    return Run(process, f"http://127.0.0.1:{port}", http)

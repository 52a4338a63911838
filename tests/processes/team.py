"""Several processes of the bot behind one webhook, on one PostgreSQL database, and a proxy before them."""

import asyncio
import contextlib
import itertools
import signal
import sys

from aiohttp import ClientConnectorError, ClientError, ClientTimeout, web

from tests.bot.processes import TOKEN, free_port, launch
from tests.processes.hall import OWNER, Hall

SECRET = "s" * 40
_PASSED_ON = ("X-Telegram-Bot-Api-Secret-Token", "Content-Type")


class Team(Hall):
    """`bots` run side by side; `spreader` gives each update to the next of them that listens."""

    def __init__(self, folder, http, database_url):
        super().__init__(folder, http, database_url)
        self.bots = {}
        self.turns = itertools.count()

    async def open(self):
        await super().open()
        app = web.Application()
        app.router.add_post("/telegram", self._spread)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.public_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self):
        for name, bot in self.bots.items():
            if bot.process.returncode is None:
                await self.kill_one(name)
            sys.stdout.write(f"--- {name}\n{bot.heard}")  # shown for a test that failed
        await self._runner.cleanup()
        await super().close()

    async def _spread(self, request):
        """As a proxy does: only where nobody listens, somebody else is asked."""
        body = await request.read()
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        first, bots = next(self.turns), list(self.bots.values())
        for n in range(len(bots)):
            url = bots[(first + n) % len(bots)].url
            try:
                async with self.http.post(
                    f"{url}/telegram", data=body, headers=headers, timeout=ClientTimeout(20)
                ) as answer:
                    again = {k: v for k, v in answer.headers.items() if k == "Retry-After"}
                    return web.Response(status=answer.status, headers=again)
            except ClientConnectorError:
                continue
            except (ClientError, TimeoutError):
                break
        return web.Response(status=502)

    async def begin(self, name, **settings):
        """Start one process; it need not run yet."""
        defaults = {
            "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": self.telegram, "OWNERS": str(OWNER), "DATABASE_URL": self.url,
            "PUBLIC_URL": self.public_url, "WEBHOOK_SECRET": SECRET, "HTTP_PORT": str(free_port()),
        }  # fmt: skip
        bot = await launch(self.folder, self.http, **defaults | settings)
        self.bots[name] = bot
        bot.reading = asyncio.create_task(_read(bot))
        return bot

    async def kill_one(self, name):
        bot = self.bots[name]
        bot.process.send_signal(signal.SIGKILL)
        await bot.process.wait()
        await bot.reading

    async def stop_one(self, name):
        """The exit code after SIGTERM."""
        bot = self.bots[name]
        bot.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            code = await bot.process.wait()
        await bot.reading
        return code

    async def up(self, number, within=120.0):
        """The names of those that run, once there are so many of them."""
        async with asyncio.timeout(within):
            while True:
                names = [name for name, bot in self.bots.items() if '"running"' in bot.heard]
                if len(names) >= number:
                    return names
                await asyncio.sleep(0.05)

    async def until_said(self, chat_id, number, within=240.0):
        """Wait until so many different messages, one after the other, have arrived in this chat."""

        async def enough():
            async with self.http.get(f"{self.telegram}/stage/users/{chat_id}/messages") as answer:
                texts = [m["text"] for m in (await answer.json())["messages"] if not m.get("out")]
            return len(list(itertools.groupby(texts))) >= number

        await self.until(enough, within)

    async def leader(self, within=90.0):
        """The name of the process that leads."""
        async with asyncio.timeout(within):
            while True:
                for name, bot in self.bots.items():
                    if bot.process.returncode is None and leads(bot):
                        return name
                await asyncio.sleep(0.05)


def leads(bot):
    """Whether its log says so last."""
    return bot.heard.rfind("this process leads now") > bot.heard.rfind("this process stops leading")


async def _read(bot):
    """Keep its log as it comes, so that it never waits for a reader."""
    while line := await bot.process.stderr.readline():
        bot.heard += line.decode()


@contextlib.asynccontextmanager
async def open_team(folder, http, database_url):
    team = Team(folder, http, database_url)
    await team.open()
    try:
        yield team
    finally:
        await team.close()

"""A stage that stands in for Telegram, and bots as real processes that talk to it."""

import contextlib
import sys

import pytest
from aiohttp import ClientSession, web

from stage import create_app
from tests.bot.processes import TOKEN, launch


@pytest.fixture
async def http():
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def telegram():
    """The address of a stage for TOKEN."""
    runner = web.AppRunner(create_app(token=TOKEN), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def start(tmp_path, http, telegram):
    """Start `python -m bot …` at this stage; what still runs after the test is killed."""
    runs = []

    async def begin(*arguments, **settings):
        defaults = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram}
        runs.append(await launch(tmp_path, http, *arguments, **defaults | settings))
        return runs[-1]

    yield begin
    for run in runs:
        with contextlib.suppress(ProcessLookupError):
            run.process.kill()
        if not run.output:
            await run.ended()
        sys.stdout.write(run.output)  # shown for a test that failed

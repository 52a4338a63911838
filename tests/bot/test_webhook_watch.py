"""Behind a webhook Telegram itself is asked whether it can deliver."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from telegram.ext import ExtBot

from bot import watching
from bot.request import AiohttpRequest
from bot.watching import WebhookWatch
from stage import DEFAULT_TOKEN
from tests.bot.processes import free_port
from tests.stage.conftest import serve, stage  # noqa: F401 - fixtures

SILENT = timedelta(minutes=3)


@pytest.fixture
async def bot(stage):  # noqa: F811 - pytest's way
    bot = ExtBot(
        DEFAULT_TOKEN,
        base_url=f"{stage.url}/bot",
        request=AiohttpRequest(read_timeout=2),
        get_updates_request=AiohttpRequest(),
    )
    await bot.initialize()
    yield bot
    await bot.shutdown()


async def refused_once(stage):  # noqa: F811
    """Somebody writes, and nobody listens where the webhook leads."""
    person = await stage.person()
    await stage.result("setWebhook", url=f"http://127.0.0.1:{free_port()}/telegram")
    await stage.post(f"users/{person}/send", text="Hallo")
    async with asyncio.timeout(120):
        while "last_error_date" not in await stage.result("getWebhookInfo"):  # noqa: ASYNC110 - it rings no bell
            await asyncio.sleep(0.01)


async def test_it_fails_while_updates_wait_that_could_not_be_delivered(stage, bot):  # noqa: F811
    watch = WebhookWatch(bot, lambda: datetime.now(UTC))
    await watch.ask()
    assert not watch.fails, "nothing was tried yet"
    await refused_once(stage)
    await watch.ask()
    assert watch.fails
    watch.now = lambda: datetime.now(UTC) + SILENT
    await watch.ask()
    assert not watch.fails, "the last failure is long ago"
    watch.now = lambda: datetime.now(UTC)
    await stage.result("deleteWebhook", drop_pending_updates=True)
    await watch.ask()
    assert not watch.fails, "nothing waits any more"


async def test_who_leads_no_more_asks_no_more_and_says_nothing_about_it(stage, bot, monkeypatch):  # noqa: F811
    """As long as the process goes on, its /health is asked."""
    monkeypatch.setattr(watching, "_ASK_EVERY", 0.05)
    watch, stop = WebhookWatch(bot, lambda: datetime.now(UTC)), asyncio.Event()
    await refused_once(stage)
    monkeypatch.setattr(watching, "SILENT_SECONDS", 3600)
    running = asyncio.create_task(watch.run(stop))
    async with asyncio.timeout(120):
        while not watch.fails:  # noqa: ASYNC110 - it rings no bell
            await asyncio.sleep(0.01)
    stop.set()
    await running
    assert not watch.fails

"""Servers on the loopback that stand in for Telegram's, well behaved and not."""

import asyncio
import contextlib
import traceback

import aiohttp.web
import pytest
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.request import AiohttpRequest

TOKEN = "123456:canary-token"
MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private", "first_name": "Ana"}}


class Telegram:
    """Accepts every call and keeps what it was sent, field by field."""

    def __init__(self):
        self.calls = []
        self.answer = None

    async def handle(self, request):
        fields = {}
        for name, value in (await request.post()).items():
            is_file = isinstance(value, aiohttp.web.FileField)
            fields[name] = (value.filename, value.content_type, value.file.read()) if is_file else value
        self.calls.append((request.match_info["method"], request.content_type, request.headers, fields))
        return self.answer or aiohttp.web.json_response({"ok": True, "result": MESSAGE})


@contextlib.asynccontextmanager
async def served(handler):
    """The address of an HTTP server that answers every method with `handler`."""
    app = aiohttp.web.Application(client_max_size=20_000_000)
    app.router.add_route("*", f"/bot{TOKEN}/{{method}}", handler)
    runner = aiohttp.web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = aiohttp.web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def raw(talk):
    """The address of a server that treats each connection as `talk(reader, writer)` says."""
    peers = set()

    async def each(reader, writer):
        peers.add(asyncio.current_task())
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await talk(reader, writer)
        writer.close()

    server = await asyncio.start_server(each, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        for peer in peers:
            peer.cancel()
        server.close()


@contextlib.asynccontextmanager
async def bot_at(address, **settings):
    request = AiohttpRequest(**settings)
    polling = AiohttpRequest(**settings)
    bot = ExtBot(TOKEN, base_url=f"{address}/bot", request=request, get_updates_request=polling)
    await request.initialize()
    await polling.initialize()
    try:
        yield bot
    finally:
        await request.shutdown()
        await polling.shutdown()


async def failure(address, call=None, **settings):
    """The error that a `sendMessage` raises, none of which may show the token."""
    async with bot_at(address, **settings) as bot:
        with pytest.raises(TelegramError) as caught:
            await (call(bot) if call else bot.send_message(1, "Guten Tag"))
    shown = [str(caught.value), repr(caught.value), "".join(traceback.format_exception(caught.value))]
    assert not any("canary-token" in text for text in shown)
    assert caught.value.__context__ is None or "canary-token" not in repr(caught.value.__context__)
    return caught.value

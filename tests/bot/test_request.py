"""The network layer against real servers on the loopback: what arrives, and which error each failure raises."""

import asyncio
import contextlib
import json
import logging
import socket
import traceback

import aiohttp.web
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.request import AiohttpRequest
from scheduler.errors import NotSent, Retry, Unknown, classify

TOKEN = "123456:canary-token"
MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private", "first_name": "Ana"}}


@pytest.fixture(autouse=True)
def _timedeltas(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


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


async def test_a_message_arrives_as_a_form():
    telegram = Telegram()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="keep:17")]])
    async with served(telegram.handle) as address, bot_at(address) as bot:
        message = await bot.send_message(1, "Grüße & <b>Küsse</b> 🎉 a=b", reply_markup=keyboard)
    assert message.message_id == 7
    ((method, content_type, _headers, fields),) = telegram.calls
    assert (method, content_type) == ("sendMessage", "application/x-www-form-urlencoded")
    assert (fields["chat_id"], fields["text"]) == ("1", "Grüße & <b>Küsse</b> 🎉 a=b")
    assert json.loads(fields["reply_markup"]) == keyboard.to_dict()


async def test_a_picture_arrives_as_a_part_beside_its_fields():
    telegram = Telegram()
    async with served(telegram.handle) as address, bot_at(address) as bot:
        await bot.send_photo(1, b"\x89PNG\r\n\x1a\n" + bytes(2_000_000), caption="Für Ben", filename="x.png")
    ((method, content_type, headers, fields),) = telegram.calls
    assert (method, content_type) == ("sendPhoto", "multipart/form-data")
    assert "Content-Length" in headers
    assert (fields["chat_id"], fields["caption"]) == ("1", "Für Ben")
    assert fields["photo"][1] == "image/png"
    assert len(fields["photo"][2]) == 2_000_008


async def test_a_document_keeps_its_name_and_content(tmp_path):
    telegram = Telegram()
    path = tmp_path / "plan.ics"
    path.write_bytes(b"BEGIN:VCALENDAR")
    async with served(telegram.handle) as address, bot_at(address) as bot:
        await bot.send_document(1, b"a;b", filename='Übersicht "neu".csv')
        with path.open("rb") as file:
            await bot.send_document(1, file)
    sent = [fields["document"] for *_, fields in telegram.calls]
    assert sent[0] == ('Übersicht "neu".csv', "text/csv", b"a;b")
    assert sent[1][0] == "plan.ics"
    assert sent[1][2] == b"BEGIN:VCALENDAR"


async def test_a_connection_is_used_again():
    ports = set()

    async def handle(request):
        ports.add(request.transport.get_extra_info("peername")[1])
        return aiohttp.web.json_response({"ok": True, "result": MESSAGE})

    async with served(handle) as address, bot_at(address) as bot:
        for _ in range(3):
            await bot.send_message(1, "x")
    assert len(ports) == 1


async def test_a_refused_connection_means_nothing_was_sent():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        error = await failure(f"http://127.0.0.1:{closed.getsockname()[1]}")
    assert isinstance(error, NotSent)
    assert classify(error) == Retry()


async def test_an_unknown_name_means_nothing_was_sent():
    assert isinstance(await failure("http://telegram.invalid"), NotSent)


async def test_an_address_that_is_none_means_nothing_was_sent():
    assert isinstance(await failure("http://127.0.0.1:99999"), NotSent)


async def test_a_full_pool_means_nothing_was_sent():
    async def never(reader, _writer):
        await reader.read(-1)

    async def second_of_two(bot):
        first = asyncio.create_task(bot.send_message(1, "first"))
        await asyncio.sleep(0.1)
        try:
            await bot.send_message(1, "second", pool_timeout=0.05, connect_timeout=0.05)
        finally:
            first.cancel()

    async with raw(never) as address:
        assert isinstance(await failure(address, second_of_two, connections=1), NotSent)


async def test_a_connection_that_does_not_come_about_in_time_means_nothing_was_sent():
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        # These fill the backlog: whoever comes next waits for an answer that never comes.
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        error = await failure(f"http://127.0.0.1:{full.getsockname()[1]}", connect_timeout=0.2)
    assert isinstance(error, NotSent)


async def test_a_slow_answer_may_have_arrived():
    async def slow(_request):
        await asyncio.sleep(30)

    async with served(slow) as address:
        error = await failure(address, lambda bot: bot.send_message(1, "x", read_timeout=0.1))
    assert type(error) is TimedOut
    assert classify(error) == Unknown()


async def test_a_server_that_takes_nothing_ends_at_the_write_timeout():
    async def deaf(_reader, writer):
        writer.transport.pause_reading()
        await asyncio.sleep(30)

    async with raw(deaf) as address:
        error = await failure(
            address,
            lambda bot: bot.send_document(1, bytes(12_000_000), filename="x.bin"),
            media_write_timeout=0.2,
            read_timeout=0.1,
        )
    assert type(error) is TimedOut


async def drop(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.transport.abort()


async def half_an_answer(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"ok":true')
    await writer.drain()
    await asyncio.sleep(0.1)


async def gibberish(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"220 mail.example ESMTP\r\n\r\n")
    await writer.drain()


async def once_then_drop(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.sleep(0.05)
    body = json.dumps({"ok": True, "result": MESSAGE}).encode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    await writer.drain()
    await drop(reader, writer)


@pytest.mark.parametrize("talk", [drop, half_an_answer, gibberish])
async def test_a_reset_after_sending_may_have_arrived(talk):
    async with raw(talk) as address:
        error = await failure(address)
    assert type(error) is NetworkError
    assert classify(error) == Unknown()


async def test_a_reset_of_a_used_connection_may_have_arrived():
    async def twice(bot):
        await bot.send_message(1, "first")
        await bot.send_message(1, "second")

    async with raw(once_then_drop) as address:
        assert type(await failure(address, twice)) is NetworkError


@pytest.mark.parametrize(
    "body",
    ['{"ok":false,"description":"Internal Server Error"}', f"no /bot{TOKEN}/sendMessage here", "[]"],
)
async def test_a_server_error_may_have_arrived_and_shows_no_token(body, caplog):
    telegram = Telegram()
    telegram.answer = aiohttp.web.Response(status=500, text=body)
    caplog.set_level(logging.INFO)
    async with served(telegram.handle) as address:
        assert classify(await failure(address)) == Unknown()
    assert "canary-token" not in caplog.text


async def test_an_unreadable_success_is_not_logged(caplog):
    telegram = Telegram()
    telegram.answer = aiohttp.web.Response(text='{"ok":true,"result":"Geheimes')
    async with served(telegram.handle) as address:
        assert classify(await failure(address)) == Unknown()
    assert "Geheimes" not in caplog.text


async def test_flood_control_says_how_long_to_wait():
    telegram = Telegram()
    telegram.answer = aiohttp.web.json_response(
        {"ok": False, "description": "Too Many Requests: retry after 9", "parameters": {"retry_after": 9}},
        status=429,
    )
    async with served(telegram.handle) as address:
        error = await failure(address)
    assert isinstance(error, RetryAfter)
    assert error.retry_after.total_seconds() == 9


async def test_a_refused_token_stays_unsaid():
    telegram = Telegram()
    body = {"ok": False, "error_code": 401, "description": f"Unauthorized: {TOKEN}"}
    telegram.answer = aiohttp.web.json_response(body, status=401)
    async with served(telegram.handle) as address:
        assert isinstance(await failure(address), InvalidToken)


async def test_a_shut_request_opens_again():
    request = AiohttpRequest()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    telegram = Telegram()
    async with served(telegram.handle) as address:
        await request.initialize()
        assert await request.post(f"{address}/bot{TOKEN}/getMe") == MESSAGE
        await request.shutdown()

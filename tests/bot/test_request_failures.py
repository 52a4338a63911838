"""Which error each failure of the network raises, against real servers on the loopback."""

import asyncio
import contextlib
import json
import logging
import socket

import aiohttp.web
import pytest
from telegram.error import InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.request import AiohttpRequest
from scheduler.errors import NotSent, Retry, Unknown, classify
from tests.bot.api_servers import MESSAGE, TOKEN, Telegram, failure, raw, served


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

"""python-telegram-bot's network layer on aiohttp. It knows which requests surely never left, and hides the token."""

import asyncio
import io
import json
import os
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from scheduler.errors import NotSent

# Telegram drops idle connections, and a POST sent on a dropped one is lost: aiohttp, rightly, never repeats one.
_KEEPALIVE_SECONDS = 15.0
_TOKEN = re.compile(r"/bot([^/]+)/")


class AiohttpRequest(BaseRequest):
    """One connection pool. Give the bot two: long polls must not take up the senders' connections.

    Timeouts are in seconds, None for none; the write timeout covers the whole request. Raises `NotSent` if no
    connection was made, `TimedOut` or `NetworkError` if the request may have arrived. No error carries a
    cause, a URL or the text of an answer that is not Telegram's, because the URL contains the token.
    """

    def __init__(
        self,
        *,
        connections: int = 64,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 10.0,
        media_write_timeout: float | None = 30.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
    ) -> None:
        self._connections = connections
        self._read = read_timeout
        self._write = write_timeout
        self._media_write = media_write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        """Open the pool; may be called again after a shutdown."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_KEEPALIVE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trace_configs=[_connected_trace()],
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. The body of an error is emptied unless it is Telegram's."""
        files = request_data.multipart_data if request_data else {}
        read = _given(read_timeout, self._read)
        write = _given(write_timeout, self._media_write if files else self._write)
        connect = _given(connect_timeout, self._connect)
        call = _Call(
            method=method,
            url=url,
            data=_form(request_data) if request_data else None,
            timeout=aiohttp.ClientTimeout(
                total=None,
                connect=_sum(_given(pool_timeout, self._pool), connect),
                sock_connect=connect,
                sock_read=read,
            ),
            answer_within=_sum(write, read),
        )
        status, payload, error = await call.attempt(self._opened())
        if error is not None:
            # Raised outside any `except`, so that aiohttp's own error, which quotes the URL, is not its context.
            raise error
        return status, payload if status < 300 else _refusal(payload, url)  # noqa: PLR2004

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        return self._session

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Telegram's JSON object. Unlike the inherited parser, this never logs it: it holds people's words."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or (answer.get("ok", True) and "result" not in answer):
            raise TelegramError("Invalid server response")
        return answer


class _Call:
    """One request in flight, and whether it ever had a connection."""

    def __init__(
        self, *, method: str, url: str, data: Any, timeout: aiohttp.ClientTimeout, answer_within: float | None
    ) -> None:
        self._arguments = {"method": method, "url": url, "data": data, "timeout": timeout}
        self._answer_within = answer_within
        self._deadline: asyncio.Timeout | None = None
        self._connected = False

    async def attempt(self, session: aiohttp.ClientSession) -> tuple[int, bytes, TelegramError | None]:
        try:
            return *await self._exchange(session), None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            return 0, b"", self._failure(error)

    async def _exchange(self, session: aiohttp.ClientSession) -> tuple[int, bytes]:
        # aiohttp has no write timeout: from connection to answer, this deadline takes its place.
        async with asyncio.timeout(None) as self._deadline:
            async with session.request(
                **self._arguments,
                allow_redirects=False,
                trace_request_ctx=self._on_connected,
            ) as response:
                self._deadline.reschedule(None)
                return response.status, await response.read()

    def _on_connected(self) -> None:
        self._connected = True
        if self._answer_within is not None and self._deadline is not None:
            self._deadline.reschedule(asyncio.get_running_loop().time() + self._answer_within)

    def _failure(self, error: Exception) -> TelegramError:
        """The error to raise, described by its class and the system's text for the errno."""
        number = getattr(error, "errno", None)
        said = type(error).__name__ + (f": {os.strerror(number)}" if number and number > 0 else "")
        if not self._connected:
            return NotSent(f"no connection: {said}")
        return TimedOut(said) if isinstance(error, TimeoutError) else NetworkError(said)


def _connected_trace() -> aiohttp.TraceConfig:
    async def connected(_session: object, context: SimpleNamespace, _params: object) -> None:
        on_connected: Callable[[], None] = context.trace_request_ctx
        on_connected()

    trace = aiohttp.TraceConfig()
    trace.on_connection_create_end.append(connected)
    trace.on_connection_reuseconn.append(connected)
    return trace


def _form(request_data: RequestData) -> aiohttp.FormData:
    """The fields unchanged, and files as parts with raw UTF-8 names, as browsers write them."""
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mimetype) in request_data.multipart_data.items():
        # aiohttp writes a file in chunks, and warns about plain bytes of more than a megabyte.
        part = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, part, filename=filename, content_type=mimetype)
    return form


def _refusal(payload: bytes, url: str) -> bytes:
    """An error's body if it is a JSON object, else empty: a proxy's page could quote the URL with the token."""
    try:
        ours = isinstance(json.loads(payload), dict)
    except ValueError:
        ours = False
    if not ours:
        return b""
    token = _TOKEN.search(url)
    return payload.replace(token[1].encode(), b"<token>") if token else payload


def _given(timeout: Any, default: float | None) -> float | None:
    return default if timeout is BaseRequest.DEFAULT_NONE else timeout


def _sum(*seconds: float | None) -> float | None:
    known = [each for each in seconds if each is not None]
    return sum(known) if len(known) == len(seconds) else None

"""`/wall/<code>`: the page on the projector in a workshop's hall, and the stream that keeps it up to date.

It is for everybody, so it shows nothing that only some may know, and needs no cookie and no login. What it shows is in
`actions/organising/wall/wall.py`.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import sqlalchemy.exc
from aiohttp import web

from actions.exchange.operator import Operator
from actions.organising.wall import wall
from db.session import Database
from domain.voice import Voice
from messages.catalogue import words
from messages.organising.wall import WallPage, page
from messages.pictures import FONTS
from web.allowance import Allowance
from web.drawing import template
from web.live import EVERY, FullError, Key, Live, Shown
from web.pages import HEADERS

_HERE = Path(__file__).parent
_TEMPLATE = "wall.html"
FONT = FONTS / "SourceSansPro-Semibold.otf"
_ASSETS = {"wall.js": "text/javascript", "wall.css": "text/css", FONT.name: "font/otf"}
SECTIONS = ("join", "figures", "announcement", "pledges", "programme")
_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
_STREAM = {**_HEADERS, "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
_LANGUAGES = {"de": Voice.DU, "en": Voice.EN}
_A_SECOND, _AT_ONCE = 20.0, 100  # requests that look for a wall, of all together
_AGAIN_AFTER = "5"  # seconds
_TO_READ = 10.0  # seconds that a screen may take to read what it is sent
_TO_CLOSE = 2.0  # seconds
_TROUBLE = (sqlalchemy.exc.SQLAlchemyError, OSError)


class Walls:
    """All walls of this process. `operator`: with the bot's name, which is empty until Telegram has told it."""

    def __init__(
        self,
        database: Database,
        operator: Callable[[], Operator],
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        every: float = EVERY,
    ) -> None:
        self._database, self._operator, self._now = database, operator, now
        self._allowance = Allowance(_A_SECOND, _AT_ONCE, monotonic)
        self.live = Live(self._text, every)
        files = sorted((*(_HERE / "assets").iterdir(), *(_HERE / "templates").iterdir()))
        self._version = sha256(b"".join(each.read_bytes() for each in files)).hexdigest()[:12]

    def add_to(self, app: web.Application) -> None:
        """Its routes; what they need runs as long as the application does."""
        app.add_routes(
            [
                web.get("/wall/assets/{name}", _asset),
                web.get("/wall/{code}", self._show),
                web.get("/wall/{code}/events", self._stream, allow_head=False),
            ]
        )
        app.cleanup_ctx.append(self._running)
        app.on_shutdown.append(self._close)

    async def _running(self, _app: web.Application) -> AsyncIterator[None]:
        reader = asyncio.create_task(self.live.run())
        yield
        await self.live.close()
        with suppress(TimeoutError):  # it only reads
            async with asyncio.timeout(_TO_CLOSE):
                await reader

    async def _close(self, _app: web.Application) -> None:
        await self.live.close()

    # --- what is answered

    async def _show(self, request: web.Request) -> web.Response:
        try:
            key = await self._asked_for(request)
            found = await self._page(key) if key is not None else None
        except _TROUBLE:
            return _later()
        if found is None:
            return _nowhere()
        stream = f"{found.code}/events?lang={found.language}"
        html = template(_TEMPLATE).render(wall=found, version=self._version, stream=stream)
        return web.Response(text=html, content_type="text/html", headers=_HEADERS)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        try:
            key = await self._asked_for(request)
            text = await self._text(key) if key is not None else None
            if key is None or text is None:
                return _nowhere()
            with self.live.screen(key) as shown:
                response = web.StreamResponse(headers=_STREAM)
                await response.prepare(request)
                await _send(response, shown, text)
        except (FullError, *_TROUBLE):
            return _later()
        return response

    async def _asked_for(self, request: web.Request) -> Key | None:
        """The wall, and how it speaks; None if there is none. Raises HTTPTooManyRequests."""
        if not self._allowance.take():
            raise web.HTTPTooManyRequests(headers={**_HEADERS, "Retry-After": _AGAIN_AFTER})
        async with self._database.reader() as session:
            workshop_id = await wall.find(session, request.match_info["code"])
            if workshop_id is None:
                return None
            asked = _LANGUAGES.get(request.query.get("lang", ""))
            return workshop_id, asked or await wall.voice(session, workshop_id, self._operator())

    async def _page(self, key: Key) -> WallPage | None:
        workshop_id, voice = key
        operator, now = self._operator(), self._now()
        async with self._database.reader() as session:
            found = await wall.read(session, workshop_id, operator, now)
        return page(found, words(voice, operator.day(now))) if found is not None else None

    async def _text(self, key: Key) -> str | None:
        """What a screen gets: the version of the page, and the HTML of each of its sections."""
        found = await self._page(key)
        if found is None:
            return None
        drawing = template(_TEMPLATE)
        context = drawing.new_context({"wall": found})
        drawn = {name: "".join(drawing.blocks[name](context)) for name in SECTIONS}
        return json.dumps({"version": self._version, **drawn}, ensure_ascii=False)


async def _send(response: web.StreamResponse, shown: Shown, text: str) -> None:
    """The wall as it is, and whenever it has been looked at: what it has become, or only that it is the same."""
    number = shown.looks
    if not await _is_read(response, _event("wall", text)):
        return
    while True:
        number = await shown.look_after(number)
        if shown.text is None:
            return
        event = _event("same", "") if shown.text == text else _event("wall", shown.text)
        text = shown.text
        if not await _is_read(response, event):
            return


async def _is_read(response: web.StreamResponse, event: bytes) -> bool:
    """Whether the screen is still there."""
    try:
        async with asyncio.timeout(_TO_READ):
            await response.write(event)
    except (TimeoutError, ConnectionError):
        return False
    return True


def _event(name: str, data: str) -> bytes:
    """`data`: without line breaks, as JSON is."""
    return f"event: {name}\ndata: {data}\n\n".encode()


async def _asset(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in _ASSETS:
        return _nowhere()
    path = FONT if name == FONT.name else _HERE / "assets" / name
    body = await asyncio.to_thread(path.read_bytes)
    return web.Response(body=body, content_type=_ASSETS[name], charset="utf-8", headers=_HEADERS)


def _nowhere() -> web.Response:
    """Never made, closed, or not meant to be a code: all look alike."""
    return web.Response(
        text="Diese Wand gibt es nicht. There is no such wall.\n", status=404, headers=_HEADERS
    )


def _later() -> web.Response:
    return web.Response(
        text="Gleich wieder. Try again soon.\n", status=503, headers={**_HEADERS, "Retry-After": _AGAIN_AFTER}
    )

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

from aiohttp import web

from actions.exchange.operator import Operator
from actions.organising.wall import wall
from db.session import Database
from messages.catalogue import words
from messages.organising.wall import WallPage, page
from messages.pictures import FONTS
from web.allowance import Allowance
from web.live import EVERY, FullError, Live, Shown
from web.workshop_pages import HERE, TROUBLE, Key, WorkshopPages, headers, template

_TEMPLATE = "wall.html"
FONT = FONTS / "SourceSansPro-Semibold.otf"
_ASSETS = {
    "wall.js": (HERE / "assets" / "wall.js", "text/javascript"),
    "wall.css": (HERE / "assets" / "wall.css", "text/css"),
    FONT.name: (FONT, "font/otf"),
}
SECTIONS = ("join", "figures", "announcement", "pledges", "programme")
_HEADERS = headers("script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'")
_STREAM = {**_HEADERS, "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
_A_SECOND, _AT_ONCE = 20.0, 100  # requests that look for a wall, of all together
_TO_READ = 10.0  # seconds that a screen may take to read what it is sent
_TO_CLOSE = 2.0  # seconds


class Walls(WorkshopPages):
    """All walls of this process; see `WorkshopPages`. `every`: seconds between two looks."""

    def __init__(
        self,
        database: Database,
        operator: Callable[[], Operator],
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        every: float = EVERY,
    ) -> None:
        super().__init__(
            database,
            operator,
            now,
            find=wall.find,
            allowance=Allowance(_A_SECOND, _AT_ONCE, monotonic),
            assets=_ASSETS,
            headers=_HEADERS,
            nowhere="Diese Wand gibt es nicht. There is no such wall.\n",
        )
        self.live = Live(self._text, every)
        files = sorted((*(HERE / "assets").iterdir(), *(HERE / "templates").iterdir()))
        self._version = sha256(b"".join(each.read_bytes() for each in files)).hexdigest()[:12]

    def add_to(self, app: web.Application) -> None:
        """Its routes; what they need runs as long as the application does."""
        app.add_routes(
            [
                web.get("/wall/assets/{name}", self.asset),
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
            key = await self.asked_for(request)
            found = await self._page(key) if key is not None else None
        except TROUBLE:
            return self.later()
        if found is None:
            return self.nowhere()
        stream = f"{found.code}/events?lang={found.language}"
        return self.html(template(_TEMPLATE).render(wall=found, version=self._version, stream=stream))

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        try:
            key = await self.asked_for(request)
            text = await self._text(key) if key is not None else None
            if key is None or text is None:
                return self.nowhere()
            with self.live.screen(key) as shown:
                response = web.StreamResponse(headers=_STREAM)
                await response.prepare(request)
                await _send(response, shown, text)
        except (FullError, *TROUBLE):
            return self.later()
        return response

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

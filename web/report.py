"""`/report/<code>`: what came of a workshop, for everybody, while its team has the page opened; and the same as a file.

It names nobody, and needs no cookie, no script and no login. What it says is in `actions/organising/reports/report.py`.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import sqlalchemy.exc
from aiohttp import web

from actions.exchange.operator import Operator
from actions.organising.reports import report
from actions.organising.wall import wall
from db.session import Database
from domain.voice import Voice
from messages.catalogue import words
from messages.organising import reports_pdf
from messages.organising.reports_worded import Worded, worded
from messages.pictures import FONTS
from web.allowance import Allowance
from web.drawing import template
from web.kept import Kept
from web.pages import HEADERS

_HERE = Path(__file__).parent
_TEMPLATE = "report.html"
_ASSETS = {
    "report.css": (_HERE / "assets" / "report.css", "text/css"),
    **{
        name: (FONTS / name, "font/otf")
        for name in ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf")
    },
}
_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, noarchive",
}
_LANGUAGES = {"de": Voice.DU, "en": Voice.EN}
_A_SECOND, _AT_ONCE = 10.0, 50  # requests that look for a report, of all together
_AGAIN_AFTER = "5"  # seconds
KEPT = 20.0  # seconds that a page may be behind: what is withdrawn has to be gone within sixty
_TROUBLE = (sqlalchemy.exc.SQLAlchemyError, OSError)

Key = tuple[int, Voice]


class Reports:
    """All reports of this process. `operator`: with the bot's name, which is empty until Telegram has told it."""

    def __init__(
        self,
        database: Database,
        operator: Callable[[], Operator],
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        kept: float = KEPT,
    ) -> None:
        self._database, self._operator, self._now = database, operator, now
        self._allowance = Allowance(_A_SECOND, _AT_ONCE, monotonic)
        self._pages: Kept[Worded | None] = Kept(kept, monotonic)
        self._files: Kept[bytes] = Kept(kept, monotonic)

    def add_to(self, app: web.Application) -> None:
        """Its routes."""
        app.add_routes(
            [
                web.get("/report/assets/{name}", _asset),
                web.get("/report/{code}", self._show),
                web.get("/report/{code}/pdf", self._file),
            ]
        )

    async def _show(self, request: web.Request) -> web.Response:
        try:
            found = await self._asked_for(request)
        except _TROUBLE:
            return _later()
        if found is None:
            return _nowhere()
        html = template(_TEMPLATE).render(report=found[1], code=request.match_info["code"])
        return web.Response(text=html, content_type="text/html", headers=_HEADERS)

    async def _file(self, request: web.Request) -> web.Response:
        try:
            found = await self._asked_for(request)
        except _TROUBLE:
            return _later()
        if found is None:
            return _nowhere()
        key, said = found
        pdf = await self._files.get((key, said), lambda: asyncio.to_thread(reports_pdf.pdf, said))
        headers = {**_HEADERS, "Content-Disposition": f'inline; filename="{said.file}"'}
        return web.Response(body=pdf, content_type="application/pdf", headers=headers)

    async def _asked_for(self, request: web.Request) -> tuple[Key, Worded] | None:
        """The report, and how it speaks; None if there is none. Raises HTTPTooManyRequests."""
        if not self._allowance.take():
            raise web.HTTPTooManyRequests(headers={**_HEADERS, "Retry-After": _AGAIN_AFTER})
        async with self._database.reader() as session:
            workshop_id = await report.find(session, request.match_info["code"])
            if workshop_id is None:
                return None
            asked = _LANGUAGES.get(request.query.get("lang", ""))
            voice = asked or await wall.voice(session, workshop_id, self._operator())
        key = (workshop_id, voice)
        said = await self._pages.get(key, lambda: self._read(key))
        return (key, said) if said is not None else None

    async def _read(self, key: Key) -> Worded | None:
        workshop_id, voice = key
        operator, now = self._operator(), self._now()
        async with self._database.reader() as session:
            found = await report.read(session, workshop_id, operator, now)
        return worded(found, words(voice, operator.day(now))) if found is not None else None


async def _asset(request: web.Request) -> web.Response:
    found = _ASSETS.get(request.match_info["name"])
    if found is None:
        return _nowhere()
    path, kind = found
    body = await asyncio.to_thread(path.read_bytes)
    return web.Response(body=body, content_type=kind, charset="utf-8", headers=_HEADERS)


def _nowhere() -> web.Response:
    """Never made, closed, or not meant to be a code: all look alike."""
    return web.Response(
        text="Dieses Ergebnis gibt es nicht. There are no such results.\n", status=404, headers=_HEADERS
    )


def _later() -> web.Response:
    return web.Response(
        text="Gleich wieder. Try again soon.\n", status=503, headers={**_HEADERS, "Retry-After": _AGAIN_AFTER}
    )

"""`/report/<code>`: what came of a workshop, for everybody, while its team has the page opened; and the same as a file.

It names nobody, and needs no cookie, no script and no login. What it says is in `actions/organising/reports/report.py`.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from actions.exchange.operator import Operator
from actions.organising.reports import report
from db.session import Database
from messages.catalogue import words
from messages.organising import reports_pdf
from messages.organising.reports_worded import Worded, worded
from messages.pictures import FONTS
from web.allowance import Allowance
from web.kept import Kept
from web.workshop_pages import HERE, TROUBLE, Key, WorkshopPages, headers, template

_TEMPLATE = "report.html"
_FONTS = ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf")
_ASSETS = {
    "report.css": (HERE / "assets" / "report.css", "text/css"),
    **{name: (FONTS / name, "font/otf") for name in _FONTS},
}
_HEADERS = headers("style-src 'self'; font-src 'self'", **{"X-Robots-Tag": "noindex, noarchive"})
_A_SECOND, _AT_ONCE = 10.0, 50  # requests that look for a report, of all together
KEPT = 20.0  # seconds that a page may be behind: what is withdrawn has to be gone within sixty


class Reports(WorkshopPages):
    """All reports of this process; see `WorkshopPages`. `kept`: seconds that a page may be behind."""

    def __init__(
        self,
        database: Database,
        operator: Callable[[], Operator],
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        kept: float = KEPT,
    ) -> None:
        super().__init__(
            database,
            operator,
            now,
            find=report.find,
            allowance=Allowance(_A_SECOND, _AT_ONCE, monotonic),
            assets=_ASSETS,
            headers=_HEADERS,
            nowhere="Dieses Ergebnis gibt es nicht. There are no such results.\n",
        )
        self._pages: Kept[Worded | None] = Kept(kept, monotonic)
        self._files: Kept[bytes] = Kept(kept, monotonic)

    def add_to(self, app: web.Application) -> None:
        """Its routes."""
        app.add_routes(
            [
                web.get("/report/assets/{name}", self.asset),
                web.get("/report/{code}", self._show),
                web.get("/report/{code}/pdf", self._file),
            ]
        )

    async def _show(self, request: web.Request) -> web.Response:
        try:
            found = await self._report(request)
        except TROUBLE:
            return self.later()
        if found is None:
            return self.nowhere()
        return self.html(template(_TEMPLATE).render(report=found[1], code=request.match_info["code"]))

    async def _file(self, request: web.Request) -> web.Response:
        try:
            found = await self._report(request)
        except TROUBLE:
            return self.later()
        if found is None:
            return self.nowhere()
        pdf = await self._files.get(found, lambda: asyncio.to_thread(reports_pdf.pdf, found[1]))
        shown = {**_HEADERS, "Content-Disposition": f'inline; filename="{found[1].file}"'}
        return web.Response(body=pdf, content_type="application/pdf", headers=shown)

    async def _report(self, request: web.Request) -> tuple[Key, Worded] | None:
        """None if there is none. Raises like `asked_for`."""
        key = await self.asked_for(request)
        said = await self._pages.get(key, lambda: self._read(key)) if key is not None else None
        return (key, said) if key is not None and said is not None else None

    async def _read(self, key: Key) -> Worded | None:
        workshop_id, voice = key
        operator, now = self._operator(), self._now()
        async with self._database.reader() as session:
            found = await report.read(session, workshop_id, operator, now)
        return worded(found, words(voice, operator.day(now))) if found is not None else None

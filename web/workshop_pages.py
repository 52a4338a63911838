"""What the pages about one workshop have in common, which are for everybody who has their address.

They need no cookie and no login, and load nothing from elsewhere. Requests are bounded for all together, and whatever
is not there gets the same answer: never made, closed, or not meant to be a code.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import sqlalchemy.exc
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.organising.wall import wall
from db.session import Database
from domain.voice import Voice
from web.allowance import Allowance
from web.pages import HEADERS

if TYPE_CHECKING:
    from jinja2 import Template

HERE = Path(__file__).parent
TROUBLE = (sqlalchemy.exc.SQLAlchemyError, OSError)
"""What reading raises while the database cannot be reached."""
_LANGUAGES = {"de": Voice.DU, "en": Voice.EN}
_AGAIN_AFTER = "5"  # seconds

Key = tuple[int, Voice]
"""A workshop, and how its page speaks."""
Assets = Mapping[str, tuple[Path, str]]
"""Files that a page loads, and their types."""


@cache
def template(name: str) -> "Template":
    """Jinja is loaded with the first of them: most bots show no page but `/`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - see above

    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(name)


def headers(policy: str, **more: str) -> dict[str, str]:
    """`policy`: what a browser may load, besides that nothing embeds the page and no form is sent."""
    closed = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return {**HEADERS, "Content-Security-Policy": f"default-src 'none'; {policy}; {closed}", **more}


class Find(Protocol):
    """The workshop whose page is asked for by this code; None if there is none."""

    async def __call__(self, session: AsyncSession, typed: str) -> int | None: ...


class WorkshopPages:
    """All pages of one kind in this process. `operator`: with the bot's name, which is empty until Telegram has told
    it. `allowance`: for requests that look for a workshop. `nowhere`: what is said where no page is.
    """

    def __init__(
        self,
        database: Database,
        operator: Callable[[], Operator],
        now: Callable[[], datetime],
        *,
        find: Find,
        allowance: Allowance,
        assets: Assets,
        headers: Mapping[str, str],
        nowhere: str,
    ) -> None:
        self._database, self._operator, self._now = database, operator, now
        self._find, self._allowance, self._assets = find, allowance, assets
        self._headers, self._said_nowhere = headers, nowhere

    async def asked_for(self, request: web.Request) -> Key | None:
        """The workshop, and how its page is to speak; None if there is none. Raises HTTPTooManyRequests and TROUBLE."""
        if not self._allowance.take():
            raise web.HTTPTooManyRequests(headers={**self._headers, "Retry-After": _AGAIN_AFTER})
        async with self._database.reader() as session:
            workshop_id = await self._find(session, request.match_info["code"])
            if workshop_id is None:
                return None
            asked = _LANGUAGES.get(request.query.get("lang", ""))
            return workshop_id, asked or await wall.voice(session, workshop_id, self._operator())

    async def asset(self, request: web.Request) -> web.Response:
        found = self._assets.get(request.match_info["name"])
        if found is None:
            return self.nowhere()
        path, kind = found
        body = await asyncio.to_thread(path.read_bytes)
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=self._headers)

    def html(self, text: str) -> web.Response:
        return web.Response(text=text, content_type="text/html", headers=self._headers)

    def nowhere(self) -> web.Response:
        return web.Response(text=self._said_nowhere, status=404, headers=self._headers)

    def later(self) -> web.Response:
        return web.Response(
            text="Gleich wieder. Try again soon.\n",
            status=503,
            headers={**self._headers, "Retry-After": _AGAIN_AFTER},
        )

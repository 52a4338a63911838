"""The webhook: takes updates only with the secret, and answers only once they are stored."""

import hmac
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import sqlalchemy.exc
from aiohttp import web

PATH = "/telegram"
LARGEST_BODY = 1024 * 1024
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_AGAIN_AFTER = "5"  # seconds until Telegram should deliver again

Take = Callable[[Sequence[Any]], Awaitable[None]]


def route(take: Take, secret: str) -> web.RouteDef:
    """The route that hands updates to `take`, which returns after the commit. Raises ValueError without a secret."""
    if not secret:
        raise ValueError("a webhook needs a secret")

    async def deliver(request: web.Request) -> web.Response:
        given = request.headers.get(_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            raise web.HTTPForbidden
        update = await _read(request)
        try:
            await take([update])
        except (sqlalchemy.exc.SQLAlchemyError, OSError) as error:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": _AGAIN_AFTER}) from error
        return web.Response()

    return web.post(PATH, deliver)


async def _read(request: web.Request) -> dict[str, Any]:
    try:
        update = await request.json()
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest from error
    if not isinstance(update, dict):
        raise web.HTTPBadRequest
    return update

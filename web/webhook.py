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

_AT_ONCE = 100  # requests; Telegram opens no more connections than that

Take = Callable[[Sequence[Any]], Awaitable[None]]
IsFull = Callable[[], Awaitable[bool]]


async def _never() -> bool:
    return False


def route(take: Take, secret: str, is_full: IsFull = _never) -> web.RouteDef:
    """The route that hands updates to `take`, which returns after the commit. While the inbox `is_full`, or more
    requests wait than Telegram makes, it asks for a later delivery. Raises ValueError without a secret.
    """
    if not secret:
        raise ValueError("a webhook needs a secret")
    waiting = 0

    async def deliver(request: web.Request) -> web.Response:
        if not _is_trusted(request.headers.getall(_HEADER, []), secret):
            raise web.HTTPForbidden
        nonlocal waiting
        waiting += 1
        try:
            if waiting > _AT_ONCE or await is_full():
                raise _later()
            await take([await _read(request)])
        except (sqlalchemy.exc.SQLAlchemyError, OSError) as error:
            raise _later() from error
        finally:
            waiting -= 1
        return web.Response()

    return web.post(PATH, deliver)


def _later() -> web.HTTPServiceUnavailable:
    return web.HTTPServiceUnavailable(headers={"Retry-After": _AGAIN_AFTER})


def _is_trusted(given: Sequence[str], secret: str) -> bool:
    """Whether these headers are the secret, once: Telegram sends one, and a second could be somebody else's."""
    if len(given) != 1:
        return False
    return hmac.compare_digest(given[0].encode("utf-8", "surrogateescape"), secret.encode())


async def _read(request: web.Request) -> dict[str, Any]:
    try:
        update = await request.json()
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest from error
    if not isinstance(update, dict):
        raise web.HTTPBadRequest
    return update

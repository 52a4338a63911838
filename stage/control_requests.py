"""Reading requests to `/stage/` and answering them in JSON."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from stage.errors import ControlError, Json, Refused
from stage.server import WORLD
from stage.world import World

LONGEST_WAIT = 30.0
MOST = 2**52  # Telegram's ids have at most 52 bits, and no other number here is larger
Do = Callable[[World, web.Request], Awaitable[Any]]


def answering(do: Do) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler that answers with what `do` returns, or with its refusal as `{"error": …}`, and saves."""

    async def handle(request: web.Request) -> web.StreamResponse:
        world = request.app[WORLD]
        try:
            result = await do(world, request)
        except ControlError as error:
            return web.json_response({"error": error.text}, status=error.status)
        except Refused as refusal:
            return web.json_response({"error": refusal.description}, status=refusal.code)
        finally:
            world.journal.flush()
        return result if isinstance(result, web.StreamResponse) else web.json_response(result)

    return handle


async def body_of(request: web.Request) -> Json:
    try:
        text = await request.text()
        body = json.loads(text) if text.strip() else {}
    except (ValueError, LookupError, RecursionError):  # also an unknown charset, or endless brackets
        raise ControlError("not JSON") from None
    if not isinstance(body, dict):
        raise ControlError("an object is needed")
    return body


async def parts_of(request: web.Request) -> Mapping[str, object]:
    try:
        return await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise ControlError("too large", 413) from None
    except (ValueError, LookupError):  # what aiohttp raises for broken parts and unknown charsets
        raise ControlError("no multipart") from None


def text_in(body: Json, name: str) -> str:
    if not isinstance(body.get(name), str):
        raise ControlError(f"{name}: a text is needed")
    text = str(body[name])
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise ControlError(f"{name}: half a character in it")
    return text


def integer_in(body: Json, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ControlError(f"{name}: a whole number is needed")
    return value


def moment_in(body: Json, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(body.get(name)))
    except ValueError:
        raise ControlError(f"{name}: an ISO 8601 time is needed") from None
    if moment.tzinfo is None:
        raise ControlError(f"{name}: with its offset from UTC")
    return moment


def number_asked(request: web.Request, name: str, absent: int) -> int:
    """The whole number in the query parameter `name`, `absent` without one; raises ControlError."""
    try:
        number = int(request.query.get(name, absent))
    except ValueError:
        raise ControlError(f"{name}: a whole number is needed") from None
    if abs(number) > MOST:
        raise ControlError(f"{name}: too far")
    return number


def wait_asked(request: web.Request) -> float:
    """The query parameter `wait` in seconds, at least 0 and at most LONGEST_WAIT."""
    return max(0.0, min(LONGEST_WAIT, float(number_asked(request, "wait", 0))))

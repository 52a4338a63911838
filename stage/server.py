"""The Bot API over HTTP: reading calls, Telegram's envelope, faults, the log."""

import asyncio
import inspect
import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from aiohttp import web
from aiohttp.web_request import FileField

from stage.botapi import ANSWERS
from stage.errors import Json, Refused
from stage.files import MAX_DOWNLOAD, Upload
from stage.methods import METHODS, Method
from stage.parameters import checked
from stage.world import World

WORLD = web.AppKey("world", World)
UNAUTHORIZED = Refused(401, "Unauthorized")
NO_METHOD = Refused(404, "Not Found: method not found")
TOO_LARGE = Refused(413, "Request Entity Too Large")
BAD_HTML = "can't parse entities"


async def handle(request: web.Request) -> web.StreamResponse:
    """`/bot<token>/<method>`: one call, its faults, its answer."""
    world = request.app[WORLD]
    name = request.match_info["method"]
    started = time.monotonic()
    if world.faults.latency_ms:
        await asyncio.sleep(world.faults.latency_ms / 1000)
    if world.faults.outage:
        return _cut(request)
    try:
        given, files = await _read(request)
    except Refused as refusal:
        given, files, envelope = {}, {}, _refused(refusal)
    else:
        envelope = await _answer(world, request, name, given, files)
    lost = world.faults.outage or envelope.get("lost") or world.faults.loses_answer()
    envelope.pop("lost", None)
    spent = round((time.monotonic() - started) * 1000, 1)
    world.log.add({**_entry(world, name, given, files, envelope), "ms": spent, "delivered": not lost})
    world.version.bump()
    world.journal.flush()
    return _cut(request) if lost else _respond(envelope)


async def _answer(
    world: World, request: web.Request, name: str, given: Json, files: dict[str, Upload]
) -> Json:
    if request.match_info["token"] != world.token:
        return _refused(UNAUTHORIZED)
    scripted = world.faults.scripted(name)
    if scripted:
        if scripted.get("effect"):
            await perform(world, name, given, files)
        return _scripted(scripted)
    if world.faults.breaks(name):
        return _refused(Refused(500, "Internal Server Error"))
    gone = partial(_is_gone, request)
    return await perform(world, name, given, files, gone)


def _is_gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


async def perform(
    world: World, name: str, given: Json, files: dict[str, Upload], gone: Callable[[], bool] = lambda: False
) -> Json:
    """Carry out a call and return the envelope that answers it. `gone` tells whether the caller hung up."""
    method = METHODS.get(name.lower())
    if method is None:
        world.log.violation(name, "unknown method")
        return _refused(NO_METHOD)
    problems: list[str] = []
    try:
        return {"ok": True, "result": await _do(world, method, given, Caller(files, gone), problems)}
    except Refused as refusal:
        if refusal.code == 400 and _breaks_table(refusal.description):  # noqa: PLR2004
            problems.append(refusal.description)
        return _refused(refusal)
    finally:
        for problem in problems:
            world.log.violation(method.name, problem)


class Caller(NamedTuple):
    """What comes with a call besides its parameters."""

    files: dict[str, Upload]
    gone: Callable[[], bool]


async def _do(world: World, method: Method, given: Json, caller: Caller, problems: list[str]) -> Any:
    call = checked(method, _attached(given, caller.files), caller.files, problems)
    if method.paced and world.faults.limits:
        world.limits.take(str(call.get("chat_id", "")))
    call |= {"_files": caller.files, "_gone": caller.gone}
    result = ANSWERS[method.name](world, call)
    return await result if inspect.isawaitable(result) else result


def _breaks_table(description: str) -> bool:
    marks = (
        BAD_HTML,
        "too long",
        "TOO_LONG",
        "_INVALID",
        "must be non-empty",
        "unsupported parse_mode",
        "keyboard",
    )
    return any(mark in description for mark in marks)


def _attached(given: Json, files: dict[str, Upload]) -> Json:
    """Replace each `attach://name` with the part of that name."""
    prefix = "attach://"
    return {
        name: files.get(value.removeprefix(prefix), value)
        if isinstance(value, str) and value.startswith(prefix)
        else value
        for name, value in given.items()
    }


async def _read(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Parameters from query and body (form, multipart or JSON), and the files among them."""
    given: Json = dict(request.query)
    files: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json":
            body = await request.text()
            given |= _json_object(body) if body.strip() else {}
        elif request.can_read_body:
            for name, value in (await request.post()).items():
                if isinstance(value, FileField):
                    files[name] = Upload(value.filename, value.content_type, value.file.read())
                else:
                    given[name] = value if isinstance(value, str) else bytes(value).decode()
    except web.HTTPRequestEntityTooLarge:
        raise TOO_LARGE from None
    except (ValueError, LookupError, RecursionError):
        raise Refused(400, "Bad Request: can't parse the request body") from None
    return given, files


def _json_object(body: str) -> Json:
    value = json.loads(body)
    if not isinstance(value, dict):
        raise ValueError  # noqa: TRY004 - wrong input, like JSON that cannot be parsed
    return value


def _refused(refusal: Refused) -> Json:
    envelope: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        envelope["parameters"] = refusal.parameters
    return envelope


def _scripted(step: Json) -> Json:
    if step.get("drop"):
        return {"ok": False, "error_code": 0, "description": "dropped", "lost": True}
    code = step.get("code", 500)
    envelope = _refused(
        Refused(code, step.get("description", "Internal Server Error"), step.get("parameters"))
    )
    if "body" in step:
        envelope["body"] = step["body"]
    return envelope


def _respond(envelope: Json) -> web.Response:
    """Status and Retry-After repeat what the envelope says."""
    status = envelope.get("error_code", 200)
    headers = {}
    if "retry_after" in envelope.get("parameters", {}):
        headers["Retry-After"] = str(envelope["parameters"]["retry_after"])
    text = envelope["body"] if "body" in envelope else json.dumps(envelope, separators=(",", ":"))
    return web.Response(text=text, status=status, headers=headers, content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    """End the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)


def _entry(world: World, name: str, given: Json, files: dict[str, Upload], envelope: Json) -> Json:
    """An entry of the log; uploads are named with their size, not repeated."""
    shown = {part: f"{upload.name}: {len(upload.data)} bytes" for part, upload in files.items()}
    method = METHODS.get(name.lower())
    return {
        "at": world.clock.now().isoformat(),
        "method": method.name if method else name,
        "params": given | shown,
        "ok": envelope["ok"],
        "code": envelope.get("error_code", 200),
        "description": envelope.get("description", ""),
        "result": envelope.get("result"),
    }


async def download(request: web.Request) -> web.StreamResponse:
    """`/file/bot<token>/<path>`."""
    world = request.app[WORLD]
    if world.faults.outage:
        return _cut(request)
    if request.match_info["token"] != world.token:
        return _respond(_refused(UNAUTHORIZED))
    about = world.files.by_path(request.match_info["path"])
    if about is None or about["size"] > MAX_DOWNLOAD:
        return _respond(_refused(Refused(404, "Not Found")))
    return web.Response(body=world.files.data(about), content_type="application/octet-stream")

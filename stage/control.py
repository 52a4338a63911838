"""The `/stage/` API: phones, faults, clock, log and ledger for the page, tests and scripts."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from stage import phones
from stage.clock import months_later
from stage.errors import ControlError, Json
from stage.files import Upload
from stage.ledger import Phone
from stage.server import WORLD
from stage.world import World

LONGEST_WAIT = 30.0
GATHER = 0.03  # seconds for which changes are gathered before a waiting page is told
LOG_SHOWN = 50
LOG_LIMIT = 1000
INLINE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg", "audio/mpeg")
UNITS = ("days", "hours", "minutes")
NOT_IMITATED = [
    "MarkdownV2 and Markdown (refused as unsupported parse_mode)",
    "Media groups, polls, stickers, videos, locations, games, payments, inline mode, topics",
    "Business accounts and paid messages",
    "Mini apps and login buttons",
    "Files given as http addresses (refused)",
    "Phone numbers, cash tags and top-level domains that are rare are not recognised in texts",
    "Unfetched updates live 24 h and button presses 150 s of real time, whatever the stage's clock says",
    "The limit of 20 messages a minute in a group",
    "Webhooks outside this machine; certificates",
    "Photos are kept as they are, in one size",
]
Do = Callable[[World, web.Request], Awaitable[Any]]


def answering(do: Do) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler that answers what `do` returns as JSON, its ControlError as `{"error"}`, and saves."""

    async def handle(request: web.Request) -> web.StreamResponse:
        world = request.app[WORLD]
        try:
            result = await do(world, request)
        except ControlError as error:
            return web.json_response({"error": error.text}, status=error.status)
        finally:
            world.journal.flush()
        return result if isinstance(result, web.StreamResponse) else web.json_response(result)

    return handle


async def state(world: World, request: web.Request) -> Json:
    after, seconds = _number(request, "after", 0), _wait(request)
    if seconds and world.version.number <= after:
        await world.version.wait(after, seconds)
        await asyncio.sleep(GATHER)
    people = world.ledger.phones.values()
    return {
        "version": world.version.number,
        "users": [_user(phone) for phone in people],
        "chats": {str(chat.id): chat.summary() for chat in world.ledger.chats.values()},
        "clock": world.clock.to_json(),
        "faults": world.faults.to_json(),
        "commands": {str(phone.id): world.profile.menu(phone.id, phone.language_code) for phone in people},
        "bot": _bot(world),
        "log": world.log.last(LOG_SHOWN),
        "links": world.links,
        "not_imitated": NOT_IMITATED,
    }


def _bot(world: World) -> Json:
    return {
        "username": world.bot["username"],
        "name": world.bot["first_name"],
        "attached": world.updates.attached,
        "hooks": world.on_bot is not None,
        "pending_updates": world.updates.count,
    }


def _user(phone: Phone) -> Json:
    return dict(vars(phone))


async def users(world: World, _request: web.Request) -> list[Json]:
    return [_user(phone) for phone in world.ledger.phones.values()]


async def add_user(world: World, request: web.Request) -> Json:
    body = await _body(request)
    texts = ("first_name", "last_name", "username", "language_code", "label")
    given: Json = {name: _text(body, name) for name in texts if body.get(name) is not None}
    if not given.get("first_name"):
        raise ControlError("first_name is needed")
    user_id = body.get("id", world.ledger.free_user_id())
    if not isinstance(user_id, int) or user_id <= 0:
        raise ControlError("id is a positive whole number")
    phone = Phone(id=user_id, **given)
    world.ledger.add_phone(phone)
    return _user(phone)


async def messages(world: World, request: web.Request) -> Json:
    chat = world.ledger.chats.get(int(request.match_info["user"]))
    if chat is None:
        raise ControlError("no such user or chat", 404)
    after = _number(request, "after", 0)
    return {"messages": [record.shown() for record in chat.messages.values() if record.revision > after]}


async def send(world: World, request: web.Request) -> Json:
    body = await _body(request)
    reply_to = _integer(body, "reply_to") if body.get("reply_to") is not None else None
    forwarded = body.get("forwarded") is True
    return phones.send(
        world, _phone(world, request), _text(body, "text"), forwarded=forwarded, reply_to=reply_to
    )


async def start(world: World, request: web.Request) -> Json:
    body = await _body(request)
    payload = _text(body, "payload") if body.get("payload") is not None else ""
    return phones.start(world, _phone(world, request), payload)


async def press(world: World, request: web.Request) -> Json:
    body = await _body(request)
    return phones.press(world, _phone(world, request), _integer(body, "message_id"), body)


async def edit(world: World, request: web.Request) -> Json:
    body = await _body(request)
    return phones.edit(world, _phone(world, request), _integer(body, "message_id"), _text(body, "text"))


async def contact(world: World, request: web.Request) -> Json:
    body = await _body(request)
    return phones.contact(world, _phone(world, request), _text(body, "phone_number"))


async def block(world: World, request: web.Request) -> Json:
    body = await _body(request)
    return phones.block(world, _phone(world, request), blocked=body.get("blocked", True) is True)


async def upload(world: World, request: web.Request) -> Json:
    phone = _phone(world, request)
    parts = await request.post()
    part = parts.get("file")
    if not isinstance(part, FileField):
        raise ControlError("multipart with a part named file")
    file = Upload(part.filename, part.content_type, part.file.read())
    kind, caption = str(parts.get("kind", "document")), str(parts.get("caption", ""))
    return phones.upload(world, phone, kind, file, caption)


async def inject(world: World, request: web.Request) -> Json:
    return phones.inject(world, await _body(request))


async def toasts(world: World, request: web.Request) -> list[Json]:
    user = _number(request, "user", 0)
    return [toast for toast in world.callbacks.toasts if user in (0, toast["user"])]


async def log(world: World, request: web.Request) -> Json:
    limit = min(_number(request, "limit", LOG_LIMIT), LOG_LIMIT)
    calls = world.log.after(_number(request, "after", 0), request.query.get("method"), limit)
    complete = len(calls) < limit
    return {"calls": calls, "next": world.log.count if complete else calls[-1]["n"]}


async def ledger(world: World, _request: web.Request) -> Json:
    by_user = {str(chat): count for chat, count in world.ledger.sent_by_chat.items()}
    return {"messages": len(world.ledger.sent), "by_user": by_user, "sent": world.ledger.sent}


async def violations(world: World, _request: web.Request) -> list[Json]:
    return list(world.log.violations)


async def faults(world: World, _request: web.Request) -> Json:
    return world.faults.to_json()


async def change_faults(world: World, request: web.Request) -> Json:
    world.faults.change(await _body(request))
    if world.faults.outage:
        world.updates.interrupt()
    world.version.bump()
    return world.faults.to_json()


async def clock(world: World, request: web.Request) -> Json:
    if request.query.get("walker") == "1":
        world.clock.walker_asks()
    elif seconds := _wait(request):
        await world.clock.wait_arrived(seconds)
    return world.clock.to_json()


async def set_clock(world: World, request: web.Request) -> Json:
    body = await _body(request)
    world.clock.set(_moment(body, "now"), arrived=body.get("arrived") is True)
    return world.clock.to_json()


async def move_clock(world: World, request: web.Request) -> Json:
    body = await _body(request)
    world.clock.move(_target(world, body))
    return world.clock.to_json()


def _target(world: World, body: Json) -> datetime | None:
    if body.get("next") is True:
        return None
    if "to" in body:
        return _moment(body, "to")
    if "months" in body:
        return months_later(world.clock.now(), _integer(body, "months"))
    amounts = {unit: body[unit] for unit in UNITS if unit in body}
    if not amounts or not all(isinstance(amount, int | float) for amount in amounts.values()):
        raise ControlError("days, months, hours or minutes with a number, to with a time, or next")
    try:
        return world.clock.now() + timedelta(**amounts)
    except OverflowError:
        raise ControlError("too far") from None


async def reset(world: World, request: web.Request) -> Json:
    body = await _body(request)
    if body.get("users", "keep") not in ("keep", "forget"):
        raise ControlError("users: keep or forget")
    world.updates.interrupt()
    world.forget(phones=body.get("users") == "forget")
    if world.on_reset is not None:
        await world.on_reset()
    return {"version": world.version.bump()}


async def bot(world: World, _request: web.Request) -> Json:
    if world.on_bot is None:
        raise ControlError("the bot does not run inside this stage", 404)
    return _bot(world)


async def order_bot(world: World, request: web.Request) -> Json:
    order = (await _body(request)).get("do")
    if world.on_bot is None:
        raise ControlError("the bot does not run inside this stage", 404)
    if order not in ("restart", "kill"):
        raise ControlError("do: restart or kill")
    await world.on_bot(order)
    return _bot(world)


async def file(world: World, request: web.Request) -> web.Response:
    """A file for the page; only pictures and sound are shown in place, nothing in it is run."""
    about = world.files.about(request.match_info["file_id"])
    if about is None:
        raise ControlError("no such file", 404)
    shown = about["mime"] in INLINE_TYPES
    headers = {
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline" if shown else "attachment",
    }
    mime = about["mime"] if shown else "application/octet-stream"
    return web.Response(body=world.files.data(about), content_type=mime, headers=headers)


def _phone(world: World, request: web.Request) -> Phone:
    return world.ledger.phone(int(request.match_info["user"]))


async def _body(request: web.Request) -> Json:
    text = await request.text()
    try:
        body = json.loads(text) if text.strip() else {}
    except ValueError:
        raise ControlError("not JSON") from None
    if not isinstance(body, dict):
        raise ControlError("an object is needed")
    return body


def _text(body: Json, name: str) -> str:
    if not isinstance(body.get(name), str):
        raise ControlError(f"{name}: a text is needed")
    text = str(body[name])
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise ControlError(f"{name}: half a character in it")
    return text


def _integer(body: Json, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ControlError(f"{name}: a whole number is needed")
    return value


def _moment(body: Json, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(body.get(name)))
    except ValueError:
        raise ControlError(f"{name}: an ISO 8601 time is needed") from None
    if moment.tzinfo is None:
        raise ControlError(f"{name}: with its offset from UTC")
    return moment


def _number(request: web.Request, name: str, absent: int) -> int:
    try:
        return int(request.query.get(name, absent))
    except ValueError:
        raise ControlError(f"{name}: a whole number is needed") from None


def _wait(request: web.Request) -> float:
    return max(0.0, min(LONGEST_WAIT, float(_number(request, "wait", 0))))


def routes() -> list[web.RouteDef]:
    """The table of contents of the API."""
    user = r"/stage/users/{user:-?\d{1,18}}"
    gets = {
        "/stage/state": state,
        "/stage/users": users,
        user + "/messages": messages,
        "/stage/toasts": toasts,
        "/stage/log": log,
        "/stage/ledger": ledger,
        "/stage/violations": violations,
        "/stage/faults": faults,
        "/stage/clock": clock,
        "/stage/bot": bot,
        "/stage/files/{file_id}": file,
    }
    posts = {
        "/stage/users": add_user,
        user + "/send": send,
        user + "/start": start,
        user + "/press": press,
        user + "/edit": edit,
        user + "/contact": contact,
        user + "/block": block,
        user + "/upload": upload,
        "/stage/updates": inject,
        "/stage/faults": change_faults,
        "/stage/clock": set_clock,
        "/stage/clock/move": move_clock,
        "/stage/reset": reset,
        "/stage/bot": order_bot,
    }
    return [web.get(path, answering(do)) for path, do in gets.items()] + [
        web.post(path, answering(do)) for path, do in posts.items()
    ]

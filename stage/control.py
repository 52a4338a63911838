"""The `/stage/` API: phones, faults, clock, log and ledger for the page, tests and scripts."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta

from aiohttp import web

from stage import control_phones
from stage.clock import months_later
from stage.control_requests import answering, body_of, integer_in, moment_in, number_asked, wait_asked
from stage.errors import ControlError, Json
from stage.world import World

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


async def state(world: World, request: web.Request) -> Json:
    after, seconds = number_asked(request, "after", 0), wait_asked(request)
    if seconds and world.version.number <= after:
        await world.version.wait(after, seconds)
        await asyncio.sleep(GATHER)
    people = world.ledger.phones.values()
    return {
        "version": world.version.number,
        "users": [control_phones.user_json(phone) for phone in people],
        "chats": {str(chat.id): chat.summary() for chat in world.ledger.chats.values()},
        "clock": world.clock.to_json(),
        "faults": world.faults.to_json(),
        "commands": {str(phone.id): world.profile.menu(phone.id, phone.language_code) for phone in people},
        "bot": _bot(world),
        "log": world.log.last(LOG_SHOWN),
        "links": dict(world.links),
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


async def log(world: World, request: web.Request) -> Json:
    limit = max(1, min(number_asked(request, "limit", LOG_LIMIT), LOG_LIMIT))
    calls = world.log.after(number_asked(request, "after", 0), request.query.get("method"), limit)
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
    world.faults.change(await body_of(request))
    if world.faults.outage:
        world.updates.interrupt()
    world.version.bump()
    return world.faults.to_json()


async def clock(world: World, request: web.Request) -> Json:
    if request.query.get("walker") == "1":
        world.clock.walker_asks()
    elif seconds := wait_asked(request):
        await world.clock.wait_arrived(seconds)
    return world.clock.to_json()


async def set_clock(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    world.clock.set(moment_in(body, "now"), arrived=body.get("arrived") is True)
    return world.clock.to_json()


async def move_clock(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    world.clock.move(_target(world, body))
    return world.clock.to_json()


def _target(world: World, body: Json) -> datetime | None:
    if body.get("next") is True:
        return None
    if "to" in body:
        return moment_in(body, "to")
    amounts = {unit: body[unit] for unit in UNITS if unit in body}
    if not (amounts or "months" in body) or not all(
        isinstance(amount, int | float) for amount in amounts.values()
    ):
        raise ControlError("days, months, hours or minutes with a number, to with a time, or next")
    try:
        later = months_later(world.clock.now(), integer_in(body, "months") if "months" in body else 0)
        return later + timedelta(**amounts)
    except (OverflowError, ValueError):
        raise ControlError("too far") from None


async def reset(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    if body.get("users", "keep") not in ("keep", "forget"):
        raise ControlError("users: keep or forget")
    sample = body.get("sample", True)
    if not isinstance(sample, bool):
        raise ControlError("sample: true or false")
    world.updates.interrupt()
    world.forget(phones=body.get("users") == "forget")
    if world.on_reset is not None:
        await _replacing(world.on_reset(sample))
    return {"version": world.version.bump()}


async def bot(world: World, _request: web.Request) -> Json:
    if world.on_bot is None:
        raise ControlError("the bot does not run inside this stage", 404)
    return _bot(world)


async def order_bot(world: World, request: web.Request) -> Json:
    order = (await body_of(request)).get("do")
    if world.on_bot is None:
        raise ControlError("the bot does not run inside this stage", 404)
    if order not in ("restart", "kill"):
        raise ControlError("do: restart or kill")
    await _replacing(world.on_bot(order))
    return _bot(world)


async def _replacing(bot: Awaitable[None]) -> None:
    """Wait for a hook that ends the bot and starts it again; raises ControlError if that takes too long."""
    try:
        await bot
    except TimeoutError:
        raise ControlError("the bot did not come back in time", 504) from None


async def file(world: World, request: web.Request) -> web.Response:
    """A file for the page. Only pictures and sound are shown inline; nothing in a file is ever run."""
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


def routes() -> list[web.RouteDef]:
    """Every route of the API."""
    user = r"/stage/users/{user:-?\d{1,18}}"
    gets = {
        "/stage/state": state,
        "/stage/users": control_phones.users,
        user + "/messages": control_phones.messages,
        "/stage/toasts": control_phones.toasts,
        "/stage/log": log,
        "/stage/ledger": ledger,
        "/stage/violations": violations,
        "/stage/faults": faults,
        "/stage/clock": clock,
        "/stage/bot": bot,
        "/stage/files/{file_id}": file,
    }
    posts = {
        "/stage/users": control_phones.add_user,
        user + "/send": control_phones.send,
        user + "/start": control_phones.start,
        user + "/press": control_phones.press,
        user + "/edit": control_phones.edit,
        user + "/contact": control_phones.contact,
        user + "/block": control_phones.block,
        user + "/upload": control_phones.upload,
        "/stage/updates": control_phones.inject,
        "/stage/faults": change_faults,
        "/stage/clock": set_clock,
        "/stage/clock/move": move_clock,
        "/stage/reset": reset,
        "/stage/bot": order_bot,
    }
    return [web.get(path, answering(do)) for path, do in gets.items()] + [
        web.post(path, answering(do)) for path, do in posts.items()
    ]

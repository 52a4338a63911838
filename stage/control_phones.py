"""The part of the `/stage/` API about phones: adding them, acting with them, reading their messages."""

from aiohttp import web
from aiohttp.web_request import FileField

from stage import phones
from stage.control_requests import MOST, body_of, integer_in, number_asked, parts_of, text_in
from stage.errors import ControlError, Json
from stage.files import Upload
from stage.ledger import Phone
from stage.world import World


def user_json(phone: Phone) -> Json:
    return dict(vars(phone))


async def users(world: World, _request: web.Request) -> list[Json]:
    return [user_json(phone) for phone in world.ledger.phones.values()]


async def add_user(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    texts = ("first_name", "last_name", "username", "language_code", "label")
    given: Json = {name: text_in(body, name) for name in texts if body.get(name) is not None}
    if not given.get("first_name"):
        raise ControlError("first_name is needed")
    user_id = body.get("id", world.ledger.free_user_id())
    if isinstance(user_id, bool) or not isinstance(user_id, int) or not 0 < user_id <= MOST:
        raise ControlError("id is a positive whole number of at most 52 bits")
    phone = Phone(id=user_id, **given)
    world.ledger.add_phone(phone)
    return user_json(phone)


async def messages(world: World, request: web.Request) -> Json:
    chat = world.ledger.chats.get(int(request.match_info["user"]))
    if chat is None:
        raise ControlError("no such user or chat", 404)
    after = number_asked(request, "after", 0)
    return {"messages": [record.shown() for record in chat.messages.values() if record.revision > after]}


async def send(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    reply_to = integer_in(body, "reply_to") if body.get("reply_to") is not None else None
    forwarded = body.get("forwarded") is True
    return phones.send(
        world, _phone(world, request), text_in(body, "text"), forwarded=forwarded, reply_to=reply_to
    )


async def start(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    payload = text_in(body, "payload") if body.get("payload") is not None else ""
    return phones.start(world, _phone(world, request), payload)


async def press(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    return phones.press(world, _phone(world, request), integer_in(body, "message_id"), body)


async def edit(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    return phones.edit(world, _phone(world, request), integer_in(body, "message_id"), text_in(body, "text"))


async def contact(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    return phones.contact(world, _phone(world, request), text_in(body, "phone_number"))


async def block(world: World, request: web.Request) -> Json:
    body = await body_of(request)
    return phones.block(world, _phone(world, request), blocked=body.get("blocked", True) is True)


async def upload(world: World, request: web.Request) -> Json:
    phone = _phone(world, request)
    parts = await parts_of(request)
    part = parts.get("file")
    if not isinstance(part, FileField):
        raise ControlError("multipart with a part named file")
    file = Upload(part.filename, part.content_type, part.file.read())
    kind, caption = str(parts.get("kind", "document")), str(parts.get("caption", ""))
    return phones.upload(world, phone, kind, file, caption, str(parts.get("album", "")))


async def inject(world: World, request: web.Request) -> Json:
    return phones.inject(world, await body_of(request))


async def toasts(world: World, request: web.Request) -> list[Json]:
    user = number_asked(request, "user", 0)
    return [toast for toast in world.callbacks.toasts if user in (0, toast["user"])]


def _phone(world: World, request: web.Request) -> Phone:
    return world.ledger.phone(int(request.match_info["user"]))

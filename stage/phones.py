"""What people do on their phones, and the updates that follow."""

import re
from collections.abc import Callable
from typing import Any

from stage import files
from stage.entities import MAX_CAPTION, MAX_TEXT, finished, utf16_length
from stage.errors import ControlError, Json
from stage.files import Upload
from stage.ledger import Chat, Phone, Record
from stage.links import start_payload
from stage.sending import quoted
from stage.world import USERNAME, World


def send(
    world: World, phone: Phone, text: str, *, forwarded: bool = False, reply_to: int | None = None
) -> Json:
    """Send a text; as in Telegram, sending unblocks the bot first."""
    text, entities = finished(text, [])
    if not text or utf16_length(text) > MAX_TEXT:
        raise ControlError("a message has 1 to 4096 characters")
    content: Json = {"text": text, **({"entities": entities} if entities else {})}
    if forwarded:
        sender = {"type": "hidden_user", "sender_user_name": "Somebody", "date": world.clock.unix()}
        content["forward_origin"] = sender
    return _say(world, phone, content, reply_to)


def start(world: World, phone: Phone, payload: str) -> Json:
    """Press Start, or follow a deep link with this payload."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload):
        raise ControlError("a payload has at most 64 of A-Z, a-z, 0-9, _ and -")
    return send(world, phone, f"/start {payload}".strip())


def contact(world: World, phone: Phone, number: str) -> Json:
    names = {"first_name": phone.first_name, "last_name": phone.last_name}
    card = {"phone_number": number, **{key: value for key, value in names.items() if value}}
    return _say(world, phone, {"contact": {**card, "user_id": phone.id}}, None)


def upload(world: World, phone: Phone, kind: str, file: Upload, caption: str, album: str = "") -> Json:
    """Send a file as a photo, document, video or voice message; `album`: which others it belongs to."""
    text, entities = finished(caption, [])
    if utf16_length(text) > MAX_CAPTION:
        raise ControlError("a caption has at most 1024 characters")
    if kind not in MEDIA:
        raise ControlError("kind is photo, document, video or voice")
    if kind == "photo":
        files.measured(file.data)
    about = world.files.add(file, kind)
    content: Json = {kind: MEDIA[kind](about, file)}
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    if album:
        content["media_group_id"] = album
    return _say(world, phone, content, None)


MEDIA: dict[str, Callable[[Json, Upload], Any]] = {
    "photo": lambda about, file: [files.photo_size(about, file.data)],
    "document": lambda about, _: files.document(about),
    "voice": lambda about, _: files.voice(about, 1),
    "video": lambda about, _: files.video(about),
}


def edit(world: World, phone: Phone, message_id: int, text: str) -> Json:
    chat = world.ledger.chats[phone.id]
    record = _shown(chat, message_id)
    if not record.out or "text" not in record.body:
        raise ControlError("only one's own texts can be edited")
    text, entities = finished(text, [])
    if not text or utf16_length(text) > MAX_TEXT:
        raise ControlError("a message has 1 to 4096 characters")
    kept = {name: value for name, value in record.body.items() if name != "entities"}
    record.body = {**kept, "text": text, "edit_date": world.clock.unix()}
    if entities:
        record.body["entities"] = entities
    world.ledger.note(chat, record)
    return {"message_id": message_id, "update_id": world.updates.add({"edited_message": record.body})}


def block(world: World, phone: Phone, *, blocked: bool) -> Json:
    """Block or unblock the bot, which gets a `my_chat_member` update; nothing is deleted."""
    if phone.blocked == blocked:
        return {"update_id": None}
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    phone.blocked = blocked
    world.ledger.note_phone(phone)
    update = {
        "chat": phone.chat(),
        "from": phone.user(),
        "date": world.clock.unix(),
        "old_chat_member": _bot_as_member(world, before),
        "new_chat_member": _bot_as_member(world, after),
    }
    return {"update_id": world.updates.add({"my_chat_member": update})}


def _bot_as_member(world: World, status: str) -> Json:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": world.bot, "status": status, **until}


def press(world: World, phone: Phone, message_id: int, wanted: Json) -> Json:
    """Press an inline button, found by its data, place or label; raises ControlError unless one fits."""
    chat = world.ledger.chats[phone.id]
    record = _shown(chat, message_id)
    button = _button(record.body.get("reply_markup", {}).get("inline_keyboard", []), wanted)
    if "callback_data" in button:
        return _callback(world, phone, record, button["callback_data"])
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    if "url" in button:
        payload = start_payload(button["url"], USERNAME)
        return {"url": button["url"]} if payload is None else start(world, phone, payload)
    raise ControlError("this kind of button is not imitated")


def _callback(world: World, phone: Phone, record: Record, data: str) -> Json:
    query = world.callbacks.press(phone.id)
    update = {
        "id": query,
        "from": phone.user(),
        "message": record.body,
        "chat_instance": str(phone.id * 7919),
        "data": data,
    }
    return {"callback_query_id": query, "update_id": world.updates.add({"callback_query": update})}


def _button(rows: list[list[Json]], wanted: Json) -> Json:
    buttons = [button for row in rows for button in row]
    if "data" in wanted:
        found = [each for each in buttons if each.get("callback_data") == wanted["data"]][:1]
    elif "row" in wanted:
        row, column = wanted.get("row"), wanted.get("column", 0)
        found = [b for r, keys in enumerate(rows) for c, b in enumerate(keys) if (r, c) == (row, column)]
    else:
        label = str(wanted.get("label", ""))
        found = [each for each in buttons if each["text"] == label][:1]
        found = found or [each for each in buttons if label and label in each["text"]]
    if len(found) != 1:
        problem = "several buttons fit" if found else "no such button"
        raise ControlError(f"{problem}; there are: {', '.join(repr(each['text']) for each in buttons)}")
    return found[0]


def _shown(chat: Chat, message_id: int) -> Record:
    record = chat.messages.get(message_id)
    if record is None or record.deleted:
        raise ControlError(f"no message {message_id} in this chat", 404)
    return record


def _say(world: World, phone: Phone, content: Json, reply_to: int | None) -> Json:
    chat = world.ledger.chats[phone.id]
    reply = {"reply_to_message": quoted(_shown(chat, reply_to).body)} if reply_to is not None else {}
    if phone.blocked:
        block(world, phone, blocked=False)
    if not phone.started:
        phone.started = True
        world.ledger.note_phone(phone)
    body = {
        "message_id": world.ledger.new_message_id(chat),
        "from": phone.user(),
        "chat": phone.chat(),
        "date": world.clock.unix(),
        **reply,
        **content,
    }
    world.ledger.add(chat, Record(body, out=True))
    return {"message_id": body["message_id"], "update_id": world.updates.add({"message": body})}


def inject(world: World, update: Json) -> Json:
    """Queue any update. Its chat and message become known, so that the bot can answer there."""
    for kind, body in update.items():
        if isinstance(body, dict):
            _learn(world, kind, body)
    return {"update_id": world.updates.add(update, always=True)}


def _learn(world: World, kind: str, body: Json) -> None:
    info = body.get("chat")
    if not isinstance(info, dict) or not isinstance(info.get("id"), int) or "type" not in info:
        return
    known = world.ledger.chats.get(info["id"])
    if info["id"] in world.ledger.phones and kind == "message":
        world.ledger.phones[info["id"]].started = True
    if known is None or info["type"] != "private":
        known = world.ledger.note_chat(
            info, _new_bot_status(kind, body) or (known.bot_status if known else "member")
        )
    if kind in ("message", "channel_post"):
        if not isinstance(body.get("message_id"), int):
            body["message_id"] = world.ledger.new_message_id(known)
        body.setdefault("date", world.clock.unix())
        world.ledger.add(known, Record(body, out=True))


def _new_bot_status(kind: str, body: Json) -> str | None:
    member = body.get("new_chat_member") if kind == "my_chat_member" else None
    return str(member.get("status")) if isinstance(member, dict) else None

"""The bot's changes to messages: edits and deletions."""

from typing import NamedTuple

from stage.entities import MAX_TEXT, utf16_length
from stage.errors import Json, bad
from stage.files import Upload
from stage.keyboards import inline_only
from stage.ledger import Chat, Record
from stage.sending import caption_content, document, photo, text_content
from stage.world import World

DELETABLE = 48 * 3600  # seconds
MAX_DELETED_AT_ONCE = 100
MEDIA = ("photo", "document", "voice")
TEXT = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Target(NamedTuple):
    """The message to be edited."""

    chat: Chat
    record: Record


def edit_text(world: World, call: Json) -> Json:
    target = _target(world, call)
    content = text_content(world, call)
    if utf16_length(content["text"]) > MAX_TEXT:
        raise bad("MESSAGE_TOO_LONG")
    if "text" not in target.record.body:
        raise bad("there is no text in the message to edit")
    return _edit(world, call, target, TEXT, content)


def edit_caption(world: World, call: Json) -> Json:
    target = _target(world, call)
    content = caption_content(world, call)
    if not target.record.body.keys() & set(MEDIA):
        raise bad("there is no caption in the message to edit")
    return _edit(world, call, target, CAPTION, content)


def edit_media(world: World, call: Json) -> Json:
    target = _target(world, call)
    media = call["media"]
    content = {**_media(world, media, call["_files"]), **caption_content(world, media)}
    if not target.record.body.keys() & set(MEDIA):
        raise bad("there is no media in the message to edit")
    return _edit(world, call, target, (*MEDIA, *CAPTION), content)


def edit_markup(world: World, call: Json) -> Json:
    target = _target(world, call)
    return _edit(world, call, target, (), {})


def delete_message(world: World, call: Json) -> bool:
    chat = world.ledger.find(call["chat_id"])
    record = world.ledger.message(chat, call["message_id"], "delete")
    if world.clock.unix() - record.body["date"] > DELETABLE:
        raise bad("message can't be deleted for everyone")
    world.ledger.delete(chat, record)
    return True


def delete_messages(world: World, call: Json) -> bool:
    """Delete up to 100 messages; those that are missing or too old are skipped."""
    wanted = call["message_ids"]
    if not 1 <= len(wanted) <= MAX_DELETED_AT_ONCE or not all(isinstance(each, int) for each in wanted):
        raise bad("there are too many or no message identifiers")
    chat = world.ledger.find(call["chat_id"])
    for message_id in wanted:
        record = chat.messages.get(message_id)
        if record and not record.deleted and world.clock.unix() - record.body["date"] <= DELETABLE:
            world.ledger.delete(chat, record)
    return True


def _target(world: World, call: Json) -> Target:
    if "chat_id" not in call and not call.get("message_id"):
        raise bad("message identifier is not specified")
    if call.get("chat_id") in (None, ""):
        raise bad("chat_id is empty")
    chat = world.ledger.writable(call["chat_id"])
    record = world.ledger.message(chat, call.get("message_id"), "edit")
    if record.out or record.reply_keyboard or "forward_origin" in record.body:
        raise bad("message can't be edited")
    return Target(chat, record)


def _edit(world: World, call: Json, target: Target, fields: tuple[str, ...], content: Json) -> Json:
    """As in Telegram, an edit without `reply_markup` removes the keyboard."""
    chat, record = target
    markup = inline_only(call.get("reply_markup"))
    new = {**content, **({"reply_markup": markup} if markup else {})}
    fields = (*fields, "reply_markup")
    if {name: record.body[name] for name in fields if name in record.body} == new:
        raise bad(NOT_MODIFIED)
    kept = {name: value for name, value in record.body.items() if name not in fields}
    record.body = {**kept, "edit_date": world.clock.unix(), **new}
    world.ledger.note(chat, record)
    return record.body


def _media(world: World, media: Json, uploads: dict[str, Upload]) -> Json:
    name = media.get("media")
    if not isinstance(name, str) or not name:
        raise bad("can't parse InputMedia: media not found")
    attached = name.removeprefix("attach://")
    source: Upload | str = uploads.get(attached, name) if attached != name else name
    match media.get("type"):
        case "photo":
            return {"photo": photo(world, source)}
        case "document":
            return {"document": document(world, source)}
        case _:
            raise bad("can't parse InputMedia: type is unsupported")

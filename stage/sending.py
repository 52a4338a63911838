"""The bot's sending methods: each makes one message, or refuses in Telegram's words."""

from typing import Any

from stage import files
from stage.entities import MAX_CAPTION, MAX_RAW_BYTES, MAX_TEXT, finished, from_html, given, utf16_length
from stage.errors import Json, bad
from stage.files import Upload
from stage.keyboards import checked
from stage.ledger import Chat, Record
from stage.world import World

CONTENT = (
    "text", "entities", "caption", "caption_entities", "photo", "document", "voice", "video", "audio", "contact"
)  # fmt: skip
CONTENT_KEPT = (*CONTENT, "link_preview_options", "show_caption_above_media", "has_media_spoiler")


def send_message(world: World, call: Json) -> Json:
    content = text_content(world, call)
    if utf16_length(content["text"]) > MAX_TEXT:
        raise bad("message is too long")
    return _send(world, call, content)


def send_photo(world: World, call: Json) -> Json:
    caption = caption_content(world, call)
    content = {"photo": photo(world, call["photo"]), **caption}
    if call.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return _send(world, call, content)


def send_document(world: World, call: Json) -> Json:
    caption = caption_content(world, call)
    return _send(world, call, {"document": document(world, call["document"]), **caption})


def send_voice(world: World, call: Json) -> Json:
    caption = caption_content(world, call)
    voice = files.voice(_file(world, call["voice"], "voice"), call.get("duration", 0))
    return _send(world, call, {"voice": voice, **caption})


ALBUM = range(2, 11)


def send_media_group(world: World, call: Json) -> list[Json]:
    """Photos and videos together, or only documents, or only music: all of them arrive, or none."""
    media = call["media"]
    if len(media) not in ALBUM:
        raise bad("too few or too many messages to send as an album")
    if len({_ALBUMS.get(each.get("type")) for each in media}) > 1:
        raise bad("can't mix different types of media in an album")
    found = [_of_album(world, each) for each in media]
    world.ledger.writable(call["chat_id"])
    group = str(world.ledger.find(call["chat_id"]).last + 1)
    place = {name: value for name, value in call.items() if name != "media"}
    return [_send(world, place, {**content, "media_group_id": group}) for content in found]


_ALBUMS = {"photo": "seen", "video": "seen", "document": "document", "audio": "audio"}


def _of_album(world: World, media: Json) -> Json:
    kind, name = media.get("type"), media.get("media")
    if kind not in _ALBUMS or not isinstance(name, str):
        raise bad("can't parse InputMedia: type is unsupported")
    if kind == "photo":
        return {"photo": photo(world, name), **caption_content(world, media)}
    about = _file(world, name, kind)
    sent = files.document(about) if kind == "document" else files.video(about)
    return {kind: sent, **caption_content(world, media)}


def copy_message(world: World, call: Json) -> Json:
    """Send the same content without its author; protected content does not stop a bot from copying."""
    source = world.ledger.message(world.ledger.find(call["from_chat_id"]), call["message_id"], "copy")
    content = {name: value for name, value in source.body.items() if name in CONTENT_KEPT}
    if not content.keys() & set(CONTENT):
        raise bad("message can't be copied")
    if "caption" in call and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= caption_content(world, call)
    sent = _send(world, call, content)
    return {"message_id": sent["message_id"]}


def forward_message(world: World, call: Json) -> Json:
    source = world.ledger.message(world.ledger.find(call["from_chat_id"]), call["message_id"], "forward")
    if source.body.get("has_protected_content"):
        raise bad("message can't be forwarded")
    content = {name: value for name, value in source.body.items() if name in CONTENT_KEPT}
    origin = {"type": "user", "sender_user": source.body["from"], "date": source.body["date"]}
    content["forward_origin"] = source.body.get("forward_origin", origin)
    return _send(world, call, content)


def send_chat_action(world: World, call: Json) -> bool:
    world.ledger.typing(world.ledger.writable(call["chat_id"]))
    return True


def text_content(world: World, call: Json) -> Json:
    """`text` and `entities`, cleaned; raises a 400 for a blank text. The caller checks the length."""
    text, entities = _formatted(world, call, call["text"], "entities")
    if not text:
        raise bad("text must be non-empty")
    preview = call.get("link_preview_options")
    content = {"text": text, "entities": entities, "link_preview_options": preview}
    return {name: value for name, value in content.items() if value}


def caption_content(world: World, call: Json) -> Json:
    text, entities = _formatted(world, call, call.get("caption", ""), "caption_entities")
    if utf16_length(text) > MAX_CAPTION:
        raise bad("message caption is too long")
    above = call.get("show_caption_above_media")
    content = {"caption": text, "caption_entities": entities, "show_caption_above_media": above}
    return {name: value for name, value in content.items() if value}


def _formatted(world: World, call: Json, raw: str, field: str) -> tuple[str, list[Json]]:
    if len(raw.encode("utf-8", "surrogatepass")) > MAX_RAW_BYTES:
        raise bad("text is too long")
    mode = call.get("parse_mode", "").lower()
    if mode == "html":
        text, entities = from_html(raw)
    elif mode in ("", "none"):
        text, entities = finished(*given(raw, call.get(field) or []))
    else:
        raise bad("unsupported parse_mode")
    return text, [known for each in entities if (known := _known(world, each))]


def _known(world: World, entity: Json) -> Json | None:
    """The entity as it is stored, None for a mention of somebody unknown."""
    if entity["type"] != "text_mention":
        return entity
    user = entity.get("user")
    user_id = user.get("id") if isinstance(user, dict) else None
    phone = world.ledger.phones.get(user_id) if isinstance(user_id, int) else None
    return {**entity, "user": phone.user()} if phone else None


def photo(world: World, source: Upload | str) -> list[Json]:
    about = _file(world, source, "photo")
    return [files.photo_size(about, world.files.data(about))]


def document(world: World, source: Upload | str) -> Json:
    return files.document(_file(world, source, "document"))


def _file(world: World, source: Upload | str, kind: str) -> Json:
    """The record of an upload, or of the stored file with this file_id; web addresses are not fetched."""
    if isinstance(source, Upload):
        if not source.data:
            raise bad("file must be non-empty")
        if kind == "photo":
            files.measured(source.data)
        return world.files.add(source, kind)
    about = world.files.about(source)
    if about is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if about["kind"] != kind:
        raise bad(f"can't use file of type {about['kind'].capitalize()} as {kind.capitalize()}")
    return about


def _send(world: World, call: Json, content: Json) -> Json:
    keyboards = checked(call.get("reply_markup"))
    chat = world.ledger.writable(call["chat_id"])
    reply = _reply(chat, call.get("reply_parameters"))
    body: Json = {
        "message_id": world.ledger.new_message_id(chat),
        "from": world.bot,
        "chat": chat.info,
        "date": world.clock.unix(),
        **reply,
        **content,
    }
    if call.get("protect_content"):
        body["has_protected_content"] = True
    if thread := call.get("message_thread_id"):
        body |= {"message_thread_id": thread, "is_topic_message": True}
    if keyboards.inline:
        body["reply_markup"] = keyboards.inline
    record = Record(body, out=False, reply_keyboard=keyboards.reply)
    world.ledger.add(chat, record)
    world.ledger.note_sent(record)
    return body


def _reply(chat: Chat, wanted: Any) -> Json:
    if not wanted:
        return {}
    message_id = wanted.get("message_id")
    target = chat.messages.get(message_id) if isinstance(message_id, int) else None
    if target is not None and not target.deleted:
        return {"reply_to_message": quoted(target.body)}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def quoted(body: Json) -> Json:
    """A message as the reply to it quotes it: without the message it replied to itself."""
    return {name: value for name, value in body.items() if name != "reply_to_message"}

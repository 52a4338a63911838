"""The table of the Bot API methods that the stage knows: parameters, types, lengths, results."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from stage.errors import Json, bad
from stage.files import Upload

Kind = Literal["integer", "chat", "string", "boolean", "object", "array", "file"]


@dataclass(frozen=True)
class Param:
    """`missing`: Telegram's refusal if it is absent, empty or of the wrong type. `longest`: characters."""

    name: str
    kind: Kind
    missing: str | None = None
    longest: int | None = None
    too_long: str = ""


@dataclass(frozen=True)
class Method:
    """`paced`: counts against the flood limits."""

    name: str
    returns: str
    params: dict[str, Param]
    paced: bool = False


def _method(name: str, returns: str, params: Iterable[Param], *, paced: bool = False) -> Method:
    return Method(name, returns, {param.name: param for param in params}, paced)


def _many(kind: Kind, *names: str) -> tuple[Param, ...]:
    return tuple(Param(name, kind) for name in names)


CHAT = Param("chat_id", "chat", "chat_id is empty")
FROM_CHAT = Param("from_chat_id", "chat", "from_chat_id is empty")
MESSAGE = Param("message_id", "integer", "message identifier is not specified")
MARKUP = Param("reply_markup", "object")
LANGUAGE = Param("language_code", "string")
SCOPE = Param("scope", "object")
TEXT = Param("text", "string", "message text is empty")
CAPTION = (Param("caption", "string"), Param("parse_mode", "string"), Param("caption_entities", "array"))
ABOVE = Param("show_caption_above_media", "boolean")
SEND = (
    CHAT,
    MARKUP,
    Param("reply_parameters", "object"),
    Param("suggested_post_parameters", "object"),
    *_many("string", "business_connection_id", "message_effect_id"),
    *_many("integer", "message_thread_id", "direct_messages_topic_id"),
    *_many("boolean", "disable_notification", "protect_content", "allow_paid_broadcast"),
)
EDIT = (
    Param("chat_id", "chat"),
    Param("message_id", "integer"),
    MARKUP,
    *_many("string", "business_connection_id", "inline_message_id"),
)

TABLE = (
    _method("getMe", "User", ()),
    _method(
        "getUpdates",
        "Array of Update",
        (*_many("integer", "offset", "limit", "timeout"), *_many("array", "allowed_updates")),
    ),
    _method(
        "setWebhook",
        "True",
        (
            *_many("string", "url", "ip_address", "secret_token"),
            Param("certificate", "file"),
            Param("max_connections", "integer"),
            Param("allowed_updates", "array"),
            Param("drop_pending_updates", "boolean"),
        ),
    ),
    _method("deleteWebhook", "True", _many("boolean", "drop_pending_updates")),
    _method("getWebhookInfo", "WebhookInfo", ()),
    _method(
        "sendMessage",
        "Message",
        (
            *SEND,
            TEXT,
            Param("parse_mode", "string"),
            Param("entities", "array"),
            Param("link_preview_options", "object"),
        ),
        paced=True,
    ),
    _method(
        "sendPhoto",
        "Message",
        (
            *SEND,
            *CAPTION,
            ABOVE,
            Param("photo", "file", "there is no photo in the request"),
            *_many("boolean", "has_spoiler"),
        ),
        paced=True,
    ),
    _method(
        "sendDocument",
        "Message",
        (
            *SEND,
            *CAPTION,
            Param("document", "file", "there is no document in the request"),
            Param("thumbnail", "file"),
            Param("disable_content_type_detection", "boolean"),
        ),
        paced=True,
    ),
    _method(
        "sendVoice",
        "Message",
        (
            *SEND,
            *CAPTION,
            Param("voice", "file", "there is no voice in the request"),
            Param("duration", "integer"),
        ),
        paced=True,
    ),
    _method(
        "editMessageText",
        "Message",
        (
            *EDIT,
            TEXT,
            Param("parse_mode", "string"),
            Param("entities", "array"),
            Param("link_preview_options", "object"),
        ),
        paced=True,
    ),
    _method("editMessageCaption", "Message", (*EDIT, *CAPTION, ABOVE), paced=True),
    _method(
        "editMessageMedia",
        "Message",
        (*EDIT, Param("media", "object", "there is no media in the request")),
        paced=True,
    ),
    _method("editMessageReplyMarkup", "Message", EDIT, paced=True),
    _method("deleteMessage", "True", (CHAT, MESSAGE)),
    _method(
        "deleteMessages",
        "True",
        (CHAT, Param("message_ids", "array", "message identifiers are not specified")),
    ),
    _method(
        "copyMessage",
        "MessageId",
        (*SEND, FROM_CHAT, MESSAGE, *CAPTION, ABOVE, *_many("integer", "video_start_timestamp")),
        paced=True,
    ),
    _method(
        "forwardMessage",
        "Message",
        (
            CHAT,
            FROM_CHAT,
            MESSAGE,
            Param("suggested_post_parameters", "object"),
            Param("message_effect_id", "string"),
            *_many("boolean", "disable_notification", "protect_content"),
            *_many("integer", "message_thread_id", "direct_messages_topic_id", "video_start_timestamp"),
        ),
        paced=True,
    ),
    _method(
        "answerCallbackQuery",
        "True",
        (
            Param(
                "callback_query_id",
                "string",
                "query is too old and response timeout expired or query ID is invalid",
            ),
            Param("text", "string", longest=200, too_long="MESSAGE_TOO_LONG"),
            Param("show_alert", "boolean"),
            Param("url", "string"),
            Param("cache_time", "integer"),
        ),
    ),
    _method(
        "sendChatAction",
        "True",
        (
            CHAT,
            Param("action", "string", "wrong parameter action in request"),
            Param("business_connection_id", "string"),
            Param("message_thread_id", "integer"),
        ),
    ),
    _method("getFile", "File", (Param("file_id", "string", "file_id is not specified"),)),
    _method("getChat", "ChatFullInfo", (CHAT,)),
    _method("getChatMember", "ChatMember", (CHAT, Param("user_id", "integer", "invalid user_id specified"))),
    _method("leaveChat", "True", (CHAT,)),
    _method(
        "setMyCommands",
        "True",
        (Param("commands", "array", "can't parse commands: expected an Array"), SCOPE, LANGUAGE),
    ),
    _method("getMyCommands", "Array of BotCommand", (SCOPE, LANGUAGE)),
    _method("deleteMyCommands", "True", (SCOPE, LANGUAGE)),
    _method(
        "setMyName", "True", (Param("name", "string", longest=64, too_long="name is too long"), LANGUAGE)
    ),
    _method("getMyName", "BotName", (LANGUAGE,)),
    _method(
        "setMyDescription",
        "True",
        (Param("description", "string", longest=512, too_long="description is too long"), LANGUAGE),
    ),
    _method("getMyDescription", "BotDescription", (LANGUAGE,)),
    _method(
        "setMyShortDescription",
        "True",
        (
            Param("short_description", "string", longest=120, too_long="short description is too long"),
            LANGUAGE,
        ),
    ),
    _method("getMyShortDescription", "BotShortDescription", (LANGUAGE,)),
    _method("setChatMenuButton", "True", (Param("chat_id", "integer"), Param("menu_button", "object"))),
)
METHODS = {method.name.lower(): method for method in TABLE}
UNPARSABLE = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
    "entities": "can't parse MessageEntities JSON object",
    "caption_entities": "can't parse MessageEntities JSON object",
    "scope": "can't parse BotCommandScope JSON object",
    "commands": "can't parse commands JSON object",
    "media": "can't parse InputMedia JSON object",
}
SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, as JSON can hold it
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


class Wrong(Exception):  # noqa: N818 - says of a value that it is wrong, and is caught here
    """A value that is not of its declared type."""


def checked(method: Method, given: Json, files: dict[str, Upload], problems: list[str]) -> Json:
    """Typed values of the known parameters; `problems` gathers what breaks the table.

    Raises Telegram's 400 for what is missing, of a wrong type or too long; passes over unknown parameters.
    """
    problems += [
        f"unknown parameter {name}" for name in given if name not in method.params and name not in files
    ]
    values: Json = {}
    for param in method.params.values():
        value = _value(param, given, files, problems)
        if value is not None:
            values[param.name] = value
    return values


def _value(param: Param, given: Json, files: dict[str, Upload], problems: list[str]) -> Any:
    raw = files[param.name] if param.kind == "file" and param.name in files else given.get(param.name)
    if raw is None or (raw == "" and (param.missing or param.kind in ("integer", "chat"))):
        if param.missing:
            problems.append(f"missing {param.name}")
            raise bad(param.missing)
        return None
    try:
        value = READERS[param.kind](raw)
    except Wrong:
        problems.append(f"wrong type: {param.name} is no {param.kind}")
        text = (
            UNPARSABLE.get(param.name) or param.missing or f"can't parse {param.name}: expected {param.kind}"
        )
        raise bad(text) from None
    if param.longest is not None and isinstance(value, str) and len(value) > param.longest:
        problems.append(f"too long: {param.name} has {len(value)} characters, at most {param.longest}")
        raise bad(param.too_long)
    return value


def _integer(raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and re.fullmatch(r"\s*-?\d{1,19}\s*", raw):
        return int(raw)
    raise Wrong


def _chat(raw: Any) -> int | str:
    if isinstance(raw, str) and not re.fullmatch(r"-?\d{1,19}", raw):
        return raw
    return _integer(raw)


def _string(raw: Any) -> str:
    if isinstance(raw, str):
        if SURROGATE.search(raw):
            raise bad("strings must be encoded in UTF-8")
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return str(raw)
    raise Wrong


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str | int) and str(raw).lower() in FLAGS:
        return FLAGS[str(raw).lower()]
    raise Wrong


def _json(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw) if raw else None
    except json.JSONDecodeError:
        raise Wrong from None


def _object(raw: Any) -> Json | None:
    value = _json(raw)
    if value is not None and not isinstance(value, dict):
        raise Wrong
    return value


def _array(raw: Any) -> list[Any] | None:
    value = _json(raw)
    if value is not None and not isinstance(value, list):
        raise Wrong
    return value


def _file(raw: Any) -> Upload | str:
    if isinstance(raw, Upload | str):
        return raw
    raise Wrong


READERS = {
    "integer": _integer,
    "chat": _chat,
    "string": _string,
    "boolean": _boolean,
    "object": _object,
    "array": _array,
    "file": _file,
}

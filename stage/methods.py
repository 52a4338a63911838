"""The table of the Bot API methods that the stage knows: parameters, types, lengths, results."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["integer", "chat", "string", "boolean", "object", "array", "file"]


@dataclass(frozen=True)
class Param:
    """One parameter. `missing` is the refusal if it is absent, empty or mistyped; `longest` is in characters."""

    name: str
    kind: Kind
    missing: str | None = None
    longest: int | None = None
    too_long: str = ""


@dataclass(frozen=True)
class Method:
    """One method; calls of a `paced` one count against the flood limits."""

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
COPY = tuple(param for param in SEND if param.name != "business_connection_id")
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
        "sendMediaGroup",
        "Array of Message",
        (
            *(param for param in SEND if param is not MARKUP),
            Param("media", "array", "can't parse media: expected an Array of InputMedia"),
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
        (*COPY, FROM_CHAT, MESSAGE, *CAPTION, ABOVE, *_many("integer", "video_start_timestamp")),
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

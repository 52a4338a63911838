"""What of an update may be stored before its writer has agreed: nothing that a person typed or is called.

The labels of our own buttons may be typed instead of tapped, and are kept as we spell them, as is a wish that is all
they say. Of an age under 16 it is kept that it is one.
"""

import re
from collections.abc import Collection
from typing import Any

from domain.age import UNDER_AGE, says_under_age
from domain.button_data import is_well_spelt
from domain.commands import KNOWN
from domain.labels import spelt
from domain.links import Link, LinkKind, kind_of, read_payload, read_typed
from domain.voice import Voice, is_english
from domain.wishes import wish

Raw = dict[str, Any]

MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")
KINDS = (*MESSAGES, "callback_query", "my_chat_member")
"""The kinds of updates that the bot asks Telegram for: it acts on them, or has to see them to leave them alone."""
_LARGEST = 2**63 - 1  # that a database can store
_CHAT_TYPES = ("private", "group", "supergroup", "channel")
_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@\w+)?(?=\s|$)", re.ASCII)
_ALBUM = re.compile(r"[0-9]{1,40}", re.ASCII)
_QUERY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
# Their presence makes a message somebody else's, whoever sent it: no command of the sender's, no code.
_NOT_OWN = ("forward_origin", "forward_date", "forward_from", "via_bot")


def is_id(value: object) -> bool:
    """Whether it is a whole number that a database can store; True and False are not."""
    return type(value) is int and abs(value) <= _LARGEST


def chat_of(raw: Raw) -> int | None:
    """The id of the chat that an update belongs to, if any."""
    for kind in KINDS:
        if isinstance(part := raw.get(kind), dict):
            chat: Any = chat_in(part).get("id") or _presser(part)
            return chat if is_id(chat) else None
    return None


def is_private(raw: Raw) -> bool:
    """Whether it was said between one person and the bot. A press belongs to the chat of the pressed message."""
    parts = [raw[kind] for kind in KINDS if kind in raw]
    return bool(parts) and all(isinstance(p, dict) and chat_in(p).get("type") == "private" for p in parts)


def chat_in(part: Raw) -> Raw:
    """The chat of a part of an update, empty if it names none: then a press came from who knows where."""
    message = part.get("message")
    chat = part.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
    return chat if isinstance(chat, dict) else {}


def _presser(part: Raw) -> object:
    """The number of whoever pressed a button that is in no chat: their updates wait in one lane."""
    user = part.get("from")
    return user.get("id") if isinstance(user, dict) else None


def link_in(raw: Raw) -> Link | None:
    """What reads like a link: the payload of `/start`, or a workshop's code as people type it."""
    text = _text(raw.get("message"))
    command = _COMMAND.match(text)
    if command is None:
        return read_typed(text)
    return read_payload(text[command.end() :].strip()) if command[1].lower() == "start" else None


def command_in(raw: Raw) -> str:
    """The name of the command that a message of the sender's own begins with; empty if there is none."""
    found = _COMMAND.match(_text(raw.get("message")))
    return found[1].lower() if found is not None else ""


def data_in(raw: Raw) -> str:
    """The data of the pressed button; empty if it is not one of ours."""
    press = raw.get("callback_query")
    data = press.get("data") if isinstance(press, dict) else None
    return data if isinstance(data, str) and is_well_spelt(data) else ""


def without_words(raw: Raw, known: Collection[Link], labels: Collection[str] = ()) -> Raw:
    """The same update without what its writer typed or is called.

    Kept are ids, its kind, a button's data, a command that we know, one of the `known` links, one of the `labels`, and
    whether the phone speaks English.

    Raises KeyError, TypeError or ValueError if it is no update of Telegram's.
    """
    kept: Raw = {"update_id": raw["update_id"]}
    for kind in MESSAGES:
        if kind in raw:
            kept[kind] = _message(raw[kind])
    if "message" in kept and kept["message"]["chat"]["type"] == "private":
        link = link_in(raw)
        typed = _text(raw["message"])
        command = f"/start {link.payload}" if link is not None and link in known else _command(typed)
        kept["message"] |= _as_command(command) if command else _as_answer(typed, labels)
    if "callback_query" in raw:
        kept["callback_query"] = _press(raw["callback_query"])
    if "my_chat_member" in raw:
        kept["my_chat_member"] = _member(raw["my_chat_member"])
    return kept


def _text(message: object) -> str:
    """What the sender typed; empty if somebody else wrote it."""
    if not isinstance(message, dict) or any(mark in message for mark in _NOT_OWN):
        return ""
    sender = message.get("from")
    if isinstance(sender, dict) and sender.get("is_bot"):
        return ""
    text = message.get("text")
    return text if isinstance(text, str) else ""


def _command(text: str) -> str:
    found = _COMMAND.match(text)
    if found is None or (name := found[1].lower()) not in KNOWN:
        return ""
    return _start(text[found.end() :].strip()) if name == "start" else f"/{name}"


def _start(payload: str) -> str:
    """The command with the kind of link, but without its code, which must not be stored yet.

    Of a workshop's link that leads nowhere only the command is left.
    """
    kind = kind_of(payload)
    return "/start" if kind is None or kind is LinkKind.WORKSHOP else f"/start {kind.value}"


def _as_answer(typed: str, labels: Collection[str]) -> Raw:
    if says_under_age(typed):
        return {"text": UNDER_AGE}
    if (wanted := wish(typed)) is not None:
        return {"text": wanted.value}
    spelled = spelt(typed)
    return {"text": spelled} if spelled in labels else {}


def _as_command(text: str) -> Raw:
    length = len(text.partition(" ")[0])
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def _message(message: Raw) -> Raw:
    bare = _place(message)
    return bare | ({"from": _user(message["from"])} if "from" in message else {})


def _place(message: Raw) -> Raw:
    return {
        "message_id": _number(message["message_id"]),
        "date": _number(message["date"]),
        "chat": _bare_chat(message["chat"]),
        **_thread(message),
        **_album(message),
    }


def _thread(message: Raw) -> Raw:
    """In which thread of the chat it was said, so that the answer is found there."""
    if message.get("is_topic_message") is not True:
        return {}
    return {"message_thread_id": _number(message["message_thread_id"]), "is_topic_message": True}


def _album(message: Raw) -> Raw:
    """Which messages belong together, so that they are answered once."""
    album = message.get("media_group_id")
    return {"media_group_id": album} if isinstance(album, str) and _ALBUM.fullmatch(album) else {}


def _bare_chat(chat: Raw) -> Raw:
    return {"id": _number(chat["id"]), "type": _one_of(_CHAT_TYPES, chat["type"])}


def _press(query: Raw) -> Raw:
    bare: Raw = {"id": query_id(query), "from": _user(query["from"]), "chat_instance": ""}
    data = query.get("data")
    bare["data"] = data if isinstance(data, str) and is_well_spelt(data) else ""
    return bare | ({"message": _place(query["message"])} if query.get("message") else {})


def query_id(query: Raw) -> str:
    """The id by which Telegram wants a press answered. Raises ValueError if it is no such id."""
    value = query["id"]
    if not isinstance(value, str) or not _QUERY_ID.fullmatch(value):
        raise ValueError("not the id of a press")
    return value


def _member(change: Raw) -> Raw:
    sides = ("old_chat_member", "new_chat_member")
    return {
        "chat": _bare_chat(change["chat"]),
        "from": _user(change["from"]),
        "date": _number(change["date"]),
        **{side: _membership_status(change[side]) for side in sides},
    }


def _membership_status(member: Raw) -> Raw:
    """Whether they blocked the bot, left, or are there: we need to know no more."""
    bare: Raw = {"status": "member", "user": _user(member["user"])}
    match member["status"]:
        case "kicked":
            bare |= {"status": "kicked", "until_date": 0}
        case "left":
            bare["status"] = "left"
    return bare


def _user(user: Raw) -> Raw:
    bare = {"id": _number(user["id"]), "is_bot": user.get("is_bot") is True, "first_name": ""}
    return bare | ({"language_code": Voice.EN.value} if is_english(user.get("language_code")) else {})


def _number(value: object) -> int:
    if not isinstance(value, int) or not is_id(value):
        raise TypeError("not a number of Telegram's")
    return value


def _one_of(known: Collection[str], value: object) -> str:
    if not isinstance(value, str) or value not in known:
        raise ValueError("not a word of Telegram's")
    return value

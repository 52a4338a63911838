"""What of an update may be stored before its writer agreed: nothing that a person typed or is called.

What stands on our own buttons may be typed instead of tapped: it is kept as we spell it. Of an age under 16 only that
it is one.
"""

import re
from collections.abc import Collection
from typing import Any

from domain.age import UNDER_AGE, says_under_age
from domain.button_data import is_well_spelt
from domain.commands import KNOWN
from domain.labels import spelt
from domain.links import Link, LinkKind, kind_of, read_payload, read_typed

Raw = dict[str, Any]

MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")
KINDS = (*MESSAGES, "callback_query", "my_chat_member")
"""The updates that the bot acts on, or has to see to leave them alone: what it asks Telegram for."""
_LARGEST = 2**63 - 1  # what a database holds
_CHAT_TYPES = ("private", "group", "supergroup", "channel")
_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@\w+)?(?=\s|$)", re.ASCII)
_QUERY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
# Their presence makes a message somebody else's, whoever sent it: no command of the sender's, no code.
_NOT_OWN = ("forward_origin", "forward_date", "forward_from", "via_bot")


def is_id(value: object) -> bool:
    """A whole number that a database holds; True and False are none."""
    return type(value) is int and abs(value) <= _LARGEST


def chat_of(raw: Raw) -> int | None:
    """The chat an update belongs to, if any."""
    for kind in KINDS:
        if isinstance(part := raw.get(kind), dict):
            chat = _chat(part).get("id")
            return chat if is_id(chat) else None
    return None


def is_private(raw: Raw) -> bool:
    """Said between one person and the bot. A press counts as said where the pressed message stands."""
    parts = [raw[kind] for kind in KINDS if kind in raw]
    return bool(parts) and all(isinstance(p, dict) and _chat(p).get("type") == "private" for p in parts)


def _chat(part: Raw) -> Raw:
    """Of a press of a message that is gone: its writer, who is the chat."""
    message = part.get("message")
    inside = message.get("chat") if isinstance(message, dict) else None
    found = part.get("chat") or inside or part.get("from")
    return found if isinstance(found, dict) else {}


def link_in(raw: Raw) -> Link | None:
    """What reads like a link in it: behind `/start`, or a workshop's code as people type it."""
    text = _text(raw.get("message"))
    command = _COMMAND.match(text)
    if command is None:
        return read_typed(text)
    return read_payload(text[command.end() :].strip()) if command[1].lower() == "start" else None


def without_words(raw: Raw, known: Collection[Link], labels: Collection[str] = ()) -> Raw:
    """The same update as ids, kind, button or one of these labels, known command, and one of these links.

    Raises KeyError, TypeError or ValueError for what is no update of Telegram's.
    """
    kept: Raw = {"update_id": raw["update_id"]}
    for kind in MESSAGES:
        if kind in raw:
            kept[kind] = _message(raw[kind])
    if "message" in kept and kept["message"]["chat"]["type"] == "private":
        link = link_in(raw)
        said = _text(raw["message"])
        text = f"/start {link.payload}" if link is not None and link in known else _command(said)
        kept["message"] |= _said(text) if text else _answered(said, labels)
    if "callback_query" in raw:
        kept["callback_query"] = _press(raw["callback_query"])
    if "my_chat_member" in raw:
        kept["my_chat_member"] = _member(raw["my_chat_member"])
    return kept


def _text(message: object) -> str:
    """What the sender typed; empty for what others wrote."""
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
    """The command with the kind of link, without its code: that is nobody's to keep yet. A workshop's link that leads
    nowhere leaves the command alone.
    """
    kind = kind_of(payload)
    return "/start" if kind is None or kind is LinkKind.WORKSHOP else f"/start {kind.value}"


def _answered(said: str, labels: Collection[str]) -> Raw:
    if says_under_age(said):
        return {"text": UNDER_AGE}
    spelled = spelt(said)
    return {"text": spelled} if spelled in labels else {}


def _said(text: str) -> Raw:
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
    }


def _bare_chat(chat: Raw) -> Raw:
    return {"id": _number(chat["id"]), "type": _one_of(_CHAT_TYPES, chat["type"])}


def _press(query: Raw) -> Raw:
    bare: Raw = {"id": query_id(query), "from": _user(query["from"]), "chat_instance": ""}
    data = query.get("data")
    bare["data"] = data if isinstance(data, str) and is_well_spelt(data) else ""
    return bare | ({"message": _place(query["message"])} if query.get("message") else {})


def query_id(query: Raw) -> str:
    """By which Telegram wants a press answered. Raises ValueError for what is none."""
    found = query["id"]
    if not isinstance(found, str) or not _QUERY_ID.fullmatch(found):
        raise ValueError("not the id of a press")
    return found


def _member(change: Raw) -> Raw:
    sides = ("old_chat_member", "new_chat_member")
    return {
        "chat": _bare_chat(change["chat"]),
        "from": _user(change["from"]),
        "date": _number(change["date"]),
        **{side: _membership_status(change[side]) for side in sides},
    }


def _membership_status(member: Raw) -> Raw:
    """Blocked, gone or there: finer is not needed."""
    bare: Raw = {"status": "member", "user": _user(member["user"])}
    match member["status"]:
        case "kicked":
            bare |= {"status": "kicked", "until_date": 0}
        case "left":
            bare["status"] = "left"
    return bare


def _user(user: Raw) -> Raw:
    return {"id": _number(user["id"]), "is_bot": user.get("is_bot") is True, "first_name": ""}


def _number(value: object) -> int:
    if not isinstance(value, int) or not is_id(value):
        raise TypeError("not a number of Telegram's")
    return value


def _one_of(known: Collection[str], value: object) -> str:
    if not isinstance(value, str) or value not in known:
        raise ValueError("not a word of Telegram's")
    return value

"""The phones, chats and messages of the stage, and the list of messages that really arrived."""

import asyncio
import hashlib
import time
from dataclasses import dataclass, field
from typing import Any

from stage.errors import ControlError, Json, bad, forbidden
from stage.journal import Journal
from stage.version import Version

FIRST_USER = 5001
TYPING_LASTS = 5.0
OWN_NUMBERING = ("supergroup", "channel")


@dataclass
class Phone:
    """A person's phone with their Telegram account on it."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "de"
    label: str = ""
    blocked: bool = False
    started: bool = False

    def user(self) -> Json:
        """Telegram's User."""
        return {"id": self.id, "is_bot": False, **_named(self), "language_code": self.language_code}

    def chat(self) -> Json:
        return {"id": self.id, **_named(self), "type": "private"}


def _named(phone: Phone) -> Json:
    names = {"first_name": phone.first_name, "last_name": phone.last_name, "username": phone.username}
    return {name: value for name, value in names.items() if value}


@dataclass
class Record:
    """A message as Telegram's JSON (`body`) and what only the stage knows about it."""

    body: Json
    out: bool
    reply_keyboard: Json | None = None
    deleted: bool = False
    revision: int = 0

    @property
    def id(self) -> int:
        return int(self.body["message_id"])

    def shown(self) -> Json:
        """The message as the page gets it: `reply_markup` holds reply keyboards too."""
        keyboard = {"reply_markup": self.reply_keyboard} if self.reply_keyboard else {}
        marks = {"out": self.out, "deleted": self.deleted, "revision": self.revision}
        return {
            **self.body,
            **keyboard,
            **{name: value for name, value in marks.items() if value is not False},
        }


@dataclass
class Chat:
    info: Json
    bot_status: str = "member"  # Telegram's ChatMember.status of the bot
    messages: dict[int, Record] = field(default_factory=dict)
    last: int = 0
    unread: int = 0
    keyboard: Json | None = None
    typing_until: float = 0.0

    @property
    def id(self) -> int:
        return int(self.info["id"])

    def summary(self) -> Json:
        typing = time.monotonic() < self.typing_until
        return {"last": self.last, "unread_hint": self.unread, "typing": typing, "keyboard": self.keyboard}


class Ledger:
    def __init__(self, journal: Journal, version: Version) -> None:
        self._journal = journal
        self._version = version
        self.phones: dict[int, Phone] = {}
        self.chats: dict[int, Chat] = {}
        self.sent: list[Json] = []
        self.sent_by_chat: dict[int, int] = {}
        self._next_message = 1
        self._highest_user = FIRST_USER - 1

    def restore(self, sections: dict[str, dict[str, Any]]) -> None:
        for user in sections.get("user", {}).values():
            self._admit(Phone(**user))
        for chat in sections.get("chat", {}).values():
            self.chats[chat["info"]["id"]] = Chat(chat["info"], chat["standing"])
        for key, record in sections.get("message", {}).items():
            self._place(int(key.partition(":")[0]), Record(**record))
        for entry in sections.get("sent", {}).values():
            self._count(entry)
        numbers = sections.get("number", {})
        self._next_message = numbers.get("next_message", 1)

    def _admit(self, phone: Phone) -> None:
        self.phones[phone.id] = phone
        self._highest_user = max(self._highest_user, phone.id)
        self.chats.setdefault(phone.id, Chat(phone.chat()))

    def add_phone(self, phone: Phone) -> None:
        if phone.id in self.phones:
            raise ControlError(f"user {phone.id} exists", 409)
        self._admit(phone)
        self.note_phone(phone)

    def free_user_id(self) -> int:
        return self._highest_user + 1

    def note_phone(self, phone: Phone) -> None:
        self._journal.put("user", phone.id, vars(phone))
        self._version.bump()

    def note_chat(self, info: Json, bot_status: str = "member") -> Chat:
        """Remember a group or channel, and the bot's status in it."""
        chat = self.chats.setdefault(info["id"], Chat(info))
        chat.info, chat.bot_status = info, bot_status
        self._journal.put("chat", chat.id, {"info": info, "standing": bot_status})
        return chat

    def phone(self, user_id: int) -> Phone:
        if user_id not in self.phones:
            raise ControlError(f"no user {user_id}", 404)
        return self.phones[user_id]

    def find(self, chat_id: int | str | None) -> Chat:
        """The chat with this id or public @name, whether or not the bot may write there; raises a 400."""
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            chats = (c for c in self.chats.values() if c.info["type"] in OWN_NUMBERING)
            chat = next((c for c in chats if c.info.get("username", "").lower() == name), None)
        else:
            chat = self.chats.get(chat_id or 0)
        if chat is None:
            raise bad("chat not found")
        return chat

    def writable(self, chat_id: int | str | None) -> Chat:
        """The chat, if the bot may write there now; raises Telegram's 400 or 403."""
        chat = self.find(chat_id)
        phone = self.phones.get(chat.id)
        if phone and phone.blocked:
            raise forbidden("bot was blocked by the user")
        if phone and not phone.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.info['type']} chat")
        if chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {chat.info['type']} chat")
        return chat

    def message(self, chat: Chat, message_id: int | None, purpose: str) -> Record:
        """A message that has not been deleted; raises a 400 that names the `purpose` ("edit", "reply", …)."""
        record = chat.messages.get(message_id or 0)
        if record is None or record.deleted:
            raise bad(
                "message to be replied not found" if purpose == "reply" else f"message to {purpose} not found"
            )
        return record

    def new_message_id(self, chat: Chat) -> int:
        """Private chats and basic groups share one sequence; each supergroup and channel has its own."""
        if chat.info["type"] in OWN_NUMBERING:
            return chat.last + 1
        number = self._next_message
        self._next_message += 1
        self._journal.put("number", "next_message", self._next_message)
        return number

    def add(self, chat: Chat, record: Record) -> None:
        self._place(chat.id, record)
        chat.typing_until = 0.0
        self.note(chat, record)

    def _place(self, chat_id: int, record: Record) -> None:
        chat = self.chats[chat_id]
        chat.messages[record.id] = record
        chat.last = max(chat.last, record.id)
        chat.unread = 0 if record.out else chat.unread + 1
        if record.reply_keyboard:
            chat.keyboard = None if record.reply_keyboard.get("remove_keyboard") else record.reply_keyboard

    def note(self, chat: Chat, record: Record) -> None:
        """Remember that a message is new or has changed."""
        record.revision = self._version.bump()
        self._journal.put("message", f"{chat.id}:{record.id}", vars(record))

    def delete(self, chat: Chat, record: Record) -> None:
        """Empty a message; only its id, chat and date stay."""
        kept = ("message_id", "chat", "date")
        record.body = {name: record.body[name] for name in kept}
        record.deleted, record.reply_keyboard = True, None
        self.note(chat, record)

    def note_sent(self, record: Record) -> None:
        """Record that the bot's message arrived. Tests judge by this list, whatever happens to it later."""
        body = record.body
        text = str(body.get("text") or body.get("caption") or "")
        entry = {
            "message_id": record.id,
            "chat_id": body["chat"]["id"],
            "text": text,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "at": body["date"],
        }
        self._journal.put("sent", len(self.sent), entry)
        self._count(entry)

    def _count(self, entry: Json) -> None:
        self.sent.append(entry)
        self.sent_by_chat[entry["chat_id"]] = self.sent_by_chat.get(entry["chat_id"], 0) + 1

    def typing(self, chat: Chat) -> None:
        """Show the typing indicator for TYPING_LASTS seconds, or until the next message."""
        chat.typing_until = time.monotonic() + TYPING_LASTS
        self._version.bump()
        asyncio.get_running_loop().call_later(TYPING_LASTS, self._version.bump)

    def forget(self, *, phones: bool) -> None:
        """Empty all chats, and remove the phones too if `phones`. Message ids go on, so that none is reused."""
        for chat in self.chats.values():
            for message_id in chat.messages:
                self._journal.put("message", f"{chat.id}:{message_id}", None)
            self._journal.put("chat", chat.id, None)
        for number in range(len(self.sent)):
            self._journal.put("sent", number, None)
        old, self.phones, self.chats = self.phones, {}, {}
        self.sent, self.sent_by_chat = [], {}
        for phone in old.values():
            self._journal.put("user", phone.id, None)
            if not phones:
                phone.blocked = phone.started = False
                self.add_phone(phone)

"""What the bot says about itself: names, descriptions and command menus, by language and scope."""

import re
from typing import Any

from stage.errors import Json, bad
from stage.journal import Journal
from stage.version import Version

MAX_COMMANDS = 100
MAX_DESCRIPTION = 256
SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


class Profile:
    def __init__(self, journal: Journal, version: Version) -> None:
        self._journal = journal
        self._version = version
        self._values: Json = {}

    def restore(self, records: Json) -> None:
        self._values = dict(records)

    def set_text(self, field: str, language: str | None, text: str) -> None:
        """Name, description or short description in a language; an empty text removes it."""
        self._put(f"{field}/{language or ''}", text or None)

    def text(self, field: str, language: str | None) -> str:
        return self._first(f"{field}/{language or ''}", f"{field}/") or ""

    def set_commands(self, scope: Json | None, language: str | None, commands: list[Any]) -> None:
        if len(commands) > MAX_COMMANDS:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        self._put(f"commands/{_key(scope)}/{language or ''}", [_command(each) for each in commands] or None)

    def delete_commands(self, scope: Json | None, language: str | None) -> None:
        self._put(f"commands/{_key(scope)}/{language or ''}", None)

    def commands(self, scope: Json | None, language: str | None) -> list[Json]:
        """Exactly what was set for this scope and language."""
        return self._values.get(f"commands/{_key(scope)}/{language or ''}") or []

    def menu(self, user_id: int, language: str) -> list[Json]:
        """The commands this person's phone shows: the narrowest scope wins, then the person's language."""
        scopes = (f"chat:{user_id}", "all_private_chats", "default")
        keys = (f"commands/{scope}/{lang}" for scope in scopes for lang in (language, ""))
        return self._first(*keys) or []

    def forget(self) -> None:
        for key in list(self._values):
            self._put(key, None)

    def _first(self, *keys: str) -> Any:
        return next((self._values[key] for key in keys if key in self._values), None)

    def _put(self, key: str, value: Any) -> None:
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._journal.put("profile", key, value)
        self._version.bump()


def _key(scope: Json | None) -> str:
    kind = str((scope or {}).get("type", "default"))
    if kind in SCOPES:
        return kind
    if kind in CHAT_SCOPES and scope and "chat_id" in scope:
        name = f"{kind}:{scope['chat_id']}"
        return f"{name}:{scope['user_id']}" if kind == "chat_member" and "user_id" in scope else name
    raise bad("can't parse BotCommandScope: Unsupported type specified")


def _command(each: Any) -> Json:
    if not isinstance(each, dict):
        raise bad("can't parse commands: expected an Array of BotCommand")
    name, description = each.get("command"), each.get("description")
    if not isinstance(name, str) or not re.fullmatch(r"/?[a-z0-9_]{1,32}", name):
        raise bad("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description) <= MAX_DESCRIPTION:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}

"""How this process ends when it cannot go on: an exit code and one line for the operator."""

import os
from enum import IntEnum


class Code(IntEnum):
    OK = 0
    WRONG_SETTING = 2  # also: not available yet
    REFUSED = 3  # the token is refused, somebody else polls, or the database is in use


class CannotGoOn(Exception):  # noqa: N818 - named for what is the matter
    """`line` names the setting or the cause, and never holds a value."""

    def __init__(self, code: Code, line: str) -> None:
        super().__init__(line)
        self.code = code
        self.line = line


def token_refused() -> CannotGoOn:
    return CannotGoOn(Code.REFUSED, "BOT_TOKEN: Telegram refuses this token")


def another_poller() -> CannotGoOn:
    return CannotGoOn(Code.REFUSED, "BOT_TOKEN: another process fetches this bot's updates")


def database_in_use() -> CannotGoOn:
    return CannotGoOn(Code.REFUSED, "DATABASE_URL: database in use by another process")


def cannot_listen(error: OSError) -> CannotGoOn:
    # Not the error's own text: asyncio's repeats the address.
    reason = os.strerror(error.errno) if error.errno and error.errno > 0 else type(error).__name__
    return CannotGoOn(Code.WRONG_SETTING, f"HTTP_PORT: cannot listen there ({reason})")

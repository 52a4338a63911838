"""How this process ends when it cannot go on: an exit code and one line for the operator."""

import errno
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


_OF_THE_PORT = {errno.EADDRINUSE, errno.EACCES}


def cannot_listen(error: OSError | UnicodeError) -> CannotGoOn:
    """A port can be taken or reserved; every other trouble lies in the host: no such name, none of our addresses."""
    number = (error.errno or 0) if isinstance(error, OSError) else 0
    # Not the error's own text: asyncio's repeats the address.
    reason = os.strerror(number) if number > 0 else "no such address"
    setting = "HTTP_PORT" if number in _OF_THE_PORT else "HTTP_HOST"
    return CannotGoOn(Code.WRONG_SETTING, f"{setting}: cannot listen there ({reason})")

"""How this process ends when it cannot go on: an exit code and one line for the operator."""

import errno
import os
from enum import IntEnum

from db.cipher import KeyFileError
from db.journal import JournalError
from db.migrate import RefusedUpgradeError


class Code(IntEnum):
    OK = 0
    FAILED = 1  # a command could not do its work
    WRONG_SETTING = 2
    REFUSED = 3  # the token is refused, another process polls, or the database is in use


class CannotGoOn(Exception):  # noqa: N818 - control flow: the process has to end
    """The process has to end. `line` names the setting or the cause, and never contains a value."""

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


def database_taken_over() -> CannotGoOn:
    line = "DATABASE_URL: the connection was lost, and another process has taken the database over"
    return CannotGoOn(Code.REFUSED, line)


_OF_THE_PORT = {errno.EADDRINUSE, errno.EACCES}


def cannot_listen(error: OSError | UnicodeError) -> CannotGoOn:
    """A port may be taken or reserved; anything else is about the host: an unknown name, a foreign address."""
    number = (error.errno or 0) if isinstance(error, OSError) else 0
    # Not the error's own text, which repeats the address.
    reason = os.strerror(number) if number > 0 else "no such address"
    setting = "HTTP_PORT" if number in _OF_THE_PORT else "HTTP_HOST"
    return CannotGoOn(Code.WRONG_SETTING, f"{setting}: cannot listen there ({reason})")


def wrong_key(error: KeyFileError) -> CannotGoOn:
    return CannotGoOn(Code.WRONG_SETTING, f"SECRET_KEY_FILE: {error}")


_REASONS = {
    "database is locked": "another program has locked it",
    "disk is full": "the disk is full",
    "malformed": "the file is damaged",
    "file is not a database": "the file is damaged, or no database",
    "readonly database": "it may not be written to",
}


def _reason(error: Exception) -> str:
    """Why, in our own words: those of the driver may quote a setting."""
    said = str(getattr(error, "orig", ""))
    reason = next((ours for theirs, ours in _REASONS.items() if theirs in said), None)
    return f" ({reason})" if reason is not None else ""


def database_trouble(error: Exception) -> CannotGoOn:
    match error:
        case RefusedUpgradeError():
            said = str(error)
        case OSError():
            said = f"the database cannot be opened ({error.strerror})"
        case _:
            said = f"the database cannot be opened{_reason(error)}"
    return CannotGoOn(Code.WRONG_SETTING, f"DATABASE_URL: {said}")


def cannot_use_journal(error: JournalError) -> CannotGoOn:
    return CannotGoOn(Code.WRONG_SETTING, f"ERASURE_JOURNAL: {error}")

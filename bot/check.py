"""`python -m bot check`: a line each on whether the settings, the database and Telegram are in order."""

import asyncio
import os
import sys
from pathlib import Path

import sqlalchemy.exc
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import create_async_engine
from telegram.error import TelegramError

from bot import client, logs
from bot.settings import Settings, WrongSettingError, load
from db.cipher import KEY_BYTES, Cipher, KeyFileError, load_key
from db.keys import is_right_key
from db.session import async_url, is_sqlite, open_database
from scheduler.errors import RefusedToken, classify, reason_of

_ANSWER_WITHIN = 15.0  # seconds
_WELL, _NOT_WELL = 0, 1


class TroubleError(Exception):
    """A problem found by a check, worded for the operator."""


def run() -> int:
    """Check everything and return the exit code. Changes nothing, and may run beside the bot."""
    try:
        settings = load()
    except WrongSettingError as error:
        _line("settings", f"wrong: {error}")
        return _NOT_WELL
    logs.set_up("ERROR", settings.secrets)
    _line("settings", "ok")
    return asyncio.run(_check(settings))


async def _check(settings: Settings) -> int:
    well = True
    for name, look in (("database", _database), ("telegram", _telegram)):
        try:
            _line(name, await look(settings))
        except TroubleError as trouble:
            _line(name, f"wrong: {trouble}")
            well = False
    return _WELL if well else _NOT_WELL


def _line(name: str, said: str) -> None:
    sys.stdout.write(f"{name}: {said}\n")
    sys.stdout.flush()


async def _database(settings: Settings) -> str:
    key = _key(settings.secret_key_file)
    url = async_url(settings.database_url)
    if is_sqlite(url) and _is_new(Path(url.database or ""), "DATABASE_URL"):
        return "ok, made at the first start"
    await _ask(url)
    await _fits(settings.database_url, key)
    return "ok"


async def _fits(url: str, key: bytes | None) -> None:
    """Can the words in the database be read? An older version's tables may lack what the check asks for: the bot looks
    again at its start, once they are there.
    """
    database = open_database(url, Cipher(key or bytes(KEY_BYTES)))
    try:
        async with database.reader() as session:
            if not await is_right_key(session):
                missing = "it is missing, and" if key is None else "it holds another key:"
                raise TroubleError(f"SECRET_KEY_FILE: {missing} the database's words cannot be read")
    except sqlalchemy.exc.DBAPIError:
        return
    finally:
        await database.close()


async def _ask(url: URL) -> None:
    engine = create_async_engine(url, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
            if is_sqlite(url):
                await connection.execute(text("PRAGMA schema_version"))  # reads the file's first page
    except (OSError, sqlalchemy.exc.DBAPIError):
        raise TroubleError("DATABASE_URL: the database cannot be opened") from None
    finally:
        await engine.dispose()


def _key(path: Path) -> bytes | None:
    """None: there is no file yet. Raises TroubleError for one that cannot be used."""
    if _is_new(path, "SECRET_KEY_FILE"):
        return None
    try:
        return load_key(path)
    except KeyFileError as error:
        raise TroubleError(f"SECRET_KEY_FILE: {error}") from None


def _is_new(path: Path, setting: str) -> bool:
    """Whether the file does not exist yet. Raises TroubleError if it could not be created."""
    if path.exists():
        return False
    if not os.access(_nearest(path), os.W_OK):
        raise TroubleError(f"{setting}: the file cannot be made there")
    return True


def _nearest(path: Path) -> Path:
    """The nearest folder above `path` that exists."""
    return next(folder for folder in path.resolve().parents if folder.exists())


async def _telegram(settings: Settings) -> str:
    if not settings.token:
        return "ok, no BOT_TOKEN: the built-in stage"
    bot = client.make(settings)
    try:
        async with asyncio.timeout(_ANSWER_WITHIN):
            await bot.initialize()
            return f"ok, @{bot.username}"
    except TelegramError as error:
        if isinstance(classify(error), RefusedToken):
            raise TroubleError("BOT_TOKEN: Telegram refuses this token") from None
        raise TroubleError(f"TELEGRAM_API_URL: not reachable ({reason_of(error)})") from None
    except TimeoutError:
        raise TroubleError("TELEGRAM_API_URL: no answer") from None
    finally:
        await bot.shutdown()

"""`python -m bot backup FILE` and `restore FILE`: a line each about what was done, or why not."""

import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from actions.rights.replaying import Replayed, replay
from bot import logs
from bot.app import operator_of
from bot.clock import MachineClock
from bot.ending import CannotGoOn, Code, cannot_use_journal, database_in_use, database_trouble, wrong_key
from bot.settings import Settings, WrongSettingError, load
from db.backup import back_up, restore
from db.backup_file import BackupError, BackupReader, OtherKeyError
from db.cipher import Cipher, KeyFileError, load_key
from db.journal import Journal, JournalError, keep_journal
from db.keys import check_key
from db.lock import InUse, hold
from db.migrate import RefusedUpgradeError
from db.session import TROUBLE, open_database, rewrite

_REPLACE, _WITHOUT_JOURNAL = "--replace", "--without-journal"


def run_backup(arguments: Sequence[str]) -> int:
    """`FILE [--replace]`: write a backup of the database, beside a running bot, and return the exit code."""
    return _run(arguments, _REPLACE, _back_up)


def run_restore(arguments: Sequence[str]) -> int:
    """`FILE [--without-journal]`: replace all that the database holds with a backup, and return the exit code."""
    return _run(arguments, _WITHOUT_JOURNAL, _restore)


def _run(arguments: Sequence[str], flag: str, job: Callable[[Settings, Path, bool], str]) -> int:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(Code.FAILED))
    path = Path(next(each for each in arguments if each != flag))
    try:
        settings = load()
        logs.set_up("ERROR", settings.secrets)
        said = _told(job, settings, path, flag in arguments)
    except WrongSettingError as error:
        return _end(Code.WRONG_SETTING, str(error))
    except CannotGoOn as end:
        return _end(end.code, end.line)
    sys.stdout.write(f"{said}\n")
    return Code.OK


def _told(job: Callable[[Settings, Path, bool], str], settings: Settings, path: Path, flag: bool) -> str:
    """What the job has to tell. Raises CannotGoOn for whatever kept it from its work."""
    try:
        return job(settings, path, flag)
    except BackupError as error:
        raise CannotGoOn(Code.FAILED, f"{path.name}: {error}") from None
    except KeyFileError as error:
        raise wrong_key(error) from None
    except JournalError as error:
        raise cannot_use_journal(error) from None
    except (OSError, RefusedUpgradeError, *TROUBLE) as error:
        if isinstance(error, OSError) and error.filename is not None:
            raise CannotGoOn(Code.FAILED, f"{path.name}: {error.strerror}") from None
        raise database_trouble(error) from None


def _end(code: Code, line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return code


def _key(settings: Settings) -> bytes:
    key = load_key(settings.secret_key_file)
    if key is None:
        raise KeyFileError("it is missing")
    return key


def _back_up(settings: Settings, path: Path, replaces: bool) -> str:
    cipher, now = Cipher(_key(settings)), MachineClock().now()
    Journal(settings.journal_file, cipher).begin(now)  # what is backed up now can be restored
    manifest = back_up(settings.database_url, path, cipher, now, replace=replaces)
    return f"backup: {manifest.rows} rows of {len(manifest.tables)} tables, written and looked at"


def _restore(settings: Settings, path: Path, without_journal: bool) -> str:
    cipher, now = Cipher(_key(settings)), MachineClock().now()
    try:
        backup = BackupReader(path, cipher)
    except OtherKeyError as error:
        raise KeyFileError(str(error)) from None
    with backup:
        journal = _journal(settings, cipher, now, backup.manifest.made_at, optional=without_journal)
        replayed = asyncio.run(_restored(settings, backup, cipher, journal, now))
    return (
        f"restored: {backup.manifest.rows} rows; erased again: {replayed.erased} people, "
        f"taken back again: consents of {replayed.withdrawn}"
    )


def _journal(
    settings: Settings, cipher: Cipher, now: datetime, made_at: datetime, *, optional: bool
) -> Journal:
    """The journal, if it reaches back to the backup. Raises BackupError otherwise, unless that is `optional`."""
    journal = Journal(settings.journal_file, cipher)
    journal.begin(now)
    if journal.read().since > made_at and not optional:
        raise BackupError(
            f"is older than the journal of erasures reaches back; {_WITHOUT_JOURNAL} restores it all the same, "
            "with whoever was erased since"
        )
    return journal


async def _restored(
    settings: Settings, backup: BackupReader, cipher: Cipher, journal: Journal, now: datetime
) -> Replayed:
    try:
        async with hold(settings.database_url):
            await asyncio.to_thread(restore, settings.database_url, backup)
            database = open_database(settings.database_url, cipher)
            keep_journal(database, journal)
            try:
                await check_key(database)
                replayed = await replay(database, journal, now, operator_of(settings, username=""))
                await rewrite(database)  # nothing of what was there before is left in the file
            finally:
                await database.close()
    except InUse:
        raise database_in_use() from None
    return replayed

"""`python -m bot restore FILE`: the database as it was, but for whoever was erased since."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from actions.rights.replaying import Replayed, replay
from bot.app import operator_of
from bot.backups import key_of, run
from bot.clock import MachineClock
from bot.ending import database_in_use
from bot.settings import Settings
from db.backup import restore
from db.backup_file import BackupError, BackupReader, OtherKeyError
from db.cipher import Cipher, KeyFileError
from db.journal import Journal, keep_journal
from db.keys import check_key
from db.lock import InUse, hold
from db.session import open_database, rewrite

_WITHOUT_JOURNAL = "--without-journal"


def run_restore(arguments: Sequence[str]) -> int:
    """`FILE [--without-journal]`: replace all that the database holds with a backup, and return the exit code."""
    return run(arguments, _WITHOUT_JOURNAL, _restore)


def _restore(settings: Settings, path: Path, without_journal: bool) -> str:
    cipher, now = Cipher(key_of(settings)), MachineClock().now()
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

"""`python -m bot backup FILE`, and how it and `restore` tell in one line what was done, or why not."""

import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import logs
from bot.clock import MachineClock
from bot.ending import CannotGoOn, Code, cannot_use_journal, database_trouble, wrong_key
from bot.settings import Settings, WrongSettingError, load
from db.backup import back_up
from db.backup_file import BackupError
from db.cipher import Cipher, KeyFileError, load_key
from db.journal import Journal, JournalError
from db.migrate import RefusedUpgradeError
from db.session import TROUBLE

_REPLACE = "--replace"

Job = Callable[[Settings, Path, bool], str]


def run_backup(arguments: Sequence[str]) -> int:
    """`FILE [--replace]`: write a backup of the database, beside a running bot, and return the exit code."""
    return run(arguments, _REPLACE, _back_up)


def run(arguments: Sequence[str], flag: str, job: Job) -> int:
    """Do the job for the file that the arguments name; it is told whether the flag is set. Returns the exit code."""
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


def _told(job: Job, settings: Settings, path: Path, flag: bool) -> str:
    """What the job has to tell. Raises CannotGoOn for whatever kept it from its work."""
    try:
        return job(settings, path, flag)
    except BackupError as error:
        raise CannotGoOn(Code.FAILED, f"{path.name}: {error}") from None
    except KeyFileError as error:
        raise wrong_key(error) from None
    except JournalError as error:
        raise cannot_use_journal(error) from None
    except OSError as error:
        raise CannotGoOn(Code.FAILED, f"{Path(error.filename or path).name}: {error.strerror}") from None
    except (RefusedUpgradeError, *TROUBLE) as error:
        raise database_trouble(error) from None


def _end(code: Code, line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return code


def key_of(settings: Settings) -> bytes:
    """Raises KeyFileError without one."""
    key = load_key(settings.secret_key_file)
    if key is None:
        raise KeyFileError("it is missing")
    return key


def _back_up(settings: Settings, path: Path, replaces: bool) -> str:
    cipher, now = Cipher(key_of(settings)), MachineClock().now()
    Journal(settings.journal_file, cipher).begin(now)  # what is backed up now can be restored
    manifest = back_up(settings.database_url, path, cipher, now, replace=replaces)
    return f"backup: {manifest.rows} rows of {len(manifest.tables)} tables, written and looked at"

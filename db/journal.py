"""The journal of erasures: a file outside the database with what must not come back when a backup is restored.

It names rows, and nobody can tell which without the key. A line is on the disk before its transaction commits: if that
fails, the line asks for what was about to happen anyway. A row is named by its number and the instant of its making, so
that whoever comes back after an erasure is somebody else.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, SessionTransaction

from db.cipher import Cipher
from db.session import BotSession, Database, give

_JOURNAL, _NOTED = "journal", "journal_noted"  # in a session's `info`
_NAME_BYTES = 20


class JournalError(Exception):
    """The journal cannot be used; the text says why, in one line."""


class Ended(StrEnum):
    """What ended for good."""

    PERSON = "person"  # erased
    CONSENT = "consent"  # taken back
    GRANT = "grant"  # of a role on the team, taken away


@dataclass(frozen=True)
class JournalEntries:
    """What the journal says. `since`: it is complete from then on. `rows`: when each row ended, by its name."""

    since: datetime
    rows: dict[str, datetime]
    unreadable: int = 0  # lines; a line that was cut off was never followed by its commit


class Journal:
    """Appends are safe from several processes that share the file, and files of several machines may be joined."""

    def __init__(self, path: Path, cipher: Cipher) -> None:
        self._path = path
        self._cipher = cipher

    def name(self, what: Ended, number: int, made_at: datetime) -> str:
        """The name of a row: the same each time, and of no other row."""
        row = f"{what}\0{number}\0{made_at.astimezone(UTC).isoformat()}"
        return self._cipher.derived("journal", row.encode())[:_NAME_BYTES].hex()

    def begin(self, now: datetime) -> None:
        """Make the file if it is missing. Raises JournalError if it cannot be used, or belongs to another key."""
        try:
            with self._alone():
                if not self._path.exists():
                    self._replace([self._head(now)])
        except OSError as error:
            raise JournalError(f"cannot make it: {error.strerror}") from error
        self.read()

    def append(self, lines: Iterable[dict[str, str]]) -> None:
        """On the disk when it returns. Raises OSError."""
        content = b"".join(map(_line, lines))
        with self._alone():
            descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND)
            try:
                if not _ends_with_line(descriptor):
                    content = b"\n" + content
                while content:
                    content = content[os.write(descriptor, content) :]
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def read(self) -> JournalEntries:
        """Raises JournalError if it cannot be read, or belongs to another key."""
        try:
            found = list(self._lines())
        except OSError as error:
            raise JournalError(f"cannot read it: {error.strerror}") from error
        heads = [each for each in found if each is not None and "since" in each]
        if not heads:
            raise JournalError("it is no journal of erasures")
        if any(each["key"] != self._key for each in heads):
            raise JournalError("it was written with another key")
        return JournalEntries(
            max(_instant(each["since"]) for each in heads),
            {each["row"]: _instant(each["at"]) for each in found if each is not None and "row" in each},
            sum(each is None for each in found),
        )

    def prune(self, before: datetime) -> None:
        """Drop what ended before that: it protects only from backups that are kept no longer. Raises OSError and
        JournalError.
        """
        entries = self.read()
        kept = [_entry(name, at) for name, at in entries.rows.items() if at >= before]
        if len(kept) == len(entries.rows):
            return
        with self._alone():
            entries = self.read()
            kept = [_entry(name, at) for name, at in entries.rows.items() if at >= before]
            self._replace([self._head(max(entries.since, before)), *kept])

    @property
    def _key(self) -> str:
        return self._cipher.derived("journal", b"")[:_NAME_BYTES].hex()

    def _head(self, since: datetime) -> dict[str, str]:
        return {"since": _said(since), "key": self._key}

    def _lines(self) -> Iterator[dict[str, str] | None]:
        """Each line, None for one that is cut off or damaged."""
        for line in self._path.read_bytes().splitlines():
            if line:
                yield _parsed(line)

    def _replace(self, lines: Sequence[dict[str, str]]) -> None:
        """Replace the whole file: whatever happens, it is there as it was, or as it is to be."""
        beside = self._path.with_name(f"{self._path.name}.new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(map(_line, lines))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        sync_folder(self._path.parent)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Let what was renamed in it survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _instant(said: str) -> datetime:
    return datetime.fromisoformat(said)


def _entry(name: str, at: datetime) -> dict[str, str]:
    return {"row": name, "at": _said(at)}


def _line(entry: dict[str, str]) -> bytes:
    return json.dumps(entry, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes) -> dict[str, str] | None:
    try:
        found = json.loads(line)
        _instant(found["since"] if "since" in found else found["at"])
    except (ValueError, KeyError, TypeError):
        return None
    names = {"since", "key"} if "since" in found else {"row", "at"}
    return found if names <= found.keys() and all(isinstance(found[each], str) for each in names) else None


def _ends_with_line(descriptor: int) -> bool:
    end = os.lseek(descriptor, 0, os.SEEK_END)
    return end == 0 or os.pread(descriptor, 1, end - 1) == b"\n"


# --- what a transaction ends


@dataclass(frozen=True)
class _Noted:
    """A line that waits for the commit. `within`: the savepoints, and the transaction, with which it would go."""

    line: dict[str, str]
    within: Sequence[SessionTransaction]


def keep_journal(database: Database, journal: Journal) -> None:
    """From now on, what writing sessions note is in the journal before they commit."""
    give(database, _JOURNAL, journal)


def note(session: AsyncSession, what: Ended, number: int, made_at: datetime, at: datetime) -> None:
    """This row ends for good at this moment, if the transaction commits. Without a journal, nothing is noted."""
    journal: Journal | None = session.info.get(_JOURNAL)
    if journal is not None:
        line = _entry(journal.name(what, number, made_at), at)
        inner = session.sync_session.get_nested_transaction() or session.sync_session.get_transaction()
        session.info.setdefault(_NOTED, []).append(_Noted(line, tuple(_and_around(inner))))


@event.listens_for(BotSession, "before_commit")
def _write(session: Session) -> None:
    if session.in_nested_transaction():
        return
    noted: list[_Noted] = session.info.pop(_NOTED, [])
    if noted:
        try:
            session.info[_JOURNAL].append([each.line for each in noted])
        except OSError as error:
            raise OperationalError(None, None, error, hide_parameters=True) from error


@event.listens_for(BotSession, "after_soft_rollback")
def _drop(session: Session, ended: SessionTransaction) -> None:
    noted: list[_Noted] = session.info.get(_NOTED, [])
    noted[:] = [each for each in noted if ended not in each.within]


def _and_around(transaction: SessionTransaction | None) -> Iterator[SessionTransaction]:
    while transaction is not None:
        yield transaction
        transaction = transaction.parent

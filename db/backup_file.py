"""The file that a backup is: a zip with the rows of each table as lines of JSON, and a manifest, sealed with the key.

It is the same for both databases. Words stay as encrypted as they are in the database, and the key is not in it.
"""

import hashlib
import hmac
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

from db.cipher import Cipher

_FORMAT = 1
_MANIFEST, _SEAL = "manifest.json", "seal"
# What is raised by reading a file that is not a backup, or is damaged.
_DAMAGE = (zipfile.BadZipFile, zlib.error, ValueError, LookupError, TypeError, EOFError, RuntimeError)


class BackupError(Exception):
    """The file cannot be used; the text says why, in one line."""


class OtherKeyError(BackupError):
    """The backup was made with another key."""


@dataclass(frozen=True)
class TableInBackup:
    """`given_out`: the highest id that the table has given out, None if it gives out none. `rows`, `sha256`: of its
    lines, each a row with its values in the order of `columns`.
    """

    columns: list[str]
    rows: int
    sha256: str
    given_out: int | None


@dataclass(frozen=True)
class Manifest:
    """`revision`: of the tables. `made_at`: no change before that is missing."""

    made_at: datetime
    revision: str
    tables: dict[str, TableInBackup]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


class BackupWriter:
    """Writes one; it is whole once it was sealed and this context is left."""

    def __init__(self, file: IO[bytes], cipher: Cipher) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._cipher = cipher

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._zip.close()

    def add(
        self, table: str, columns: list[str], rows: Iterable[list[Any]], given_out: int | None
    ) -> TableInBackup:
        """Write a table's rows, of JSON's own types."""
        digest, number = hashlib.sha256(), 0
        with self._zip.open(_member(table), "w", force_zip64=True) as member:
            for row in rows:
                line = json.dumps(row, separators=(",", ":"), allow_nan=False).encode() + b"\n"
                digest.update(line)
                member.write(line)
                number += 1
        return TableInBackup(columns, number, digest.hexdigest(), given_out)

    def seal(self, manifest: Manifest) -> None:
        content = json.dumps(
            {
                "format": _FORMAT,
                "key": _key(self._cipher),
                "made_at": manifest.made_at.isoformat(),
                "revision": manifest.revision,
                "tables": {name: asdict(table) for name, table in manifest.tables.items()},
            },
            indent=1,
        ).encode()
        self._zip.writestr(_MANIFEST, content)
        self._zip.writestr(_SEAL, _seal(self._cipher, content))


class BackupReader:
    """Reads one."""

    def __init__(self, path: Path, cipher: Cipher) -> None:
        """Raises BackupError for a file that is no backup or is damaged, and OtherKeyError for one of another key."""
        with ExitStack() as stack:
            try:
                self._zip = stack.enter_context(zipfile.ZipFile(path))
                self.manifest = self._manifest(cipher)
            except OSError as error:
                raise BackupError(f"cannot be read ({error.strerror or type(error).__name__})") from None
            except _DAMAGE:
                raise BackupError("is no backup, or a damaged one") from None
            stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._zip.close()

    def verify(self) -> None:
        """Read all of it once. Raises BackupError unless every table is as it was written."""
        for name in self.manifest.tables:
            for _ in self.rows(name):
                pass

    def rows(self, name: str) -> Iterator[list[Any]]:
        """The rows of a table. Raises BackupError, at the latest after the last one, if they are not as written."""
        table = self.manifest.tables[name]
        digest, number = hashlib.sha256(), 0
        try:
            with self._zip.open(_member(name)) as member:
                for line in member:
                    digest.update(line)
                    number += 1
                    yield json.loads(line)
        except (OSError, *_DAMAGE):
            raise BackupError(f"is damaged: the rows of {name} cannot be read") from None
        if (number, digest.hexdigest()) != (table.rows, table.sha256):
            raise BackupError(f"is damaged: the rows of {name} are not those that were written")

    def _manifest(self, cipher: Cipher) -> Manifest:
        content = self._zip.read(_MANIFEST)
        said = json.loads(content)
        if said["format"] != _FORMAT:
            raise BackupError("was made by a newer version")
        if said["key"] != _key(cipher):
            raise OtherKeyError("it holds another key than the one that this backup was made with")
        if not hmac.compare_digest(self._zip.read(_SEAL), _seal(cipher, content)):
            raise BackupError("is damaged: its manifest is not the one that was written")
        tables = {name: TableInBackup(**table) for name, table in said["tables"].items()}
        return Manifest(datetime.fromisoformat(said["made_at"]), said["revision"], tables)


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _key(cipher: Cipher) -> str:
    return cipher.derived("backup", b"key")[:8].hex()


def _seal(cipher: Cipher, content: bytes) -> bytes:
    return cipher.derived("backup manifest", content).hex().encode()

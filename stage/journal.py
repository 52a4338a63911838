"""What the stage remembers on disk: a line for each change of a record, of which the last one counts."""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

Sections = dict[str, dict[str, Any]]


class Journal:
    """Records by section and key, appended to a file before the request that changed them is answered.

    A killed stage therefore forgets nothing it has answered; `load` rewrites the file without superseded
    lines. Without a folder nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "ledger.jsonl" if folder else None
        self._changed: dict[tuple[str, str], Any] = {}
        self._file = None if self._path is None else self._open(self._path)

    @staticmethod
    def _open(path: Path) -> int:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def load(self) -> Sections:
        """Read all records by section and compact the file. A line torn by a power cut is dropped."""
        if self._path is None:
            return {}
        sections: Sections = {}
        with self._path.open(encoding="utf-8") as lines:
            for line in lines:
                with contextlib.suppress(json.JSONDecodeError):
                    _apply(sections, *json.loads(line))
        self._compact(sections)
        return sections

    def _compact(self, sections: Sections) -> None:
        assert self._path is not None
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as out:
            for section, records in sections.items():
                out.writelines(_line(section, key, value) for key, value in records.items())
        fresh.chmod(0o600)
        fresh.replace(self._path)
        if self._file is not None:
            os.close(self._file)
        self._file = self._open(self._path)

    def put(self, section: str, key: object, value: Any) -> None:
        """Note that a record has changed (None: has been removed); `flush` writes it as it is by then."""
        if self._file is not None:
            self._changed[section, str(key)] = value

    def flush(self) -> None:
        """Write what has changed since the last flush."""
        if self._file is None or not self._changed:
            return
        lines = [_line(section, key, value) for (section, key), value in self._changed.items()]
        self._changed.clear()
        data = "".join(lines).encode()
        while data:
            data = data[os.write(self._file, data) :]

    def close(self) -> None:
        self.flush()
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _line(section: str, key: str, value: Any) -> str:
    return json.dumps([section, key, value], separators=(",", ":")) + "\n"


def _apply(sections: Sections, section: str, key: str, value: Any) -> None:
    records = sections.setdefault(section, {})
    if value is None:
        records.pop(key, None)
    else:
        records[key] = value

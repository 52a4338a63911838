"""Files sent in either direction: their bytes by id, and the size of pictures."""

import hashlib
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from stage.errors import Json, bad
from stage.journal import Journal

MAX_UPLOAD = 50 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20


@dataclass(frozen=True)
class Upload:
    """A file part of a request."""

    name: str
    mime: str
    data: bytes


class Files:
    def __init__(self, folder: Path | None, journal: Journal) -> None:
        self._folder = folder / "files" if folder else None
        self._journal = journal
        self._data: dict[str, bytes] = {}
        self._about: dict[str, Json] = {}

    def restore(self, records: dict[str, Json]) -> None:
        self._about = dict(records)

    def add(self, upload: Upload, kind: str) -> Json:
        """Store a file and return its record: file_id, file_unique_id, file_path, name, mime, size, kind."""
        digest = hashlib.sha256(upload.data).hexdigest()
        number = len(self._about) + 1
        file_id = f"stage-{kind}-{number}-{digest[:12]}"
        about = {
            "file_id": file_id,
            "file_unique_id": digest[:20],
            "file_path": f"{kind}s/file_{number}{_suffix(upload.name)}",
            "name": upload.name,
            "mime": upload.mime,
            "size": len(upload.data),
            "kind": kind,
            "sha256": digest,
        }
        self._keep(digest, upload.data)
        self._about[file_id] = about
        self._journal.put("file", file_id, about)
        return about

    def _keep(self, digest: str, data: bytes) -> None:
        if self._folder is None:
            self._data[digest] = data
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / digest
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.write_bytes(data)
            fresh.replace(path)

    def about(self, file_id: str) -> Json | None:
        return self._about.get(file_id)

    def by_path(self, path: str) -> Json | None:
        return next((each for each in self._about.values() if each["file_path"] == path), None)

    def data(self, about: Json) -> bytes:
        digest = about["sha256"]
        return self._data[digest] if self._folder is None else (self._folder / digest).read_bytes()

    def forget(self) -> None:
        for file_id in self._about:
            self._journal.put("file", file_id, None)
        if self._folder is not None:
            for digest in {about["sha256"] for about in self._about.values()}:
                (self._folder / digest).unlink(missing_ok=True)
        self._about.clear()
        self._data.clear()


def _suffix(name: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    return found[0] if found else ""


def measured(data: bytes) -> tuple[int, int]:
    """Width and height of a picture; raises the 400 for one that Telegram would not take as a photo."""
    if len(data) > MAX_PHOTO:
        raise bad(
            "file of size "
            + str(len(data))
            + " bytes is too big for a photo; the maximum size is 10485760 bytes"
        )
    size = dimensions(data)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    if sum(size) > MAX_SIDES or max(size) > MAX_RATIO * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return size


def photo_size(about: Json, data: bytes) -> Json:
    """Telegram's PhotoSize of a stored picture."""
    width, height = measured(data)
    return {**_file(about), "width": width, "height": height}


def document(about: Json) -> Json:
    return {**_file(about), "file_name": about["name"], "mime_type": about["mime"]}


def voice(about: Json, duration: int) -> Json:
    return {**_file(about), "duration": duration, "mime_type": about["mime"]}


def video(about: Json) -> Json:
    return {**_file(about), "width": 16, "height": 9, "duration": 1, "mime_type": about["mime"]}


def _file(about: Json) -> Json:
    return {
        "file_id": about["file_id"],
        "file_unique_id": about["file_unique_id"],
        "file_size": about["size"],
    }


def dimensions(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP (lossy or lossless), None for anything else."""
    size: tuple[int, int] | None = None
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:  # noqa: PLR2004 - signature and header
        size = struct.unpack(">II", data[16:24])
    elif data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:  # noqa: PLR2004
        size = struct.unpack("<HH", data[6:10])
    elif data[:2] == b"\xff\xd8":
        size = _jpeg(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        size = _webp(data)
    return size if size and min(size) > 0 else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every segment begins with it
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004 - start of frame
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 30:  # noqa: PLR2004 - the shortest header of the three
        return None
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF

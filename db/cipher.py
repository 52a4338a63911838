"""The key that people's words are encrypted with, and the file it lives in."""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import stat
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12
_ID_BYTES = 4
# The first byte of every stored value says how it was encrypted; it is authenticated too.
_UNPLACED = b"\x01"  # version 0.1.0: any key, any place
_PLACED = b"\x02"  # followed by the key's id; bound to the table and column that the value is in


class KeyFileError(Exception):
    """The key file cannot be used. The text says why, and holds nothing of the key."""


class UndecipherableError(Exception):
    """Stored bytes that were altered, moved to another column, or written with another key."""


class Cipher:
    """AES-256-GCM with a random nonce for every value. Each value names its key and holds only where it was written.

    `place` is the table and column, as `persons.name`.
    """

    def __init__(self, key: bytes) -> None:
        """Raises ValueError unless the key has 32 bytes."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._aead = AESGCM(key)
        self._seed = hashlib.sha256(b"mutmacher codes" + key).digest()
        self._head = _PLACED + hashlib.sha256(b"mutmacher key id" + key).digest()[:_ID_BYTES]
        self._bound_to = cache(lambda place: self._head + place.encode())  # there are as many as columns

    def encrypt(self, plain: bytes, place: str) -> bytes:
        """The value to store: version byte, key id, nonce, ciphertext with its tag."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._head + nonce + self._aead.encrypt(nonce, plain, self._head + place.encode())

    def derived(self, purpose: str, of: bytes) -> bytes:
        """32 bytes that nobody can tell without the key, always the same for the same purpose and bytes."""
        return hmac.digest(self._seed, purpose.encode() + b"\0" + of, "sha256")

    def decrypt(self, stored: bytes, place: str) -> bytes:
        """The plain bytes of a stored value. Raises UndecipherableError for anything this key did not encrypt there."""
        if stored.startswith(self._head):
            return self._opened(stored[len(self._head) :], self._bound_to(place))
        if stored.startswith(_UNPLACED):
            return self._opened(stored[1:], _UNPLACED)
        if stored.startswith(_PLACED):
            raise UndecipherableError("written with another key")
        raise UndecipherableError("stored with an unknown procedure")

    def _opened(self, sealed: bytes, bound_to: bytes) -> bytes:
        try:
            return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
        except (InvalidTag, ValueError) as error:
            raise UndecipherableError("altered, moved, or written with another key") from error


def load_key(path: Path) -> bytes | None:
    """The key in the file; None if there is no file. Raises KeyFileError as `load_or_create_key` does."""
    try:
        return _load(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyFileError(f"cannot read it: {error.strerror}") from error


def load_or_create_key(path: Path) -> bytes:
    """The key in the file, which is created if it is missing, readable by its owner only. Only for a database that
    holds no words yet: a new key beside old words would make them unreadable.

    Raises KeyFileError if others may access the file, if it holds no key, or if it cannot be read or created.
    Processes that start at the same time get the same key.
    """
    if (key := load_key(path)) is not None:
        return key
    _create(path)
    return _load(path)


def _load(path: Path) -> bytes:
    with path.open("rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise KeyFileError(f"others may access it (mode {mode:03o}); set it to 600")
        return _parse(file.read(1024))


def _parse(content: bytes) -> bytes:
    try:
        key = base64.b64decode(content.removesuffix(b"\n"), validate=True)
    except binascii.Error as error:
        raise KeyFileError("it does not hold one line of base64") from error
    if len(key) != KEY_BYTES:
        raise KeyFileError(f"it does not hold {KEY_BYTES} bytes in base64")
    return key


def _create(path: Path) -> None:
    """Write a second file, then link it: the key file is there whole or not at all, and is never replaced."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(beside, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
        try:
            os.link(beside, path)
        except FileExistsError:
            return  # another process was quicker, and its key counts
        finally:
            beside.unlink()
        _sync_folder(path.parent)
    except OSError as error:
        raise KeyFileError(f"cannot make it: {error.strerror}") from error


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

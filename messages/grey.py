"""A plain grey picture: it takes the place of a photo whose giver was erased."""

import struct
import zlib

_SIDE = 64  # pixels
_TONE = b"\xc8"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


GREY = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress((b"\0" + _TONE * _SIDE) * _SIDE))
    + _chunk(b"IEND", b"")
)
"""A PNG."""

"""The version of what was shown, which the button of a decision carries: it counts only for that."""

from zlib import crc32

_DIGITS = 10**9  # as many as the argument of a button may have


def version_of(*shown: object) -> int:
    """A number of at most nine digits, the same for the same values."""
    return crc32(repr(shown).encode()) % _DIGITS


def spelled_of(*shown: object) -> str:
    """The same as eight digits in base 16, for a button that carries text."""
    return f"{crc32(repr(shown).encode()):08x}"

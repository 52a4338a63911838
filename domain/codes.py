"""Codes in links: a workshop's is short enough to be read out in a noisy hall; all are forgiving when typed."""

import re
from random import Random

LENGTH = 6
"""How many characters a workshop's code has."""
HANDSHAKE_LENGTH = 10
"""How many a handshake's code has, which is never read out: 50 bits that nobody guesses."""
PERSONAL_LENGTH = 10
"""How many a personal code has, which may be typed from a letter: 50 bits."""
SELECTOR_LENGTH = 3
"""How many of its first characters are stored as they are, to find it by."""

# Crockford: no I, L, O (read as 1, 1, 0) and no U (fewer words by accident). 32**6 is a thousand million.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_LOOKALIKES = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015_]+")
_CODE = re.compile(f"[{ALPHABET}]+")


def new_code(random: Random, length: int = LENGTH) -> str:
    """So many random characters. Pass SystemRandom if the code must not be guessed."""
    return "".join(random.choices(ALPHABET, k=length))


def code_from(bits: bytes, length: int) -> str:
    """The code that these random bytes spell, five bits a character. Raises ValueError for too few of them."""
    if len(bits) * 8 < length * 5:
        raise ValueError("too few bits for such a code")
    number = int.from_bytes(bits, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))


def looks_like_code(text: str) -> bool:
    """Whether it may be meant as a code, even a mistyped one: a readable code, or a short word with a digit."""
    typed = _BETWEEN.sub("", text)
    return read_code(text) is not None or (
        len(typed) <= LENGTH + 2 and typed.isalnum() and any(map(str.isdigit, typed))
    )


def read_code(text: str, length: int = LENGTH) -> str | None:
    """The code as `new_code` writes it, None unless the text is a code of this length and nothing else.

    Case, blanks and hyphens do not matter; O counts as 0, I and L as 1.
    """
    typed = _BETWEEN.sub("", text)
    if not typed.isascii():
        return None  # upper() would turn some letters into two
    code = typed.upper().translate(_LOOKALIKES)
    return code if len(code) == length and _CODE.fullmatch(code) else None

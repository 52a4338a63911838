"""Taking a name out of words."""

import re

BLOCK = "█"
_PART = 3  # letters: shorter parts of a name are words
_PARTICLES = frozenset("von vom van den der des die del della dos auf aus zum zur und".split())  # noqa: SIM905


def blocked(words: str, name: str) -> str:
    """The words with a block instead of the full name, and of each part of it that is a name of its own.

    A genitive's s is blocked with it.
    """
    for part in sorted({name, *re.split(r"[\s-]+", name)}, key=len, reverse=True):
        if len(part) >= _PART and part.casefold() not in _PARTICLES:
            found = rf"(?<!\w){re.escape(part)}(?:['’]?s)?(?!\w)"
            words = re.sub(found, BLOCK, words, flags=re.IGNORECASE)
    return words

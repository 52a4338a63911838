"""Look-alikes: names that the eye takes for each other."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from domain.names.spelling import TITLES, folded, words_of

_CONFUSABLES = Path(__file__).with_name("confusables.tsv")
# Alike in most typefaces, whatever the alphabet.
_ALIKE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"))


def looks_like(name: str, other: str) -> bool:
    """Whether people may take one name for the other.

    Letters of other alphabets and digits count as the Latin letters that they look like; marks, signs, capitals, titles
    and the spelling of umlauts do not count. A name looks like itself; a name without letters looks like nothing.
    """
    return not look_alike_keys(name).isdisjoint(look_alike_keys(other))


def skeletons(text: str) -> tuple[list[str], ...]:
    """The words as the eye takes them, in both spellings of umlauts. They are for comparing, not for showing."""
    latin = unicodedata.normalize("NFC", _without_invisible(text).translate(_confusables()))
    return tuple([_skeleton(word) for word in words_of(spelled)] for spelled in folded(latin))


@lru_cache(maxsize=1)
def _confusables() -> Mapping[int, str]:
    lines = _CONFUSABLES.read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {ord(char): latin for latin, others in rows for char in others}


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(_skeleton(title) for title in TITLES)


def look_alike_keys(name: str) -> set[str]:
    """Names that look alike have one of these in common."""
    keys = set()
    for skeleton in skeletons(name):
        words = [word for word in skeleton if word not in _titles()] or skeleton
        keys |= {"".join(words), "".join(sorted(words))}
    return keys - {""}


def _skeleton(word: str) -> str:
    for one, other in _ALIKE:
        word = word.replace(one, other)
    return word


def _without_invisible(text: str) -> str:
    # Decomposed, so that a Cyrillic letter with a mark is known, too.
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Cf")

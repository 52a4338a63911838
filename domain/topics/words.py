"""Makes words comparable, whatever a phone's keyboard has made of them."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from domain.topics.carriers import CARRIERS

SAME_WORDS = 85.0
"""The token_set_ratio from which two people's own words count as the same subject."""

_GENDERED = (
    # Bürger:innenräte, Lehrer/-innenzimmer, Schüler(innen)rat: the sign is in the middle of a compound
    (re.compile(r"(?<=[a-zäöüß])(?:(?:[:*_·•’']|/-?)innen|\(-?innen\))(?=[a-zäöüß])"), ""),
    # Bürger:innen, Lehrer/-innen, Schüler*in, Kolleg(innen)
    (re.compile(r"(?<=[a-zäöüß])(?:[:*_·•’']|/-?|\(-?)[iI]n(?:nen)?\)?(?![a-zäöüß])"), ""),
    (re.compile(r"(?<=[a-zäöüß])Innen(?=[a-zäöüß]|\b)"), ""),  # SchülerInnen, BürgerInnenrat
    (re.compile(r"(?<=[a-zäöüß])[:*_/]r\b"), "r"),  # Jugendliche:r
    (re.compile(r"(?<=[a-zäöüß])[:*_/]n\b"), "n"),
)
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
_VOWEL_PAIRS = re.compile(r"ae|oe|ue")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_ENDINGS = ("innen", "ern", "en", "er", "em", "es", "e", "s", "n")
_SHORTEST_STEM = 3
_LONGEST_UNTOUCHED = 4


def without_gender(text: str) -> str:
    """Turn `Bürger:innen`, `Lehrer/-innen`, `SchülerInnen` into the plain form that the aliases use."""
    for pattern, ending in _GENDERED:
        text = pattern.sub(ending, text)
    return text


def fold(text: str) -> str:
    """Fold to lower-case ASCII words. `ä`, `ae` and `a` become the same letter, since phones write all three."""
    text = without_gender(unicodedata.normalize("NFKC", text)).translate(_SPELLED_OUT).casefold()
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _VOWEL_PAIRS.sub(lambda pair: pair[0][0], _NO_WORD.sub(" ", text)).strip()


def content(text: str) -> list[str]:
    """The folded words without carrier words, unless there are only carrier words."""
    words = fold(text).split()
    return [word for word in words if word not in _FOLDED_CARRIERS] or words


def only_carriers(text: str) -> bool:
    """Whether there are only carrier words, or no words at all."""
    return all(word in _FOLDED_CARRIERS for word in fold(text).split())


def is_carrier(word: str) -> bool:
    return fold(word) in _FOLDED_CARRIERS


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A folded word without its ending. These few lines do as well here as the big stemmers."""
    if len(word) <= _LONGEST_UNTOUCHED:
        return word
    if word.endswith("ies"):  # the English plural: communities, community
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=16384)
def comparable(text: str) -> str:
    """Somebody's own words in the form in which they are compared: folded, without carrier words."""
    return " ".join(content(text))


def same_subject(a: str, b: str) -> bool:
    """Whether two texts, in the form of `comparable`, are about the same thing."""
    return bool(a and b) and fuzz.token_set_ratio(a, b) >= SAME_WORDS


def similar_words(a: str, b: str) -> bool:
    """Whether two people's own words, known to no topic, are about the same thing."""
    return same_subject(comparable(a), comparable(b))


_FOLDED_CARRIERS = frozenset(folded for word in CARRIERS for folded in fold(word).split())

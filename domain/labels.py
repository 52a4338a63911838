"""A button's label, typed instead of tapped: whole or misspelt, or only as much of it as names one button."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import Enum, auto

from rapidfuzz import fuzz

_LIKENESS = 90  # as in the search for places: a slip, not another word
_SHORTEST_MISSPELT = 5
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"} | dict.fromkeys("'’‘´`"))
_SIGNS = re.compile(r"[^a-z0-9,]+")


class Awaited(Enum):
    """What the person is asked for, and so how freely words may be taken for a button."""

    WORDS = auto()  # a name, a sentence: only the whole label is none of them
    NOTHING = auto()
    TAP = auto()


def spelt(text: str) -> str:
    """Small letters without accents and signs."""
    return _without_commas(_spelt(text))


def _spelt(text: str) -> str:
    # A comma stays: what follows it on a label is courtesy.
    composed = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))
    return " ".join(_SIGNS.sub(" ", plain.replace(",", " , ")).split())


def meant(typed: str, labels: Iterable[str], awaited: Awaited) -> str | None:
    """The one label that is meant; None where it is none of them or could be several."""
    said = spelt(typed)
    if not said:
        return None
    spelled = {label: _spelt(label) for label in labels}
    for fits in _WAYS[awaited]:
        found = [label for label, full in spelled.items() if fits(said, full)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def beginnings(label: str) -> set[str]:
    """What somebody types who means this label, as `spelt` gives it: its first word or more."""
    words = spelt(label).split()
    return {" ".join(words[:count]) for count in range(1, len(words) + 1)}


def _without_commas(spelled: str) -> str:
    return " ".join(spelled.replace(",", " ").split())


def _is(said: str, full: str) -> bool:
    return said == _without_commas(full)


def _is_nearly(said: str, full: str) -> bool:
    return len(said) >= _SHORTEST_MISSPELT and fuzz.ratio(said, _without_commas(full)) >= _LIKENESS


def _begins(said: str, full: str) -> bool:
    return f"{_without_commas(full)} ".startswith(f"{said} ")


def _stands_in(said: str, full: str) -> bool:
    return f" {said} " in f" {full.partition(',')[0]} "


# In this order: the first way in which anything fits decides.
_WAYS: dict[Awaited, tuple[Callable[[str, str], bool], ...]] = {
    Awaited.WORDS: (_is, _is_nearly),
    Awaited.NOTHING: (_is, _is_nearly, _begins),
    Awaited.TAP: (_is, _is_nearly, _begins, _stands_in),
}

"""Which button is meant by a label typed instead of tapped: in full, misspelt, or just enough to name one."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import Enum, auto

from rapidfuzz import fuzz

_LIKENESS = 90  # percent, as in the search for places: a typing error, not another word
_SHORTEST_MISSPELT = 5
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"} | dict.fromkeys("'’‘´`"))
_SIGNS = re.compile(r"[^a-z0-9,]+")
# They change nothing about an answer: "es läuft gut", "ich bin schon da, danke".
_FILLERS = frozenset(
    """
    also bitte danke das dann dir es gerade gern gerne gut hallo ich ihnen ja jetzt klar mal ok okay schon all am
    doing going i is it its just now please thank thanks the yes you
    """.split()  # noqa: SIM905 - a list of words reads better
)
# A label may begin with one of these, which nobody has to type: "Mit Ana Keller", "In 2 Wochen".
_LEADING = ("ich", "mit", "in", "im", "with", "it")
_IN_DIGITS = {
    **dict(zip(("eine", "zwei", "drei", "vier", "fuenf", "sechs"), "123456", strict=True)),
    **dict(zip(("one", "two", "three", "four", "five", "six"), "123456", strict=True)),
}
_CLAUSE = re.compile(r"[,.;:!?\n–—]")
_MORE_WORDS = 3  # after a label that is still an answer; more of them tell something else
_DENIALS = frozenset("nicht nichts nix nie kaum kein keine not never no hardly isnt schlecht badly".split())  # noqa: SIM905
_NUMBERED = re.compile(r"^\d+ | \d+$")


class UnclearError(Exception):
    """Words could be several buttons of a question, or one that takes a tap. `question`: the id of its row."""

    def __init__(self, question: int | None) -> None:
        super().__init__(question)
        self.question = question


class Awaited(Enum):
    """What a person is asked for, which decides how freely their words may be taken for a button."""

    WORDS = auto()  # a name, a sentence: only a whole label is surely not one of these
    ANSWER = auto()  # to any other question: also a whole label without its number, or its number alone
    NOTHING = auto()
    TAP = auto()


def spelt(text: str) -> str:
    """The text in lower-case ASCII letters and digits, single spaces between words: "Ä." becomes "ae"."""
    return _without_commas(_spelt(text))


def _spelt(text: str) -> str:
    # Commas and colons stay, as commas: what follows one on a label is only courtesy, or says more.
    composed = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS).replace(":", ",")
    plain = "".join(c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))
    return " ".join(_SIGNS.sub(" ", plain.replace(",", " , ")).split())


def meant(typed: str, labels: Iterable[str], awaited: Awaited) -> list[str]:
    """The label that is meant: none of them, or several that it could be."""
    said = spelt(typed)
    if not said:
        return []
    spelled = {label: _spelt(label) for label in labels}
    each = ([label for label, full in spelled.items() if fits(said, full)] for fits in _WAYS[awaited])
    return next((found for found in each if found), [])


def beginnings(label: str) -> set[str]:
    """What people may type to mean this label, as `spelt` gives it: its first word, or more of them."""
    words = spelt(label).split()
    return {" ".join(words[:count]) for count in range(1, len(words) + 1)}


def begun(typed: str, labels: Iterable[str]) -> str | None:
    """The label that a short first clause begins with ("läuft super!"); None if there is none, or if it is denied or
    asked.
    """
    clause = spelt(_CLAUSE.split(typed.strip(), maxsplit=1)[0])
    if "?" in typed:
        return None
    found = [label for label in labels if f"{clause} ".startswith(f"{spelt(label)} ")]
    label = max(found, key=len, default=None)
    more = clause.removeprefix(spelt(label)).split() if label is not None else []
    return None if len(more) > _MORE_WORDS or _DENIALS.intersection(more) else label


def _without_commas(spelled: str) -> str:
    return " ".join(spelled.replace(",", " ").split())


def _is(said: str, full: str) -> bool:
    return said == _without_commas(full)


def _is_nearly(said: str, full: str) -> bool:
    return len(said) >= _SHORTEST_MISSPELT and fuzz.ratio(said, _without_commas(full)) >= _LIKENESS


def _begins(said: str, full: str) -> bool:
    return f"{_without_commas(full)} ".startswith(f"{said} ")


def _is_part_of(said: str, full: str) -> bool:
    return f" {said} " in f" {full.partition(',')[0]} "


def _is_apart_from_fillers(said: str, full: str) -> bool:
    words = [word for word in said.split() if word not in _FILLERS]
    label = _without_commas(full).split()
    shortened = label[1:] if label[:1] and label[0] in _LEADING else label
    return bool(words) and words in (label, shortened)


def _is_but_for_its_number(said: str, full: str) -> bool:
    bare = _NUMBERED.sub("", _without_commas(full))
    return _is(said, bare) or _is_apart_from_fillers(said, bare)


def _is_its_number(said: str, full: str) -> bool:
    return said.isdigit() and full.startswith(f"{said} ")


def _is_its_count(said: str, full: str) -> bool:
    """A number and what is counted say enough: "fünf Minuten" of "5 Minuten später"."""
    words = [_IN_DIGITS.get(word, word) for word in said.split() if word not in _FILLERS]
    counted = words[1:] if words[:1] and words[0] in _LEADING else words
    return len(counted) > 1 and counted[0].isdigit() and _begins(" ".join(counted), full)


def _is_head(said: str, full: str) -> bool:
    head, more, _ = full.partition(" ,")
    return bool(more) and len(head) >= _SHORTEST_MISSPELT and _is_but_for_its_number(said, head)


_WAYS: dict[Awaited, tuple[Callable[[str, str], bool], ...]] = {
    Awaited.WORDS: (_is, _is_nearly, _is_apart_from_fillers),
    Awaited.ANSWER: (
        _is,
        _is_nearly,
        _is_apart_from_fillers,
        _is_but_for_its_number,
        _is_its_number,
        _is_its_count,
        _is_head,
    ),
    Awaited.NOTHING: (_is, _is_nearly, _is_apart_from_fillers, _begins),
    Awaited.TAP: (_is, _is_nearly, _is_apart_from_fillers, _begins, _is_part_of),
}
"""How a text may name a label, the strictest way first."""

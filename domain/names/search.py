"""Finding somebody by a name typed in haste."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from domain.names.likeness import looks_like
from domain.names.spelling import Spelling, folded, spellings, words_of

SHORTEST = 3
HITS = 3
LIKE_ENOUGH = 75.0
_BEGINS = 90.0
_LONGEST = 200  # characters: anything longer is no name

# Where somebody is from: "Müller aus Köln", "Müller (Köln)".
_WHENCE = re.compile(r"\s+(?:aus|in|bei|from)\s.*$|\s*\(.*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody who may be found. The place only helps to tell people of the same name apart."""

    id: int
    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found. `has_look_alike`: whether somebody else with a name like theirs was found, so that the
    place has to be shown.
    """

    id: int
    has_look_alike: bool


@dataclass(frozen=True, slots=True)
class _Found:
    likeness: float
    from_there: bool
    somebody: Somebody

    @property
    def rank(self) -> tuple[float, bool]:
        return -self.likeness, not self.from_there


def find(typed: str, people: Iterable[tuple[int, str]]) -> list[int]:
    """Ids of at most three people whose names come near, nearest first. Fewer than three letters find nobody."""
    return [hit.id for hit in search(typed, (Somebody(person_id, name) for person_id, name in people))]


def search(typed: str, people: Iterable[Somebody], most: int = HITS) -> list[Hit]:
    """At most this many people whose names come near, nearest first. Fewer than three letters find nobody.

    Titles, forms of address, particles, marks and hyphens do not count, nor does the order of the words. A place typed
    with the name ranks people from there first.
    """
    everybody = list(people)
    return searched(typed, lambda _: everybody, most)


def searched(typed: str, near: Callable[[str], Iterable[Somebody]], most: int) -> list[Hit]:
    """`search` among those who are `near` to what was typed: at least everybody who can be found by it."""
    if sum(char.isalpha() for char in typed) < SHORTEST or len(typed) > _LONGEST:
        return []
    found = _found(typed, near(typed))
    if not found and (name := _WHENCE.sub("", typed)) != typed:
        found = _found(name, near(name))
    return [Hit(one.somebody.id, _has_look_alike(one, found)) for one in found[:most]]


def _found(typed: str, people: Iterable[Somebody]) -> list[_Found]:
    wanted = spellings(typed)
    scored = (_scored(wanted, somebody) for somebody in people)
    return sorted((one for one in scored if one.likeness >= LIKE_ENOUGH), key=lambda one: one.rank)


def _has_look_alike(one: _Found, found: list[_Found]) -> bool:
    return any(one is not other and looks_like(one.somebody.name, other.somebody.name) for other in found)


def _scored(wanted: tuple[Spelling, ...], somebody: Somebody) -> _Found:
    names = spellings(somebody.name)
    whence = _words_of_place(somebody.place)
    from_there = False
    best = 0.0
    for typed in wanted:
        for name in names:
            without_place = _without_place(typed, name, whence)
            from_there = from_there or without_place is not typed
            best = max(best, _likeness(without_place, name))
    return _Found(best, from_there, somebody)


@lru_cache(maxsize=4096)
def _words_of_place(place: str) -> frozenset[str]:
    return frozenset(word for spelt in folded(place) for word in words_of(spelt))


def _without_place(typed: Spelling, name: Spelling, whence: frozenset[str]) -> Spelling:
    kept = tuple(word for word in typed.words if word not in whence or word in name.words)
    return replace(typed, words=kept) if kept and kept != typed.words else typed


def _likeness(typed: Spelling, name: Spelling) -> float:
    if not typed.words:  # a title alone, or a surname that is one: "Herr"
        return 100.0 if typed.last and typed.last == name.last else _beginning(typed.last, name)
    if len(typed.words) == 1 and not all(_has_initial(name, initial) for initial in typed.initials):
        return 0.0
    if len(typed.joined) < SHORTEST:
        return 100.0 if set(typed.words) <= set(name.words) else 0.0
    whole = fuzz.token_sort_ratio(" ".join(typed.words), " ".join(name.words))
    return max(whole, _word_by_word(typed, name), _joined(typed, name), _beginning(typed.joined, name))


def _has_initial(name: Spelling, initial: str) -> bool:
    return any(word.startswith(initial) for word in name.words + name.initials)


def _word_by_word(typed: Spelling, name: Spelling) -> float:
    # Each word by the one it comes nearest to: "Sabine Aue" for "Sabine Maria Aue".
    nearest = [max((fuzz.ratio(word, other) for other in name.words), default=0.0) for word in typed.words]
    return sum(nearest) / len(nearest) if min(nearest) >= LIKE_ENOUGH else 0.0


def _joined(typed: Spelling, name: Spelling) -> float:
    # "Annalena" for "Anna-Lena".
    pairs = zip(name.words, name.words[1:], strict=False)
    return max((fuzz.ratio(typed.joined, first + second) for first, second in pairs), default=0.0)


def _beginning(typed: str, name: Spelling) -> float:
    rest = ("".join(name.words[at:]) for at in range(len(name.words)))
    return _BEGINS if len(typed) >= SHORTEST and any(text.startswith(typed) for text in rest) else 0.0

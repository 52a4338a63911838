"""Which of the catalogue's words a written word means: itself, its parts, or, if mistyped, the words near it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from domain.topics import compounds
from domain.topics.framing import FRAMES
from domain.topics.words import stem

PART = 0.55
"""Weight of a part of a compound; the compound itself weighs 1."""
PART_OF_TYPO = 0.4
PART_OF_PART = 0.3
SUBJECT, HEAD = 0.8, 0.4
"""Weights of the parts of a compound whose end only frames its subject: Hundesteuer|satzung."""
UNKNOWN = 0.6
"""Weight of a word that the catalogue does not know: it counts against a match, but less than a known one."""
TYPO_FROM = 80.0
"""Similarity (0 to 100) from which a known word may be meant; different words can be almost as similar."""
TYPO_ANY_FIRST_LETTER = 90.0
SWAPPED = 96.0
_SHORTEST_TYPO = 5
_SHORTEST_SWAP = 4
_LENGTHS_APART = 3
_MEANT_AT_MOST = 4


class Vocabulary:
    """All stems that occur in the catalogue."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._known = frozenset(stems)
        self._joints = frozenset(word for word in self._known if len(word) >= compounds.SHORTEST_PART)
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            self._by_first[word[0]].append(word)
        self._by_letters = _by_letters(self._known)
        self._parts: dict[str, tuple[str, ...]] = {}
        self._long = sorted(word for word in self._known if len(word) >= 2 * _SHORTEST_TYPO - 2)
        self._remember()

    def _remember(self) -> None:
        self._remembered = lru_cache(maxsize=4096)(self._meant)  # a long text is read twice

    def __getstate__(self) -> dict[str, object]:
        """All but what is remembered, which does not go into another process."""
        return {name: value for name, value in self.__dict__.items() if name != "_remembered"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._remember()

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def glued(self, words: Sequence[str]) -> list[str]:
        """Join words that the catalogue knows as one (`arten vielfalt`); leave the others as they are."""
        joined: list[str] = []
        for word in words:
            if joined and stem(joined[-1] + word) in self._known:
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    def described(self, stems: Iterable[str]) -> dict[str, float]:
        """A name of the catalogue as weighted words: its stems, and the parts of its compounds."""
        weights: dict[str, float] = {}
        for word in stems:
            weights[word] = 1.0
            for part in self._parts_of(word):
                weights.setdefault(part, PART)
        return weights

    def understood(self, stems: Iterable[str]) -> dict[str, float]:
        """What somebody wrote as weighted words of the catalogue; unknown words are kept, marked by a `?`."""
        weights: dict[str, float] = {}
        for word in stems:
            for known, weight in self._remembered(word).items():
                weights[known] = max(weights.get(known, 0.0), weight)
        return weights

    def _meant(self, word: str) -> dict[str, float]:
        meant = self._compound(compounds.parts(word, self._joints))
        if word in self._known:
            meant[word] = 1.0
        if not meant:
            meant = self._misspelt(word)
        return meant or {f"?{word}": UNKNOWN}

    def _compound(self, parts: Sequence[str]) -> dict[str, float]:
        meant = {smaller: PART_OF_PART for part in parts for smaller in self._parts_of(part)}
        meant.update(dict.fromkeys(parts, PART))
        if len(parts) > 1 and parts[-1] in FRAMES:
            meant.update(zip(parts, (SUBJECT, HEAD), strict=True))
        return meant

    def _misspelt(self, word: str) -> dict[str, float]:
        meant: dict[str, float] = {}
        for known, likeness in self._neighbours(word):
            weight = (likeness / 100 - 0.5) * 1.7
            meant[known] = max(meant.get(known, 0.0), weight)
            for part in self._parts_of(known):
                meant[part] = max(meant.get(part, 0.0), PART_OF_TYPO)
        return meant

    def _parts_of(self, known: str) -> tuple[str, ...]:
        if known not in self._parts:
            self._parts[known] = compounds.parts(known, self._joints)
        return self._parts[known]

    def _neighbours(self, word: str) -> list[tuple[str, float]]:
        if len(word) >= _SHORTEST_SWAP and (swapped := self._by_letters.get(_letters(word))):
            return [(known, SWAPPED) for known in swapped.split()]
        if len(word) < _SHORTEST_TYPO:
            return []
        near = _nearest(word, self._by_first[word[0]], TYPO_FROM)
        if not near and len(word) >= 2 * _SHORTEST_TYPO - 2:
            near = _nearest(word, self._long, TYPO_ANY_FIRST_LETTER)
        return near


def _by_letters(known: Iterable[str]) -> dict[str, str]:
    """The words of each key, in one text: nearly all are alone, and a list for each would take a megabyte."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(known):
        alike[_letters(word)].append(word)
    return {key: " ".join(words) for key, words in alike.items()}


def _letters(word: str) -> str:
    """A key that is the same for `opnv` and `opvn`: fingers swap letters more often than they miss them."""
    return word[:1] + "".join(sorted(word[1:]))


def _nearest(word: str, known: list[str], least: float) -> list[tuple[str, float]]:
    found = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=least, limit=_MEANT_AT_MOST)
    return [(other, score) for other, score, _ in found if abs(len(other) - len(word)) <= _LENGTHS_APART]

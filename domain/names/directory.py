"""People who are looked for by many names, one after another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from domain.names.likeness import look_alike_keys
from domain.names.search import HITS, LIKE_ENOUGH, SHORTEST, Hit, Somebody, searched
from domain.names.spelling import spellings


class Directory:
    """Finds what `search` finds among people of these names, whose ids are their places in the list. What is known of
    each name is made ready once; compared letter by letter are only those that may come near.
    """

    def __init__(self, known: Sequence[str]) -> None:
        self._everybody = [Somebody(at, name) for at, name in enumerate(known)]
        self._looks = _index((at, look_alike_keys(name)) for at, name in enumerate(known))
        spelt = [(at, each) for at, name in enumerate(known) for each in spellings(name)]
        self._found: dict[str, set[int]] = {}  # by a word that was looked for
        self._words = _index((at, each.words) for at, each in spelt)
        self._sorted = _index((at, [" ".join(sorted(each.words))]) for at, each in spelt)
        self._pairs = _index((at, map("".join, pairwise(each.words))) for at, each in spelt)
        self._ends = _index(
            (at, ("".join(each.words[start:]) for start in range(len(each.words)))) for at, each in spelt
        )

    def looks_like(self, name: str) -> list[int]:
        """Those with a name that people may take for this one (`names.looks_like`), in order."""
        return sorted({at for key in look_alike_keys(name) for at in self._looks.get(key, ())})

    def search(self, typed: str, most: int = HITS) -> list[Hit]:
        return searched(typed, self._may_come_near, most)

    def _may_come_near(self, typed: str) -> Iterable[Somebody]:
        """A name comes near by each of its words, by two of them as one word, by all of them together, or by how it
        begins (`search._likeness`).
        """
        near: set[int] = set()
        for each in spellings(typed):
            if len(each.joined) < SHORTEST:
                return self._everybody
            near |= set.intersection(*(self._near_word(word) for word in each.words))
            near |= _near(self._sorted, " ".join(sorted(each.words))) | _near(self._pairs, each.joined)
            near.update(*(those for end, those in self._ends.items() if end.startswith(each.joined)))
        return [self._everybody[at] for at in sorted(near)]

    def _near_word(self, word: str) -> set[int]:
        if word not in self._found:
            self._found[word] = _near(self._words, word)
        return self._found[word]


def _near(index: Mapping[str, list[int]], said: str) -> set[int]:
    alike = process.extract(said, index.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=None)
    return {at for found, *_ in alike for at in index[found]}


def _index(named: Iterable[tuple[int, Iterable[str]]]) -> Mapping[str, list[int]]:
    found = defaultdict[str, list[int]](list)
    for at, keys in named:
        for key in keys:
            found[key].append(at)
    return dict(found)

"""Likeness of spelling: TF-IDF over 3- and 4-letter pieces of words, which forgives typos and endings.

Texts are compared with each name, and with each topic by what tells its names from those of all others.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from domain.topics.postings import Lookup, Numbers, Postings, Scores, numbered, spread
from domain.topics.separation import separation

SHORTEST, LONGEST = 3, 4
_CLEARLY = np.float32(0.6)
"""As how much a word of a long text may point to a topic at most: of two subjects, the first one counts more."""


def pieces(word: str) -> tuple[str, ...]:
    """All 3- and 4-letter pieces of a word, with a space marking either end."""
    edged = f" {word} "
    return tuple(
        edged[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(edged) - size + 1)
    )


@dataclass(frozen=True)
class Spelt:
    """What pieces of a text occur in each name: `shared` are scalar products, `square` is the text's squared length.

    `towards`: how much all pieces together speak for each group of names.
    """

    shared: Scores
    towards: Scores
    square: float

    @property
    def likeness(self) -> Scores:
        """The cosine, 0 to 1, between the text and each name."""
        return self.shared * np.float32(1 / self.length)

    @property
    def pointing(self) -> Scores:
        """How clearly the text points to each group of names rather than to any other: mostly -.1 to .8."""
        return self.towards * np.float32(1 / self.length)

    @property
    def length(self) -> float:
        return math.sqrt(self.square) or 1.0


def together(apart: Sequence[Spelt], weights: NDArray[np.float32]) -> Spelt:
    """Words that were looked up one by one, as one text; a piece that two of them share counts twice.

    `weights`: how much each word counts for where the text points; none points there more than clearly.
    """
    shared = reduce(np.add, (each.shared for each in apart))
    towards: Scores = weights @ np.array([np.minimum(each.towards, _CLEARLY * each.length) for each in apart])
    return Spelt(shared, towards, sum(each.square for each in apart))


class SpellingIndex:
    """The names by their pieces, in the order in which they were given. `groups`: to which group each one belongs."""

    def __init__(self, names: Sequence[Sequence[str]], groups: Sequence[int]) -> None:
        words, said, owners = numbered(names)
        numbers, contained, containers = numbered(pieces(word) for word in words)
        self._numbers = Lookup(numbers)
        features, owners, often = _counted(*spread(contained, containers, said, owners), len(names))
        rarity = np.log((1 + len(names)) / (1 + np.bincount(features))) + 1
        self._rarity = rarity
        weights = ((1 + np.log(often)) * rarity[features]).astype(np.float32)
        lengths = np.sqrt(np.bincount(owners, weights * weights, len(names)))
        weights = (weights / lengths[owners]).astype(np.float32)
        self._postings = Postings(features, owners, weights, len(names))
        self._separation = separation(features, owners, weights, np.array(groups))

    def spelt(self, words: Sequence[str]) -> Spelt:
        count = Counter(piece for word in words for piece in pieces(word))
        known = zip(self._numbers.numbers(count), count.values(), strict=True)
        weights = {piece: (1 + math.log(n)) * float(self._rarity[piece]) for piece, n in known if piece >= 0}
        much = np.fromiter(weights.values(), np.float32, len(weights))
        towards: Scores = much @ self._separation[list(weights)]
        return Spelt(self._postings.sums(weights), towards, float(much @ much))


def _counted(features: Numbers, owners: Numbers, names: int) -> tuple[Numbers, Numbers, NDArray[np.float32]]:
    """Each feature of each name once, in the order of the features, and how often it occurs there."""
    pairs, often = np.unique(features.astype(np.int64) * names + owners, return_counts=True)
    return (pairs // names).astype(np.int32), (pairs % names).astype(np.int32), often.astype(np.float32)

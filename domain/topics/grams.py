"""Likeness of spelling: TF-IDF over 3- and 4-letter pieces of words, which forgives typos and endings."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from domain.topics.postings import Numbers, Postings, Scores, numbered, spread

SHORTEST, LONGEST = 3, 4


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
    """What pieces of a text occur in each name: `shared` are scalar products, `square` is the text's squared length."""

    shared: Scores
    square: float

    @property
    def likeness(self) -> Scores:
        """The cosine, 0 to 1, between the text and each name."""
        return self.shared * np.float32(1 / (math.sqrt(self.square) or 1.0))


def together(apart: Sequence[Spelt]) -> Spelt:
    """Words that were looked up one by one, as one text; a piece that two of them share counts twice."""
    shared = reduce(np.add, (each.shared for each in apart))
    return Spelt(shared, sum(each.square for each in apart))


class SpellingIndex:
    """The names by their pieces, in the order in which they were given."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        words, said, owners = numbered(names)
        self._numbers, contained, containers = numbered(pieces(word) for word in words)
        features, owners, often = _counted(*spread(contained, containers, said, owners), len(names))
        rarity = np.log((1 + len(names)) / (1 + np.bincount(features))) + 1
        self._rarity: list[float] = rarity.tolist()
        weights = ((1 + np.log(often)) * rarity[features]).astype(np.float32)
        lengths = np.sqrt(np.bincount(owners, weights * weights, len(names)))
        self._postings = Postings(
            features, owners, (weights / lengths[owners]).astype(np.float32), len(names)
        )

    def spelt(self, words: Sequence[str]) -> Spelt:
        found = (self._numbers.get(piece) for word in words for piece in pieces(word))
        count = Counter(number for number in found if number is not None)
        weights = {piece: (1 + math.log(n)) * self._rarity[piece] for piece, n in count.items()}
        return Spelt(self._postings.sums(weights), sum(weight * weight for weight in weights.values()))


def _counted(features: Numbers, owners: Numbers, names: int) -> tuple[Numbers, Numbers, NDArray[np.float32]]:
    """Each feature of each name once, in the order of the features, and how often it occurs there."""
    pairs, often = np.unique(features.astype(np.int64) * names + owners, return_counts=True)
    return (pairs // names).astype(np.int32), (pairs % names).astype(np.int32), often.astype(np.float32)

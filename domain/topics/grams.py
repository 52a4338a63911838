"""Likeness of spelling: TF-IDF over the 2- to 4-letter pieces of words, which forgives typos and endings."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

SHORTEST, LONGEST = 2, 4


def pieces(words: Sequence[str]) -> list[str]:
    """All 2- to 4-letter pieces of each word, its two edges marked by a space."""
    found: list[str] = []
    for word in words:
        edged = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            found += [edged[start : start + size] for start in range(len(edged) - size + 1)]
    return found


class SpellingIndex:
    """Cosine between a text and every name, 0 to 1. The names stay in the order in which they came."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        counts = [Counter(pieces(words)) for words in names]
        known = Counter(piece for count in counts for piece in count)
        self._size = len(names)
        self._rarity = {piece: math.log((1 + self._size) / (1 + seen)) + 1 for piece, seen in known.items()}
        postings: dict[str, tuple[list[int], list[float]]] = {piece: ([], []) for piece in known}
        for number, count in enumerate(counts):
            weights = self._weights(count)
            length = _length(weights)
            for piece, weight in weights.items():
                where, what = postings[piece]
                where.append(number)
                what.append(weight / length)
        self._postings = {
            piece: (np.array(where, np.int32), np.array(what, np.float32))
            for piece, (where, what) in postings.items()
        }

    def scores(self, words: Sequence[str]) -> Scores:
        count = Counter(piece for piece in pieces(words) if piece in self._rarity)
        scores: Scores = np.zeros(self._size, np.float32)
        weights = self._weights(count)
        length = _length(weights)
        for piece, weight in weights.items():
            where, what = self._postings[piece]
            scores[where] += what * np.float32(weight / length)
        return scores

    def _weights(self, count: Counter[str]) -> dict[str, float]:
        return {piece: (1 + math.log(often)) * self._rarity[piece] for piece, often in count.items()}


def _length(weights: dict[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0

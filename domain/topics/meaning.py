"""Likeness of meaning: TF-IDF over whole words and compound parts, typos read as the word that was meant."""

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from domain.topics.postings import Postings, Scores, numbered
from domain.topics.vocabulary import Vocabulary

COSINE, COVERED = 0.7, 0.3
"""How much the angle counts, and how much of the name was said."""


class MeaningIndex:
    """Likeness of a text and every name, 0 to 1; the names stay in the order in which they came."""

    def __init__(self, names: Sequence[Sequence[str]], topics: Sequence[int], topic_count: int) -> None:
        self.vocabulary = Vocabulary(word for stems in names for word in stems)
        described = [self.vocabulary.described(stems) for stems in names]
        self._unknown = math.log(1 + topic_count)
        self._rarity = _rarity(described, topics, topic_count)
        self._lengths = np.array([self._length(weights) for weights in described], np.float32)
        self._numbers, features, owners = numbered([list(weights) for weights in described])
        weights = np.array(
            [weight * self._rarity[word] for words in described for word, weight in words.items()]
        )
        self._postings = Postings(features, owners, weights, len(names))

    def scores(self, stems: Sequence[str]) -> Scores:
        weights = self.vocabulary.understood(stems)
        shared = self._postings.sums(
            {self._numbers[w]: much * self._rarity[w] for w, much in weights.items() if w in self._numbers}
        )
        cosine = shared / (self._lengths * np.float32(self._length(weights)))
        covered = np.minimum(shared / (self._lengths * self._lengths), 1.0)
        scores: Scores = (COSINE * cosine + COVERED * covered).astype(np.float32)
        return scores

    def _length(self, weights: dict[str, float]) -> float:
        return (
            math.sqrt(sum((w * self._rarity.get(word, self._unknown)) ** 2 for word, w in weights.items()))
            or 1.0
        )


def _rarity(
    described: Sequence[dict[str, float]], topics: Sequence[int], topic_count: int
) -> dict[str, float]:
    """A word that many topics use says little."""
    users: defaultdict[str, set[int]] = defaultdict(set)
    for topic, weights in zip(topics, described, strict=True):
        for word in weights:
            users[word].add(topic)
    return {word: math.log(1 + topic_count / len(where)) for word, where in users.items()}

"""Likeness of meaning: TF-IDF over words and parts of compounds, with typos read as the word that was meant."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from domain.topics.postings import Numbers, Postings, Scores, numbered
from domain.topics.vocabulary import Vocabulary
from domain.topics.words import stem

_HARDLY = 1e-6

COSINE, COVERED = 0.6, 0.4
"""Weights of the cosine, and of the share of the name that was said."""


class MeaningIndex:
    """The likeness, 0 to 1, of a text to each name, in the order in which the names were given."""

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
        self._own_words = _own_words(features, np.array(topics)[owners], (len(self._numbers), topic_count))

    def read(self, words: Sequence[str]) -> dict[str, float]:
        """The words of the catalogue that these words mean, with their weights."""
        return self.vocabulary.understood([stem(word) for word in words])

    def leanings(self, read: Mapping[str, float]) -> Scores:
        """For each topic, how much these words are its own: 1 if no other topic uses any of them."""
        leanings: Scores = np.zeros(self._own_words.shape[1], np.float32)
        for word, weight in read.items():
            if word in self._numbers:
                leanings += self._own_words[self._numbers[word]] * np.float32(weight * self._rarity[word])
        known = sum(weight * self._rarity[word] for word, weight in read.items() if word in self._numbers)
        return leanings / np.float32(max(known, _HARDLY))

    def scores(self, read: Mapping[str, float]) -> Scores:
        """For each name: 0.6 of its cosine to what was read, plus 0.4 of the share of it that was said."""
        shared = self._postings.sums(
            {self._numbers[w]: much * self._rarity[w] for w, much in read.items() if w in self._numbers}
        )
        cosine = shared / (self._lengths * np.float32(self._length(read)))
        covered = np.minimum(shared / (self._lengths * self._lengths), 1.0)
        scores: Scores = (COSINE * cosine + COVERED * covered).astype(np.float32)
        return scores

    def _length(self, weights: Mapping[str, float]) -> float:
        return (
            math.sqrt(sum((w * self._rarity.get(word, self._unknown)) ** 2 for word, w in weights.items()))
            or 1.0
        )


def _own_words(words: Numbers, topics: Numbers, shape: tuple[int, int]) -> NDArray[np.float32]:
    """How much each word belongs to each topic. The root keeps a long list of names from winning by itself."""
    uses = np.bincount(words * shape[1] + topics, minlength=shape[0] * shape[1]).reshape(shape)
    leaning = np.sqrt(uses)
    share: NDArray[np.float32] = (leaning / np.linalg.norm(leaning, axis=1, keepdims=True)).astype(np.float32)
    return share


def _rarity(
    described: Sequence[dict[str, float]], topics: Sequence[int], topic_count: int
) -> dict[str, float]:
    """How much each word says: less, the more topics use it."""
    users: defaultdict[str, set[int]] = defaultdict(set)
    for topic, weights in zip(topics, described, strict=True):
        for word in weights:
            users[word].add(topic)
    return {word: math.log(1 + topic_count / len(where)) for word, where in users.items()}

"""Likeness of meaning: TF-IDF over words and parts of compounds, with typos read as the word that was meant."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from domain.topics.postings import Numbers, Postings, Scores, numbered
from domain.topics.vocabulary import Vocabulary
from domain.topics.words import stem

_HARDLY = 1e-6

COSINE, COVERED = np.float32(0.6), np.float32(0.4)
"""Weights of the cosine, and of the share of the name that was said."""


class MeaningIndex:
    """The likeness, 0 to 1, of a text to each name, in the order in which the names were given."""

    def __init__(self, names: Sequence[Sequence[str]], topics: Sequence[int], topic_count: int) -> None:
        self.vocabulary = Vocabulary(word for stems in names for word in stems)
        described = [self.vocabulary.described(stems) for stems in names]
        self._unknown = math.log(1 + topic_count)
        self._rarity = _rarity(described, topics, topic_count)
        lengths = np.array([self._length(weights) for weights in described], np.float32)
        self._per_length, self._per_square = COSINE / lengths, COVERED / (lengths * lengths)
        self._numbers, features, owners = numbered(described)
        weights = np.array(
            [weight * self._rarity[word] for words in described for word, weight in words.items()], np.float32
        )
        self._postings = Postings(features, owners, weights, len(names))
        self._own_words = _own_words(features, np.array(topics, np.int32)[owners], topic_count)

    def read(self, words: Sequence[str]) -> dict[str, float]:
        """The words of the catalogue that these words mean, with their weights."""
        return self.vocabulary.understood([stem(word) for word in words])

    def knows(self, word: str) -> bool:
        """Whether it is, or contains, or is nearly a word of the catalogue."""
        return any(known in self.vocabulary for known in self.read([word]))

    def leanings(self, read: Mapping[str, float]) -> Scores:
        """For each topic, how much these words are its own: 1 if no other topic uses any of them."""
        told = self._told(read)
        return self._own_words.sums(told) / np.float32(max(sum(told.values()), _HARDLY))

    def scores(self, read: Mapping[str, float]) -> Scores:
        """For each name: 0.6 of its cosine to what was read, plus 0.4 of the share of it that was said."""
        shared = self._postings.sums(self._told(read))
        scores: Scores = shared * self._per_square
        np.minimum(scores, COVERED, out=scores)
        shared *= self._per_length
        shared *= np.float32(1 / self._length(read))
        scores += shared
        return scores

    def _told(self, read: Mapping[str, float]) -> dict[int, float]:
        """How much each known word tells, by its number."""
        return {self._numbers[w]: much * self._rarity[w] for w, much in read.items() if w in self._numbers}

    def _length(self, weights: Mapping[str, float]) -> float:
        return (
            math.sqrt(sum((w * self._rarity.get(word, self._unknown)) ** 2 for word, w in weights.items()))
            or 1.0
        )


def _own_words(words: Numbers, topics: Numbers, topic_count: int) -> Postings:
    """How much each word belongs to each topic. The root keeps a long list of names from winning by itself."""
    pairs, uses = np.unique(words * topic_count + topics, return_counts=True)
    words, topics = pairs // topic_count, pairs % topic_count
    share = np.sqrt(uses / np.bincount(words, uses)[words]).astype(np.float32)
    return Postings(words, topics, share, topic_count)


def _rarity(
    described: Sequence[dict[str, float]], topics: Sequence[int], topic_count: int
) -> dict[str, float]:
    """How much each word says: less, the more topics use it."""
    users: defaultdict[str, set[int]] = defaultdict(set)
    for topic, weights in zip(topics, described, strict=True):
        for word in weights:
            users[word].add(topic)
    return {word: math.log(1 + topic_count / len(where)) for word, where in users.items()}

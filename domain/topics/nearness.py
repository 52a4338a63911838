"""How near a text is to each name of each topic: by spelling, by meaning, and letter by letter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from domain.topics import elsewhere, long_texts
from domain.topics.bands import LEANING, MEANING, POINTING, SPELLING
from domain.topics.framing import Framing
from domain.topics.grams import SpellingIndex, Spelt, together
from domain.topics.meaning import MeaningIndex
from domain.topics.postings import Lookup
from domain.topics.words import content, stem

Scores = NDArray[np.float32]

FULL = 100.0
_PER_POINT = np.float32(FULL / (SPELLING + MEANING))
_TYPO_FROM = 80.0
"""Likeness of the letters (0 to 100) from which a whole text counts as a mistyped name."""
_TYPO_COSTS = 2.0
"""What each point short of full likeness costs: with two wrong letters in ten, a name is no longer sure."""
_TYPO_HALF = 0.5
_SPELT_NEARLY = 0.7
_MOST_COMPARED = 24
_OWNED = 0.75
"""A single word of which no topic owns this share is a fragment: many topics say `Verwaltung`."""
_HARDLY = 1e-6


@dataclass(frozen=True)
class Nearness:
    """Scores (at most 100) for each topic, and in `names` for each name, to tell which one matched.

    `exact_topic`: the number of the topic that was named exactly. `fragment`: the text is a single word that many
    topics share. `first`: where each topic's names begin in `written`.
    """

    topics: Scores
    names: Scores
    exact_topic: int | None
    fragment: bool
    first: NDArray[np.int64]
    written: tuple[str, ...]

    def is_vague(self, topic: int) -> bool:
        """Whether the text names the topic only in part: `Verwaltung` is not yet `KI in der Verwaltung`."""
        return self.fragment and len(content(self.reason(topic))) > 1

    def reason(self, topic: int) -> str:
        """The name of this topic that came nearest."""
        return self.name(topic, self.names)

    def name(self, topic: int, scores: Scores) -> str:
        """The name of this topic with the best score; `scores` has one for each name of all topics."""
        last = self.first[topic + 1] if topic + 1 < len(self.first) else len(self.written)
        best = int(scores[self.first[topic] : last].argmax())
        return self.written[int(self.first[topic]) + best]


class Names:
    """All labels and aliases of the catalogue, and after them the names of what is no topic, indexed."""

    def __init__(self, names: Sequence[Sequence[str]], topics: int) -> None:
        """`names`: those of each topic, then those of each field elsewhere. `topics`: how many topics there are."""
        self._topics = topics
        self._written = tuple(name for group in names for name in group)
        self._owners = [number for number, group in enumerate(names) for _ in group]
        self._first = np.searchsorted(np.array(self._owners), np.arange(len(names)))
        words = [content(name) for name in self._written]
        self._glued = ["".join(name) for name in words]
        stems = [[stem(word) for word in name] for name in words]
        self._exact = Lookup(self._exact_keys(words, [_stem_key(name) for name in stems]))
        self._spelling = SpellingIndex(words, self._owners)
        self._meaning = MeaningIndex(stems, self._owners, len(names))
        self._framing = Framing(self._meaning.vocabulary.__contains__)

    def _exact_keys(self, names: Sequence[Sequence[str]], stemmed: Sequence[str]) -> dict[str, int]:
        """Names by their keys. A name as written beats one glued together; stems count only if one topic has them."""
        keys: dict[str, int] = {}
        owners: defaultdict[str, set[int]] = defaultdict(set)
        for number, name in enumerate(names):
            owners[stemmed[number]].add(self._owners[number])
            keys.setdefault(_key(name), number)
        for number, key in enumerate(stemmed):
            keys.setdefault(self._glued[number], number)
            if len(owners[key]) == 1:
                keys.setdefault(key, number)
        return keys

    def nearness(self, text: str) -> Nearness:
        """Score each topic, less the nearer something elsewhere is. A topic that was named exactly keeps its score."""
        near, pointing = self._read(self._meaning.vocabulary.glued(content(text)))
        likeness, pointing = (elsewhere.lowered(scores, self._topics) for scores in (near.topics, pointing))
        weight = POINTING * np.float32(FULL)
        topics: Scores = ((likeness + weight * pointing) / (1 + POINTING)).astype(np.float32)
        if near.exact_topic is not None:
            topics[near.exact_topic] = FULL
        return replace(near, topics=topics)

    def _read(self, words: Sequence[str]) -> tuple[Nearness, Scores]:
        """Score each topic and field elsewhere, and how clearly the letters point to it.

        A long text is scored also by what its single words say (`long_texts`).
        """
        telling = self._framing.telling(words)[: long_texts.MOST_WORDS]
        if len(words) < long_texts.LONG or not telling or self._named(words) is not None:
            all_spelt = self._spelling.spelt(words)
            return self._near(words, all_spelt), all_spelt.pointing
        spelt = {word: self._spelling.spelt([word]) for word in telling}
        all_spelt = together([spelt[word] for word in telling], long_texts.weights(telling))
        whole = self._near(telling, all_spelt)
        known = [word for word in telling if self._meaning.knows(word)] or telling
        apart = [self._near([word], spelt[word]) for word in known]
        topics = long_texts.scores(whole.topics, [each.topics for each in apart], known)
        names = reduce(np.maximum, (each.names for each in (whole, *apart)))
        return replace(whole, topics=topics, names=names, exact_topic=None), all_spelt.pointing

    def _near(self, words: Sequence[str], spelt: Spelt) -> Nearness:
        """Score each topic by its best spelling and its best meaning, which may come from different names."""
        read = self._meaning.read(words)
        spelling, names = spelt.likeness, self._meaning.scores(read)
        spelling *= _PER_POINT * SPELLING
        names *= _PER_POINT * MEANING
        topics: Scores = np.maximum.reduceat(spelling, self._first) + np.maximum.reduceat(names, self._first)
        names += spelling
        leanings = self._meaning.leanings(read)
        topics *= 1 - LEANING + LEANING * leanings / max(leanings.max(), _HARDLY)
        self._read_typos("".join(words), spelling, topics, names)
        fragment = len(words) == 1 and leanings.max() < _OWNED
        if (exact := self._named(words)) is not None:
            topics[self._owners[exact]] = names[exact] = FULL
        topics = np.minimum(topics, FULL)
        return Nearness(topics, names, self._topic(exact), fragment, self._first, self._written)

    def exact_topic(self, text: str) -> int | None:
        """The number of the topic that this text names exactly."""
        return self._topic(self._named(self._meaning.vocabulary.glued(content(text))))

    def _topic(self, name: int | None) -> int | None:
        """The number of the topic of a name, unless it is no topic's."""
        owner = None if name is None else self._owners[name]
        return owner if owner is not None and owner < self._topics else None

    def _named(self, words: Sequence[str]) -> int | None:
        """The number of the name that was written exactly, glued together, or (if unambiguous) with other endings."""
        keys = (_key(words), "".join(words), _stem_key([stem(word) for word in words]))
        return next((number for number in self._exact.numbers(keys) if number >= 0), None)

    def _read_typos(self, glued: str, spelling: Scores, topics: Scores, names: Scores) -> None:
        """Raise the scores of topics that have a name with nearly the same letters, ignoring spaces."""
        near = np.flatnonzero(spelling >= _SPELT_NEARLY * spelling.max())
        if len(near) > _MOST_COMPARED:
            near = near[np.argpartition(spelling[near], -_MOST_COMPARED)[-_MOST_COMPARED:]]
        for number in near.tolist():
            likeness = fuzz.ratio(glued, self._glued[number], score_cutoff=_TYPO_FROM)
            if likeness:
                meant = FULL - (FULL - likeness) * _TYPO_COSTS
                topic = self._owners[number]
                raised = (1 - _TYPO_HALF) * topics[topic] + _TYPO_HALF * meant
                topics[topic] = max(topics[topic], raised)
                names[number] = max(names[number], raised)


def _stem_key(stems: Sequence[str]) -> str:
    return "~" + " ".join(sorted(stems))


def _key(words: Sequence[str]) -> str:
    return " ".join(sorted(words))

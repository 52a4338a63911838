"""Ranking, measured on people generated from labelled texts: whom they should meet is known."""

import math
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from rapidfuzz import fuzz, process, utils

from domain.matching import Candidate, Pool
from domain.roles import Role
from domain.topics.understanding import Catalogue
from tests.evaluation.texts import Row

PEOPLE, SHOWN = 400, 5
DAY = date(2026, 3, 14)
UNSURE = (0.6, 0.3, 0.2)
"""Weights of what would be asked about, if nobody answered the question."""

Ranked = Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Generated:
    """A person's texts and what they mean; no text occurs both as an offer and as a seek."""

    seeks: tuple[Row, ...]
    offers: tuple[Row, ...]

    def wants(self) -> set[str]:
        return {min(row.gold) for row in self.seeks}

    def has(self) -> set[str]:
        return {min(row.gold) for row in self.offers}


def generate(rows: Sequence[Row], seed: int = 7) -> list[Generated]:
    luck = random.Random(seed)
    named = [row for row in rows if not row.is_noise and not row.is_list]
    luck.shuffle(named)
    asked, given = named[::2], named[1::2]
    return [
        Generated(
            tuple(luck.sample(asked, luck.randint(1, 3))), tuple(luck.sample(given, luck.randint(1, 3)))
        )
        for _ in range(PEOPLE)
    ]


def ndcg(people: Sequence[Generated], ranked: Ranked) -> float:
    """At 5; relevance: 2 for each topic that they offer and I seek, 1 for each the other way round."""
    values = []
    for number, person in enumerate(people):
        worth = [_worth(person, other) if other is not person else 0 for other in people]
        ideal = _gain(sorted(worth, reverse=True)[:SHOWN])
        if ideal:
            values.append(_gain([worth[other] for other in ranked[number][:SHOWN]]) / ideal)
    return statistics.fmean(values)


def by_topics(people: Sequence[Generated], catalogue: Catalogue) -> Ranked:
    def topics(rows: Sequence[Row]) -> dict[str, float]:
        return _topics(rows, catalogue)

    pool = Pool(
        [
            Candidate(number, Role.OTHER, seeks=topics(person.seeks), offers=topics(person.offers))
            for number, person in enumerate(people)
        ]
    )
    return {person: [other for other, _ in found] for person, found in pool.rank_all(day=DAY).items()}


def by_text(people: Sequence[Generated], scorer: Callable[..., float]) -> Ranked:
    """Text against text: the best pair of a seek and an offer, the same weights for the two directions."""
    seeks, seekers = _flat([person.seeks for person in people])
    offers, offerers = _flat([person.offers for person in people])
    likeness = process.cdist(seeks, offers, scorer=scorer, processor=utils.default_process, dtype=np.float32)
    rows = np.maximum.reduceat(likeness, seekers, axis=0)
    theirs = np.maximum.reduceat(rows, offerers, axis=1)
    scores = 2 * theirs + theirs.T
    np.fill_diagonal(scores, -1)
    return {number: np.argsort(-row, kind="stable")[:SHOWN].tolist() for number, row in enumerate(scores)}


def _topics(rows: Sequence[Row], catalogue: Catalogue) -> dict[str, float]:
    weights: dict[str, float] = {}
    for row in rows:
        guesses = catalogue.match(row.text, limit=3)
        sure = bool(guesses) and guesses[0].certainty == "sure"
        for guess, weight in zip(guesses, (1.0,) if sure else UNSURE, strict=False):
            if guess.certainty != "none":
                weights[guess.topic] = max(weights.get(guess.topic, 0.0), weight)
    return weights


def _worth(person: Generated, other: Generated) -> int:
    return 2 * len(person.wants() & other.has()) + len(person.has() & other.wants())


def _gain(worth: Sequence[int]) -> float:
    return sum(float(2**value - 1) / math.log2(place + 2) for place, value in enumerate(worth))


def _flat(texts: Sequence[Sequence[Row]]) -> tuple[list[str], np.ndarray]:
    first = np.cumsum([0, *(len(rows) for rows in texts[:-1])])
    return [row.text for rows in texts for row in rows], first


SCORERS = {"WRatio": fuzz.WRatio, "token_set_ratio": fuzz.token_set_ratio, "ratio": fuzz.ratio}

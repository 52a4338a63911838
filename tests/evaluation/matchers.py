"""What is compared: ours, and bare RapidFuzz on the very same labels and aliases."""

from collections.abc import Callable
from functools import cache

import numpy as np
from rapidfuzz import fuzz, process

from domain.topics.catalogue_files import read
from domain.topics.understanding import Catalogue
from domain.topics.words import fold
from tests.evaluation.texts import Matcher


@cache
def with_sense() -> Catalogue | None:
    """A catalogue of its own, so that `load` goes on by letters alone; None without the extra `semantic`."""
    catalogue = Catalogue(*read())
    return catalogue if catalogue.take_in_sense(lambda: True) else None


def ours(catalogue: Catalogue) -> Matcher:
    return lambda text: [(guess.topic, guess.score) for guess in catalogue.match(text)]


def bare(scorer: Callable[..., float]) -> Matcher:
    """The best alias by a RapidFuzz scorer, folded the same way, nothing else."""
    _, entries = read()
    names = [fold(name) for entry in entries for name in entry.names()]
    ids = [entry.topic.id for entry in entries]
    first = np.cumsum([0, *(len(entry.names()) for entry in entries[:-1])])

    def match(text: str) -> list[tuple[str, float]]:
        scores = process.cdist([fold(text)], names, scorer=scorer, dtype=np.float32)[0]
        best = np.maximum.reduceat(scores, first)
        return [(ids[topic], float(best[topic])) for topic in np.argsort(-best, kind="stable")[:5]]

    return match


BARE: dict[str, Callable[[], Matcher]] = {
    "WRatio": lambda: bare(fuzz.WRatio),
    "token_set_ratio": lambda: bare(fuzz.token_set_ratio),
}

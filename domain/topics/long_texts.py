"""How the words of a long text together say what it is about, whatever frames it: "Einrichtung einer Fahrradstraße".

A text as a whole is like no name, since most of its words are about something else. So its words are also scored one by
one. The best of them counts, earlier ones more than later ones, and it counts more if other words point the same way.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

LONG = 3
"""Words without carriers that make a text long."""
MOST_WORDS = 8
NOT_EXACT = 99.0
_FULL = 100.0

_LATER = 0.2
"""Share of its score that the last word of a text without end would lose; the first one loses nothing."""
_SHORT_WORD, _SHORT = 6, 0.8
"""Words of so few letters are everyday ones more often, and count less."""
_AGREED_FROM, _AGREED = 30.0, 0.8
"""From which score on further words that point to a topic count, and how much."""
_BEST, _WHOLE = 0.5, 0.5
"""Weights of the best word and of the text as a whole."""
_UNEXPLAINED = 0.5
"""Share of their scores that all topics lose if the best one explained nothing of the text as a whole."""


def weights(words: Sequence[str]) -> NDArray[np.float32]:
    """How much each of these words counts, in their order: earlier ones more than later ones, short ones less."""
    return np.array(
        [
            (1 - _LATER * place / len(words)) * (_SHORT if len(word) <= _SHORT_WORD else 1)
            for place, word in enumerate(words)
        ],
        np.float32,
    )


def scores(whole: Scores, apart: Sequence[Scores], words: Sequence[str]) -> Scores:
    """Scores (0 to 99) for each topic, from those of the text as a whole and of each of its words in their order."""
    weighed = np.array(apart) * weights(words)[:, None]
    beyond = np.maximum(weighed - _AGREED_FROM, 0)
    agreed = beyond.sum(axis=0) - beyond.max(axis=0)
    found = _BEST * weighed.max(axis=0) + _WHOLE * whole + _AGREED * agreed
    explained = whole[found.argmax()] / _FULL
    lowered: Scores = np.minimum(found * (1 - _UNEXPLAINED * (1 - explained)), NOT_EXACT).astype(np.float32)
    return lowered

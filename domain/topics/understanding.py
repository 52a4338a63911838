"""Puts free text on topics and says how sure it is: taken, asked about, or kept as the person's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from domain.topics import bands, listing
from domain.topics.bands import Verdict
from domain.topics.catalogue_files import Entry, Group, Topic
from domain.topics.grams import SpellingIndex
from domain.topics.meaning import MeaningIndex
from domain.topics.words import content, is_carrier, only_carriers, stem

_COMMAND = "/"
_LONGEST_OWN_WORDS = 80


@dataclass(frozen=True)
class Guess:
    """A topic that a part of a text may mean. Score 0 to 100; reason: the name that came nearest."""

    topic: str
    score: float
    verdict: Verdict
    reason: str
    part: str


@dataclass(frozen=True)
class Understood:
    """What an answer says: topics taken, topics to ask about (grouped by `part`), own words kept."""

    sure: tuple[Guess, ...] = ()
    ask: tuple[Guess, ...] = ()
    words: tuple[str, ...] = ()


class Catalogue:
    """The topics, and what people call them. Building it takes some tenths of a second: see `load`."""

    def __init__(self, groups: Sequence[Group], entries: Sequence[Entry]) -> None:
        self.topics: Mapping[str, Topic] = MappingProxyType({e.topic.id: e.topic for e in entries})
        self._groups = tuple(groups)
        self._ids = tuple(self.topics)
        names = [(number, name) for number, entry in enumerate(entries) for name in entry.names()]
        words = [content(name) for _, name in names]
        owners = [number for number, _ in names]
        self._names = tuple(name for _, name in names)
        self._first = np.searchsorted(np.array(owners), np.arange(len(entries)))
        self._spelling = SpellingIndex(words)
        self._meaning = MeaningIndex([[stem(w) for w in name] for name in words], owners, len(entries))
        self._exact = {_key(name): number for number, name in reversed(list(enumerate(words)))}

    def label(self, topic_id: str, language: str) -> str:
        topic = self.topics[topic_id]
        return topic.label_en if language == "en" else topic.label_de

    def groups(self) -> tuple[Group, ...]:
        """The shelves, in the order in which they are shown."""
        return self._groups

    def match(self, text: str, limit: int = 5) -> list[Guess]:
        """The text as one subject: its most likely topics, best first; empty for commands and fillers."""
        part = text.strip()[: listing.LONGEST]
        if not part or part.startswith(_COMMAND):
            return []
        words = content(part)
        exact = self._exact.get(_key(words))
        if not words or (exact is None and only_carriers(part)):
            return []
        return self._guesses(part, self._likeness(words), exact, limit)

    def understand(self, text: str, limit: int = 3) -> Understood:
        """An answer taken apart; `limit` is the number of topics offered for each part that is unclear."""
        if text.strip().startswith(_COMMAND):
            return Understood()
        sure: dict[str, Guess] = {}
        ask: list[Guess] = []
        words: list[str] = []
        for guesses, part in self._parts(text, limit):
            verdict = guesses[0].verdict if guesses else "none"
            if verdict == "sure":
                sure.setdefault(guesses[0].topic, guesses[0])
            elif verdict == "ask":
                ask += [guess for guess in guesses if guess.verdict != "none"]
            elif own := own_words(part):
                words.append(own)
        unclear = tuple(guess for guess in ask if guess.topic not in sure)
        return Understood(tuple(sure.values()), unclear, tuple(dict.fromkeys(words)))

    def _parts(self, text: str, limit: int) -> list[tuple[list[Guess], str]]:
        found: list[tuple[list[Guess], str]] = []
        for part in listing.hard_parts(text):
            whole = self.match(part, limit)
            pieces = [(self.match(piece, limit), piece) for piece in listing.soft_parts(part)]
            found += pieces if _better_apart(whole, [guesses for guesses, _ in pieces]) else [(whole, part)]
        return found

    def _likeness(self, words: Sequence[str]) -> NDArray[np.float32]:
        spelling = self._spelling.scores(words)
        meaning = self._meaning.scores([stem(word) for word in words])
        likeness: NDArray[np.float32] = bands.SPELLING * spelling + bands.MEANING * meaning
        return likeness * np.float32(100 / (bands.SPELLING + bands.MEANING))

    def _guesses(
        self, part: str, likeness: NDArray[np.float32], exact: int | None, limit: int
    ) -> list[Guess]:
        if exact is not None:
            likeness[exact] = 100.0
        best = np.maximum.reduceat(likeness, self._first)
        order = np.argsort(-best, kind="stable")[:limit]
        close = exact is None and len(order) > 1 and best[order[0]] - best[order[1]] < bands.TOO_CLOSE
        return [self._guess(part, likeness, int(topic), asked=bool(close)) for topic in order]

    def _guess(self, part: str, likeness: NDArray[np.float32], topic: int, *, asked: bool) -> Guess:
        end = self._first[topic + 1] if topic + 1 < len(self._first) else len(self._names)
        name = int(self._first[topic] + likeness[self._first[topic] : end].argmax())
        score = round(float(min(likeness[name], 100.0)), 1)
        verdict = bands.verdict(score)
        if asked and verdict == "sure":
            verdict = "ask"
        return Guess(self._ids[topic], score, verdict, self._names[name], part)


def own_words(part: str) -> str:
    """What somebody wrote without the carrier words around it; empty if nothing else was written."""
    words = part.split()
    while words and is_carrier(words[0]):
        words.pop(0)
    while words and is_carrier(words[-1]):
        words.pop()
    return " ".join(words)[:_LONGEST_OWN_WORDS].strip(" .,:!?-–")


def _better_apart(whole: Sequence[Guess], pieces: Sequence[Sequence[Guess]]) -> bool:
    """Split at a soft separator only where each piece is a subject of its own, said as clearly."""
    if len(pieces) < 2 or not all(pieces):  # noqa: PLR2004 - two is what makes a list
        return False
    firsts = [guesses[0] for guesses in pieces]
    if len({guess.topic for guess in firsts}) == 1 or any(guess.verdict == "none" for guess in firsts):
        return False
    return not whole or whole[0].score <= min(guess.score for guess in firsts)


def _key(words: Sequence[str]) -> str:
    return " ".join(sorted(words))

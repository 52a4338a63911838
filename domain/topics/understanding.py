"""Matches free text to topics and says how sure it is: taken, asked about, or kept as the person's own words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from types import MappingProxyType

import numpy as np

from domain.topics import bands, elsewhere, listing, smalltalk, stances
from domain.topics.bands import Bands
from domain.topics.catalogue_files import NamedTopic, Topic, TopicGroup
from domain.topics.guesses import Certainty, Guess, Understood
from domain.topics.indexing import indexed
from domain.topics.nearness import Names
from domain.topics.semantic import EncodedNames, sense
from domain.topics.weighing import Weighed, is_literal, weigh

_COMMAND = "/"
_SHORT_WORD = 6


class Catalogue:
    """The topics, and what people call them. The first text to be understood waits until all names are indexed."""

    def __init__(self, groups: Sequence[TopicGroup], entries: Sequence[NamedTopic]) -> None:
        self.topics: Mapping[str, Topic] = MappingProxyType({e.topic.id: e.topic for e in entries})
        self._groups = tuple(groups)
        self._ids = tuple(self.topics)
        self._entries = tuple(entries)
        self._indexed: Names | None = None
        self._indexing = Lock()
        self._sense: EncodedNames | None = None

    def index(self, going_on: Callable[[], bool] = lambda: True) -> Names:
        """All names, indexed by the first call, which takes some seconds: use a thread.

        Raises AbandonedError as soon as `going_on` returns False meanwhile.
        """
        with self._indexing:  # the first two calls may come from two threads
            if self._indexed is None:
                self._indexed = indexed(self._named(), len(self._ids), going_on)
        return self._indexed

    def take_in_sense(self, going_on: Callable[[], bool]) -> bool:
        """Load the sentence encoder, so that texts are understood by their sense, too. Blocks for seconds.

        Returns False, and changes nothing, if the extra is not installed, or as soon as `going_on` returns False.
        """
        self._sense = sense(self._named(), len(self._ids), going_on)
        return self._sense is not None

    def _named(self) -> list[tuple[str, ...]]:
        """The names of each topic, then those of what is no topic."""
        return [*(entry.names() for entry in self._entries), *elsewhere.read()]

    def label(self, topic_id: str, language: str) -> str:
        topic = self.topics[topic_id]
        return topic.label_en if language == "en" else topic.label_de

    def groups(self) -> tuple[TopicGroup, ...]:
        """The groups, in the order in which they are shown."""
        return self._groups

    def match(self, text: str, limit: int = 5) -> list[Guess]:
        """The most likely topics of a text, taken as one subject, best first; none for commands and small talk."""
        return self._match(text, text.strip(), limit)

    def presumes(self, part: str, topics: Iterable[str]) -> bool:
        """Whether only the sense of these words, not their letters, suggests these topics."""
        if self._sense is None:
            return False
        near = self.index().nearness(part)
        return not any(is_literal(near, self._ids.index(topic)) for topic in topics if topic in self.topics)

    def match_all(self, text: str, limit: int = 5) -> list[Guess]:
        """The topics of all parts of an answer together, best first, each once."""
        if text.strip().startswith(_COMMAND):
            return []
        best: dict[str, Guess] = {}
        for guesses, _ in self._parts(text, limit):
            for guess in guesses:
                if guess.topic not in best or guess.score > best[guess.topic].score:
                    best[guess.topic] = guess
        return sorted(best.values(), key=lambda guess: -guess.score)[:limit]

    def understand(self, text: str, limit: int = 3) -> Understood:
        """Split an answer and understand each part; for an unclear part, at most `limit` topics are offered.

        Takes some milliseconds, so call it in a thread.
        """
        if text.strip().startswith(_COMMAND):
            return Understood()
        sure: dict[str, Guess] = {}
        ask: list[Guess] = []
        words: list[str] = []
        for guesses, part in self._parts(text, limit):
            certainty = guesses[0].certainty if guesses else "none"
            if certainty == "sure":
                sure.setdefault(guesses[0].topic, guesses[0])
            elif guesses and guesses[0].side:
                ask.append(guesses[0])
            elif certainty == "ask":
                ask += [guess for guess in guesses if guess.certainty != "none"]
            elif own := smalltalk.without_carriers(part):
                words.append(part if stances.takes_a_side(part, None) else own)
        sided = {guess.topic for guess in ask if guess.side}
        unclear = tuple(guess for guess in ask if guess.side or guess.topic not in {*sure, *sided})
        taken = tuple(guess for guess in sure.values() if guess.topic not in sided)
        return Understood(taken, unclear, tuple(dict.fromkeys(words)))

    def _parts(self, text: str, limit: int) -> list[tuple[list[Guess], str]]:
        found: list[tuple[list[Guess], str]] = []
        for part, said in stances.with_opinions(listing.hard_parts(text)):
            whole = self._match(part, said, limit)
            apart = listing.soft_parts(part) if part == said else []
            heard = stances.shared(apart) if len(apart) > 1 else []
            pieces = [
                (self._match(piece, all_said, limit), all_said)
                for piece, all_said in zip(apart, heard, strict=False)
            ]
            if _better_apart(whole, [guesses for guesses, _ in pieces]):
                found += pieces
            else:
                found += (self._both_named(part, whole, limit) if part == said else None) or [(whole, said)]
        return found

    def _both_named(self, part: str, whole: Sequence[Guess], limit: int) -> list[tuple[list[Guess], str]]:
        """The two topics that a preposition joins ("Ehrenamt im Sportverein"), the surer one first.

        Each must be named exactly, and the phrase must be neither a name itself nor about something else or a side.
        """
        names = self.index()
        if names.exact_topic(part) is not None or stances.takes_a_side(part, None):
            return []
        for phrase in listing.phrases(part):
            if len({names.exact_topic(side) for side in phrase} - {None}) == len(phrase):
                sides = [(self._match(side, side, limit), side) for side in phrase]
                if all(guesses and guesses[0].certainty == "sure" for guesses, _ in sides):
                    sides.sort(key=lambda side: not whole or side[0][0].topic != whole[0].topic)
                    agrees = (
                        not whole or whole[0].certainty != "sure" or whole[0].topic == sides[0][0][0].topic
                    )
                    return sides if agrees else []
        return []

    def _match(self, text: str, said: str, limit: int) -> list[Guess]:
        """As `match`; `said`: the text with what tells whether it is for or against the topic."""
        part = text.strip()[: listing.LONGEST]
        if part.startswith(_COMMAND) or smalltalk.nothing_else(part):
            return []
        return self._guesses(part, said, weigh(self.index().nearness(part), self._sense, part), limit)

    def _guesses(self, part: str, said: str, weighed: Weighed, limit: int) -> list[Guess]:
        order = np.argsort(-weighed.topics, kind="stable")[:limit].tolist()
        guesses = [
            Guess(
                self._ids[topic],
                score,
                _certainty(weighed.bands, place, score),
                weighed.reason(topic),
                said,
                weighed.is_presumed(topic),
            )
            for place, (topic, score) in enumerate(zip(order, _lowered(part, weighed, order), strict=True))
        ]
        best = guesses[0]
        if best.certainty == "sure" and stances.takes_a_side(said, best.topic):
            guesses[0] = replace(best, certainty="ask", side=True)
        return guesses


def _certainty(scale: Bands, place: int, score: float) -> Certainty:
    """The certainty of the band, but only the best topic of a part (place 0) can be sure."""
    certainty = scale.certainty(score)
    return "ask" if place and certainty == "sure" else certainty


def _lowered(part: str, weighed: Weighed, order: Sequence[int]) -> list[float]:
    """The scores of the best topics, lowered as far as they are doubtful; an exact name is doubted less."""
    scores = [max(float(weighed.topics[topic]), 0.0) for topic in order]
    exact = weighed.near.exact_topic is not None
    if smalltalk.aside(part) or (_a_short_word(part) and not exact):
        scores = [weighed.bands.doubted(score) for score in scores]
    elif not exact and _calls_for_a_question(weighed, order, scores):
        scores = [min(score, weighed.bands.not_sure) for score in scores]
    return [round(score, 1) for score in scores]


def _calls_for_a_question(weighed: Weighed, order: Sequence[int], scores: Sequence[float]) -> bool:
    """Whether two topics are equally good, many topics share the word, or only the sense suggests the topic."""
    too_close = len(scores) > 1 and scores[0] - scores[1] < bands.TOO_CLOSE
    return too_close or weighed.near.is_vague(order[0]) or weighed.is_presumed(order[0])


def _better_apart(whole: Sequence[Guess], pieces: Sequence[Sequence[Guess]]) -> bool:
    """Whether to split at soft separators: only if each piece is a subject of its own, and as clear as the whole."""
    if len(pieces) < 2 or not all(pieces):  # noqa: PLR2004 - two is what makes a list
        return False
    firsts = [guesses[0] for guesses in pieces]
    if len({guess.topic for guess in firsts}) == 1 or any(guess.certainty == "none" for guess in firsts):
        return False
    return not whole or whole[0].score <= min(guess.score for guess in firsts)


def _a_short_word(part: str) -> bool:
    """Whether it is a single short word, which one letter more or less turns into another word."""
    return " " not in part.strip() and len(part.strip()) <= _SHORT_WORD

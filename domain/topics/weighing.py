"""Combines what the letters of a text say with what its sense says, if the encoder is installed."""

from dataclasses import dataclass

import numpy as np

from domain.topics import bands
from domain.topics.bands import Bands
from domain.topics.nearness import FULL, Nearness, Scores
from domain.topics.semantic import EncodedNames, Felt


@dataclass(frozen=True)
class Weighed:
    """Scores (0 to 100) for each topic, and the bands that belong to their scale."""

    topics: Scores
    near: Nearness
    felt: Felt | None
    bands: Bands

    def is_presumed(self, topic: int) -> bool:
        """Whether only the sense suggests this topic: its letters alone would not even lead to a question."""
        return self.felt is not None and not is_literal(self.near, topic)

    def reason(self, topic: int) -> str:
        """The name of this topic that came nearest."""
        if self.felt is not None and self.is_presumed(topic):
            return self.near.name(topic, self.felt.names)
        return self.near.reason(topic)


def is_literal(near: Nearness, topic: int) -> bool:
    """Whether the letters alone suggest this topic, at least for a question."""
    return bool(near.topics[topic] >= bands.LETTERS.ask_from)


def weigh(near: Nearness, sense: EncodedNames | None, text: str) -> Weighed:
    """Combine both scores. An exact name keeps its full score, whatever the sense says."""
    if sense is None:
        return Weighed(near.topics, near, None, bands.LETTERS)
    felt = sense.felt(text)
    alike = felt.topics * np.float32(FULL)
    topics: Scores = ((near.topics + bands.SENSE * alike) / (1 + bands.SENSE)).astype(np.float32)
    if near.exact_topic is not None:
        topics[near.exact_topic] = FULL
    return Weighed(np.minimum(topics, FULL), near, felt, bands.WITH_SENSE)

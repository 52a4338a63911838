"""What the letters and, where it is installed, the sense of a text say together."""

from dataclasses import dataclass

import numpy as np

from domain.topics import bands
from domain.topics.bands import Bands
from domain.topics.nearness import FULL, Nearness, Scores
from domain.topics.semantic import Felt, Sense


@dataclass(frozen=True)
class Weighed:
    """Scores (0 to 100) per topic, and the bands that they are meant for."""

    topics: Scores
    near: Nearness
    felt: Felt | None
    bands: Bands

    def is_presumed(self, topic: int) -> bool:
        """Only the sense speaks for this topic: by its letters it would not even have been asked about."""
        return self.felt is not None and not is_literal(self.near, topic)

    def reason(self, topic: int) -> str:
        """The name of a topic that came nearest."""
        if self.felt is not None and self.is_presumed(topic):
            return self.near.name(topic, self.felt.names)
        return self.near.reason(topic)


def is_literal(near: Nearness, topic: int) -> bool:
    return bool(near.topics[topic] >= bands.LETTERS.ask_from)


def weigh(near: Nearness, sense: Sense | None, text: str) -> Weighed:
    """A name that was written exactly stays what it is, whatever the sense says."""
    if sense is None:
        return Weighed(near.topics, near, None, bands.LETTERS)
    felt = sense.felt(text)
    alike = np.maximum(felt.topics, 0) * np.float32(FULL)
    topics: Scores = ((near.topics + bands.SENSE * alike) / (1 + bands.SENSE)).astype(np.float32)
    if near.exact_topic is not None:
        topics[near.exact_topic] = FULL
    return Weighed(np.minimum(topics, FULL), near, felt, bands.WITH_SENSE)

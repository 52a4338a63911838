"""From which scores a topic is sure, or asked about. `python -m tests.evaluation tune` proposes these values."""

from dataclasses import dataclass

import numpy as np

from domain.topics.guesses import Certainty

SPELLING, MEANING = np.float32(1), np.float32(0.7)
"""Weights of the two likenesses; an exact name reaches their sum."""

LEANING = np.float32(0.2)
"""Share of its score that a topic loses if the words are usually about another one."""

POINTING = np.float32(0.75)
"""Weight of what tells the topics apart by letters beside the likenesses to their names; from .5 to 1.5 is as good."""

ELSEWHERE = np.float32(0.5)
"""Share of the likeness to what no topic is about that every topic loses; from 0.4 to 0.6 nothing changes by .01."""

SENSE = np.float32(1)
"""Weight of the likeness of sense beside that of the letters, if the sentence encoder is installed."""

DOUBTED = 0.8
"""What is left of a score if the likeness itself is in doubt."""
TOO_CLOSE = 1.5
"""Two topics with scores closer than this are both asked about, unless one was named exactly."""


@dataclass(frozen=True)
class Bands:
    """The limits of one scale of scores, from 0 to 100.

    From `sure_from` on, a topic is taken, and shown with a tap to undo it. From `ask_from` on, up to three topics
    are offered. Below that, the person's own words are kept.
    """

    sure_from: float
    ask_from: float

    @property
    def not_sure(self) -> float:
        """The highest score that still calls for a question."""
        return self.sure_from - 0.1

    def certainty(self, score: float) -> Certainty:
        if score >= self.sure_from:
            return "sure"
        return "ask" if score >= self.ask_from else "none"

    def doubted(self, score: float) -> float:
        return min(score * DOUBTED, self.not_sure)


LETTERS = Bands(sure_from=47.0, ask_from=20.0)
"""For scores of the letters alone."""
WITH_SENSE = Bands(sure_from=35.0, ask_from=18.0)
"""For scores of letters and sense together, which have a scale of their own."""

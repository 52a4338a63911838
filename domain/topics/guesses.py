"""What is made of a text: the topics that it may mean, and how sure each of them is."""

from dataclasses import dataclass
from typing import Literal

Certainty = Literal["sure", "ask", "none"]


@dataclass(frozen=True)
class Guess:
    """A topic that part of a text may mean. `score`: 0 to 100; `reason`: the name that came nearest.

    `presumed`: only the sense suggests it, not the letters; such a topic is never sure. `side`: it is clear which topic
    is meant, but the words are for or against it, so that is asked.
    """

    topic: str
    score: float
    certainty: Certainty
    reason: str
    part: str
    presumed: bool = False
    side: bool = False


@dataclass(frozen=True)
class Understood:
    """What was understood of an answer: topics taken, topics to ask about (by `part`), own words kept.

    To ask about are also topics that are clear, but named with a `side`.
    """

    sure: tuple[Guess, ...] = ()
    ask: tuple[Guess, ...] = ()
    words: tuple[str, ...] = ()

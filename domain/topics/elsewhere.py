"""What people talk about, too, and no topic is about: armies, kitchens, chess. What is near it is less of a topic."""

import tomllib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.topics.bands import ELSEWHERE

Scores = NDArray[np.float32]

_FILE = Path(__file__).with_name("elsewhere.toml")


def read() -> tuple[tuple[str, ...], ...]:
    """What is said of each of these fields, which are scored as topics are, after them."""
    return tuple(tuple(names) for names in tomllib.loads(_FILE.read_text(encoding="utf-8")).values())


def lowered(scores: Scores, topics: int) -> Scores:
    """The scores of the topics, which come first, less a share of the best score of a field elsewhere."""
    less: Scores = scores[:topics] - ELSEWHERE * scores[topics:].max(initial=0)
    return less

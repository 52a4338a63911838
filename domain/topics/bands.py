"""Where sure ends and asking begins. `python -m tests.evaluation tune` proposes these from labelled texts."""

from typing import Literal

import numpy as np

Verdict = Literal["sure", "ask", "none"]

SPELLING, MEANING = np.float32(1), np.float32(0.5)
"""Weights of the two likenesses; their sum is what an exact name reaches."""

SURE_FROM = 63.0
"""Score (0 to 100) from which a topic is taken and shown with one tap to undo."""
ASK_FROM = 36.0
"""Score from which up to three topics are offered; below, the person's own words are kept."""
TOO_CLOSE = 1.5
"""Two topics nearer than this are both asked about, unless the first was named exactly."""


def verdict(score: float, *, doubtful: bool = False) -> Verdict:
    """The band of a score; a doubtful one is never taken without asking."""
    if score >= SURE_FROM:
        return "ask" if doubtful else "sure"
    return "ask" if score >= ASK_FROM else "none"

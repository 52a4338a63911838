"""Where sure ends and asking begins. `python -m tests.evaluation tune` proposes these from labelled texts."""

from typing import Literal

import numpy as np

Verdict = Literal["sure", "ask", "none"]

SPELLING, MEANING = np.float32(1), np.float32(0.7)
"""Weights of the two likenesses; their sum is what an exact name reaches."""

LEANING = np.float32(0.2)
"""Share of a score that a topic loses if the words are usually said of another one."""

SURE_FROM = 66.0
"""Score (0 to 100) from which a topic is taken and shown with one tap to undo."""
ASK_FROM = 40.0
"""Score from which up to three topics are offered; below, the person's own words are kept."""
NOT_SURE = SURE_FROM - 0.1
"""As high as a score may get that calls for a question."""
DOUBTED = 0.8
"""What a score keeps where the likeness itself is in doubt."""
TOO_CLOSE = 1.5
"""Two topics nearer than this are both asked about, unless one was named exactly."""


def verdict(score: float) -> Verdict:
    if score >= SURE_FROM:
        return "sure"
    return "ask" if score >= ASK_FROM else "none"


def doubted(score: float) -> float:
    return min(score * DOUBTED, NOT_SURE)

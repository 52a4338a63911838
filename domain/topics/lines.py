"""One text in, one JSON array of topics out: lets anybody try the matching from a shell."""

import json

from domain.topics import load


def answer(line: str) -> str:
    """The (at most five) topics of a text, best first, with score, verdict and reason."""
    return json.dumps(
        [
            {"topic": guess.topic, "score": guess.score, "verdict": guess.verdict, "reason": guess.reason}
            for guess in load().match_all(line, limit=5)
        ],
        ensure_ascii=False,
    )

"""One text in, one JSON array of topics out, so that anybody can try the catalogue from a shell."""

import json

from domain.topics import load


def answer(line: str) -> str:
    """At most five topics of a text, best first, with score, verdict and reason, as JSON."""
    return json.dumps(
        [
            {"topic": guess.topic, "score": guess.score, "verdict": guess.certainty, "reason": guess.reason}
            for guess in load().match_all(line, limit=5)
        ],
        ensure_ascii=False,
    )

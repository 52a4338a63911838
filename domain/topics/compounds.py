"""Takes German compounds apart: the catalogue's own words show where their parts meet."""

from collections.abc import Set as AbstractSet

from domain.topics.words import stem

SHORTEST_PART = 4
"""Letters; shorter pieces turn up inside every word."""
_SHORTEST_REST = 3
_SHORTEST_COMPOUND = 8


def parts(word: str, known: AbstractSet[str]) -> tuple[str, ...]:
    """The longest known beginning and the longest known end of a folded word, as stems; often there is neither."""
    if len(word) < _SHORTEST_COMPOUND:
        return ()
    found = (_beginning(word, known), _end(word, known))
    return tuple(dict.fromkeys(part for part in found if part and part != word))


def _beginning(word: str, known: AbstractSet[str]) -> str | None:
    """The longest known beginning. Linking letters (s, es, n, en) are simply left over, or go with the stem."""
    for end in range(len(word) - _SHORTEST_REST, SHORTEST_PART - 1, -1):
        if part := _known(word[:end], known):
            return part
    return None


def _end(word: str, known: AbstractSet[str]) -> str | None:
    for start in range(_SHORTEST_REST, len(word) - SHORTEST_PART + 1):
        if part := _known(word[start:], known):
            return part
    return None


def _known(piece: str, known: AbstractSet[str]) -> str | None:
    if (stemmed := stem(piece)) in known:
        return stemmed
    return piece if piece in known else None

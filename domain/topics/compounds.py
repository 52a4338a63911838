"""German glues words together; the catalogue's own words tell where the glue is."""

from collections.abc import Set as AbstractSet

from domain.topics.words import stem

_GLUE = ("", "s", "es", "n", "en", "er", "e")
SHORTEST_PART = 4
"""Letters; shorter pieces turn up inside of everything."""
_SHORTEST_COMPOUND = 8


def parts(word: str, known: AbstractSet[str]) -> tuple[str, ...]:
    """The longest known beginning and the longest known end of a folded word, as stems; often none."""
    if len(word) < _SHORTEST_COMPOUND:
        return ()
    found = (_beginning(word, known), _end(word, known))
    return tuple(dict.fromkeys(part for part in found if part and part != word))


def _beginning(word: str, known: AbstractSet[str]) -> str | None:
    for cut in range(len(word) - 3, SHORTEST_PART - 1, -1):
        for glue in _GLUE:
            front = word[: cut - len(glue)] if word[:cut].endswith(glue) else ""
            if len(front) >= SHORTEST_PART and (part := _known(front, known)):
                return part
    return None


def _end(word: str, known: AbstractSet[str]) -> str | None:
    for start in range(3, len(word) - SHORTEST_PART + 1):
        if part := _known(word[start:], known):
            return part
    return None


def _known(piece: str, known: AbstractSet[str]) -> str | None:
    if (plain := stem(piece)) in known:
        return plain
    return piece if piece in known else None

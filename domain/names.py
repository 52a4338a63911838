"""Finding somebody by a name typed in a loud hall."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

SHORTEST = 3
HITS = 3
_LIKE_ENOUGH = 75.0


def find(typed: str, people: Iterable[tuple[int, str]]) -> list[int]:
    """Ids of at most three people whose names come near, nearest first. Fewer than three letters find nobody."""
    if sum(char.isalpha() for char in typed) < SHORTEST:
        return []
    names = dict(people)
    found = process.extract(typed, names, scorer=_likeness, processor=utils.default_process, limit=HITS)
    return [person_id for _, score, person_id in found if score >= _LIKE_ENOUGH]


def in_order(name: str) -> str:
    """What a list of names is sorted by: Ö stands with O, Ç with C."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _likeness(typed: str, name: str, **_: object) -> float:
    """Whole names by their words in any order; a part of a name by the word it comes nearest to."""
    parts = max((fuzz.ratio(typed, part) for part in name.split()), default=0.0)
    begins = 90.0 if any(part.startswith(typed) for part in name.split()) else 0.0
    return max(fuzz.token_sort_ratio(typed, name), parts, begins)

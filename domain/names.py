"""Names: finding somebody by what was typed in a loud hall, and words without them."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

SHORTEST = 3
HITS = 3
_LIKE_ENOUGH = 75.0

BLOCK = "█"
_PART = 3  # letters of a part that is a name of its own; shorter ones are words
_PARTICLES = frozenset("von vom van den der des die del della dos auf aus zum zur und".split())  # noqa: SIM905


def find(typed: str, people: Iterable[tuple[int, str]]) -> list[int]:
    """Ids of at most three people whose names come near, nearest first. Fewer than three letters find nobody."""
    if sum(char.isalpha() for char in typed) < SHORTEST:
        return []
    names = dict(people)
    found = process.extract(typed, names, scorer=_likeness, processor=utils.default_process, limit=HITS)
    return [person_id for _, score, person_id in found if score >= _LIKE_ENOUGH]


def blocked(words: str, name: str) -> str:
    """The words with a block for the full name and for each part of it that is a name of its own, also with the
    genitive's s.
    """
    for part in sorted({name, *re.split(r"[\s-]+", name)}, key=len, reverse=True):
        if len(part) >= _PART and part.casefold() not in _PARTICLES:
            found = rf"(?<!\w){re.escape(part)}(?:['’]?s)?(?!\w)"
            words = re.sub(found, BLOCK, words, flags=re.IGNORECASE)
    return words


def in_order(name: str) -> str:
    """What a list of names is sorted by: Ö stands with O, Ç with C."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _likeness(typed: str, name: str, **_: object) -> float:
    """Whole names by their words in any order; a part of a name by the word it comes nearest to."""
    parts = max((fuzz.ratio(typed, part) for part in name.split()), default=0.0)
    begins = 90.0 if any(part.startswith(typed) for part in name.split()) else 0.0
    return max(fuzz.token_sort_ratio(typed, name), parts, begins)

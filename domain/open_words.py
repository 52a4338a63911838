"""Open words (that no topic knows) as candidates for the catalogue: grouped, with no trace of who wrote them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from domain.figures import FEW, told
from domain.own_words import linked
from domain.topics.words import comparable, fold

SHOWN = 50
LONGEST, MOST_WORDS = 60, 5
"""Letters and words, as in an alias; anything longer tells somebody's story."""
_SHORTEST_NAME = 3


@dataclass(frozen=True)
class OpenWord:
    """`people`: how many wrote something like it, None below five."""

    words: str
    people: int | None


def candidates(
    written: Sequence[tuple[int, str]], private: Iterable[str], luck: Random
) -> list[OpenWord] | None:
    """At most 50 things that people wrote, in random order, or None if too few people wrote any.

    `written` holds (person id, words). What most people wrote is kept first. Words that contain part of a
    `private` text (a name, a place), or that are longer than an alias, are left out.
    """
    if len({person for person, _ in written}) < FEW:
        return None
    secret = {part for part in fold("\n".join(private)).split() if len(part) >= _SHORTEST_NAME}
    groups = _grouped([(person, words) for person, words in written if _is_short(words)])
    luck.shuffle(groups)
    groups.sort(key=lambda group: -len(group[1]))
    # Looked through only until enough are found: to fold all that was written takes a good part of the time.
    found = (group for group in groups if not _any_of(secret, group[0]))
    shown = [
        OpenWord(min(spellings, key=_plainest), told(len(people)))
        for spellings, people in islice(found, SHOWN)
    ]
    luck.shuffle(shown)
    return shown


def _plainest(words: str) -> tuple[int, bool, bool, str]:
    """A sort key: the shortest first, and "Dorfkino" before "dorfkino" and "DORFKINO"."""
    return len(words), words.isupper(), words.islower(), words


def _is_short(words: str) -> bool:
    return len(words) <= LONGEST and len(words.split()) <= MOST_WORDS and not any(c.isdigit() for c in words)


def _any_of(secret: set[str], spellings: Iterable[str]) -> bool:
    """Whether any spelling holds something private: then the others speak of the same."""
    return any("@" in words or secret & set(fold(words).split()) for words in spellings)


def _grouped(written: Sequence[tuple[int, str]]) -> list[tuple[set[str], set[int]]]:
    """Groups of spellings that are alike, directly or through a third, with the people who used them."""
    keys = [comparable(words) for _, words in written]
    group_of = linked(keys)
    found: defaultdict[str | int, tuple[set[str], set[int]]] = defaultdict(lambda: (set(), set()))
    for number, (key, (person, words)) in enumerate(zip(keys, written, strict=True)):
        spellings, people = found[group_of[key] or number]  # what has no words is like nothing
        spellings.add(words)
        people.add(person)
    return list(found.values())

"""The people of a workshop as the team looks for them: by a name, a place or a topic, and by how far they have come."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from domain import names, places
from domain.names.spelling import folded
from domain.team import Duty

MOST = 300
"""How many people a search finds at most. The federal workshop had as many guests."""

_SHORTEST = 3  # letters of a place
_LIKE_ENOUGH = 85.0


class Standing(StrEnum):
    """How far somebody has come, or what is open with them."""

    UNFINISHED = "unfinished"  # of the profile, something is unanswered
    NO_TOPICS = "no_topics"
    WAITING = "waiting"  # for their role to be confirmed
    UNREACHABLE = "unreachable"  # Telegram delivers nothing to them
    PROMISED = "promised"  # both have agreed to a pledge of theirs
    SILENT = "silent"  # the team was told of it


SEEN_BY = {
    each: Duty.RUN if each in (Standing.PROMISED, Standing.SILENT) else Duty.RECEIVE for each in Standing
}
"""Who may look for people by it: what becomes of pledges is no business of the reception."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody as a search sees them. `topics`: ids of what they seek or offer; `land`: a code, or empty."""

    id: int
    name: str
    place: str
    land: str
    topics: AbstractSet[str]


def search(typed: str, people: Iterable[Participant], topics: AbstractSet[str]) -> list[int]:
    """The ids of those whom the words may mean, at most `MOST`: first by name, the nearest first, then by place or
    Land, then by topic. `topics`: the ids of what the words name.
    """
    everybody = list(people)
    called = names.search(typed, (names.Somebody(each.id, each.name, each.place) for each in everybody), MOST)
    land = places.load().laender.get(places.spelt(typed))
    laender = land.laender if land is not None else ()
    here = (each.id for each in everybody if _is_place(typed, each.place) or each.land in laender)
    about = (each.id for each in everybody if not topics.isdisjoint(each.topics)) if topics else ()
    return list(dict.fromkeys([*(hit.id for hit in called), *here, *about]))[:MOST]


def _is_place(typed: str, place: str) -> bool:
    """Whether somebody who types this means that place: "frankfurt" for "Frankfurt am Main", "Koeln" for "Köln"."""
    return any(
        there == wanted
        or there.startswith(f"{wanted} ")
        or fuzz.ratio(wanted, there, score_cutoff=_LIKE_ENOUGH) > 0
        for wanted in {each.strip() for each in folded(typed)}
        for there in folded(place)
        if len(wanted) >= _SHORTEST
    )

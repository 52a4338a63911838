"""A round table, of people who share a topic: who is proposed and why, how many it takes, and when it is decided."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, zip_longest
from zlib import crc32

from domain.suggestions import Candidate
from domain.workshops import CLOSES, OPENS

FEWEST, MOST = 3, 8
"""How many have to say yes, and how many may."""
MOST_ASKED = 16
"""More than that are not asked to one table: most of them would find it full."""
MOST_MPS = 2
"""How many MPs are proposed: everybody wants to meet them. More may be added."""
DECIDED_BEFORE = timedelta(minutes=10)
"""How long before it begins it is decided whether it stands."""
ASKED_BEFORE = timedelta(minutes=20)
"""How long before it begins people are asked at the latest: they need time to see the question."""
LASTS = timedelta(minutes=45)
"""How long a table takes: whoever leaves the workshop before that is not asked."""
DRAFTS_LAST = timedelta(days=1)
KEPT = timedelta(days=7)
"""How long it is kept who was asked and did not come, and a table that was called off."""

_TIMES, _STEP = 8, timedelta(minutes=30)


class Deals(StrEnum):
    """What somebody has to do with the topic, which is why they are asked. On which side they stand nobody reads."""

    BOTH = "both"
    OFFERS = "offers"
    SEEKS = "seeks"
    DISCUSSES = "discusses"


class Invitation(StrEnum):
    """What has become of an invitation to a table, as its reader is told."""

    OPEN = "open"
    YES = "yes"
    NO = "no"
    LEFT = "left"  # decided, and they do not come
    FULL = "full"
    LATE = "late"  # it is decided without them
    OFF = "off"


def invitation(answer: bool | None, yes: int, *, is_off: bool, is_decided: bool) -> Invitation:
    """What has become of it for somebody who was asked. `answer`: theirs, None so far; `yes`: how many said yes."""
    if is_off:
        return Invitation.OFF
    if answer is True:
        return Invitation.YES
    if answer is False:
        return Invitation.LEFT if is_decided else Invitation.NO
    if yes >= MOST:
        return Invitation.FULL
    return Invitation.LATE if is_decided else Invitation.OPEN


def deals(person: Candidate, topic: str) -> Deals | None:
    """What this person has to do with the topic; None for nothing that they have confirmed."""
    if topic in person.sides:
        return Deals.DISCUSSES
    match topic in person.seeks, topic in person.offers:
        case True, True:
            return Deals.BOTH
        case False, True:
            return Deals.OFFERS
        case True, False:
            return Deals.SEEKS
    return None


def dealing(people: Sequence[Candidate], topic: str) -> list[Candidate]:
    """Those who may be asked to a table about the topic."""
    return [each for each in people if each.can_be_suggested and deals(each, topic) is not None]


def topics_for(people: Sequence[Candidate]) -> list[tuple[str, int]]:
    """The topics that enough of these people have for a table, the most common first, with how many have it."""
    having: defaultdict[str, int] = defaultdict(int)
    for each in people:
        for topic in each.topics if each.can_be_suggested else ():
            having[topic] += 1
    enough = [(topic, number) for topic, number in having.items() if number >= FEWEST]
    return sorted(enough, key=lambda each: (-each[1], each[0]))


def propose(
    people: Sequence[Candidate], topic: str, day: date, apart: Collection[frozenset[int]] = ()
) -> list[int]:
    """Whom to ask first, at most `MOST`, by id: as many who offer as who seek, those first who were suggested least.

    `apart`: pairs of whom one would rather not meet the other, which nobody learns. The day decides between equals.
    """
    of_kind: defaultdict[Deals | None, list[Candidate]] = defaultdict(list)
    for each in sorted(dealing(people, topic), key=lambda each: (each.exposure, _luck(each.id, day))):
        of_kind[deals(each, topic)].append(each)
    offer = [*of_kind[Deals.BOTH], *of_kind[Deals.OFFERS]]
    in_turn = chain.from_iterable(zip_longest(offer, of_kind[Deals.SEEKS], of_kind[Deals.DISCUSSES]))
    chosen: list[Candidate] = []
    for each in (found for found in in_turn if found is not None):
        too_many_mps = each.role.is_mp and sum(other.role.is_mp for other in chosen) >= MOST_MPS
        gets_on = all(frozenset((each.id, other.id)) not in apart for other in chosen)
        if len(chosen) < MOST and gets_on and not too_many_mps:
            chosen.append(each)
    return [each.id for each in chosen]


def times_ahead(day: date, opens: time | None, closes: time | None, wall: datetime) -> list[time]:
    """When a table may begin, for a tap: at most eight half hours of this day that leave time to ask people."""
    earliest = datetime.combine(day, opens or OPENS)
    if wall.date() == day:
        earliest = max(earliest, wall.replace(tzinfo=None) + ASKED_BEFORE)
    until, midnight = datetime.combine(day, closes or CLOSES), datetime.combine(day, time())
    first = midnight + _STEP * -((midnight - earliest) // _STEP)
    offered = [first + n * _STEP for n in range(_TIMES)]
    return [each.time() for each in offered if each < until] if wall.date() <= day else []


def ends(starts: datetime) -> time:
    """Until when somebody has to stay at least, by the clock that `starts` shows; never past midnight."""
    over = starts + LASTS
    return over.time() if over.date() == starts.date() else time.max


def _luck(person_id: int, day: date) -> int:
    return crc32(f"{day}:{person_id}".encode())

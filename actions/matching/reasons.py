"""People as matching sees them, and the reason for a card: kept in its row, and checked whenever it is shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal, Protocol, TypedDict

from db.crowd import CrowdInterest
from db.models import Interest, Person, RoundLine, Suggestion
from domain import places, reasons, topics
from domain.meeting import MP_CAP, conversations_left
from domain.outcomes.choices import Direction, offered
from domain.outcomes.matching import Because, Near, Why
from domain.roles import Role
from domain.suggestions import Candidate, MeetingReason

_KINDS: dict[Why, Literal["they_offer", "you_offer", "both", "same"]] = {
    Why.THEY_OFFER: "they_offer",
    Why.YOU_OFFER: "you_offer",
    Why.BOTH: "both",
    Why.SAME: "same",
}
_HELPING = (Why.HELPS, Why.HELPED)  # does not depend on what either seeks or offers
_MIRRORED = {
    Why.HELPS: Why.HELPED,
    Why.THEY_OFFER: Why.YOU_OFFER,
    Why.YOU_OFFER: Why.THEY_OFFER,
}


Own = Sequence[tuple[Direction, str]]
"""Own words, by what they were said of."""


class Profiled(Protocol):
    """A person's row, or as much of it as matching needs (`db.crowd`)."""

    @property
    def id(self) -> int: ...
    @property
    def role(self) -> Role | None: ...
    @property
    def role_confirmed(self) -> bool | None: ...
    @property
    def land(self) -> str | None: ...
    @property
    def seeks_at(self) -> datetime | None: ...
    @property
    def offers_at(self) -> datetime | None: ...
    @property
    def interests(self) -> Sequence[Interest | CrowdInterest]: ...


def as_candidate(person: Profiled, exposure: int, asked: int, most: int = MP_CAP) -> Candidate:
    """This person as matching sees them. `exposure`: how often they were shown. `asked`: how many conversations an MP
    was asked for, and `most` how many they take in all. Raises ValueError for somebody without a role.
    """
    if person.role is None:
        raise ValueError("somebody without a role is not ranked")
    mine = [i for i in person.interests if _is_confirmed(i, person)]
    named = [i for i in mine if i.topic]
    sides = {i.topic: 1.0 for i in named if i.topic and i.stance is not None}
    own = [(i.direction, i.words) for i in mine if i.words and i.topic is None]
    sided = {words for _, words in own if topics.takes_a_side(words, None)}
    return Candidate(
        id=person.id,
        role=person.role,
        land=person.land or None,
        seeks=_topics(named, Direction.SEEKS, sides),
        offers=_topics(named, Direction.OFFERS, sides),
        seek_words=_words(own, Direction.SEEKS, sided),
        offer_words=_words(own, Direction.OFFERS, sided),
        sides=sides,
        side_words=_side_words(own, sided),
        exposure=exposure,
        cap_left=conversations_left(person.role, asked, most),
        most=most,
        confirmed_mp=bool(person.role.is_mp and person.role_confirmed),
    )


def _is_confirmed(interest: Interest | CrowdInterest, person: Profiled) -> bool:
    """Whether the person confirmed it; before that, it is only what was understood."""
    at = person.seeks_at if interest.direction is Direction.SEEKS else person.offers_at
    return at is not None


def _topics(
    named: Sequence[Interest | CrowdInterest], direction: Direction, sides: Mapping[str, float]
) -> dict[str, float]:
    found = (i.topic for i in named if i.direction is direction)
    return {topic: 1.0 for topic in found if topic and topic not in sides and not offered(topic)}


def _words(own: Own, direction: Direction, sided: Collection[str]) -> tuple[str, ...]:
    return tuple(words for at, words in own if at is direction and words not in sided)


def _side_words(own: Own, sided: Collection[str]) -> tuple[str, ...]:
    """What own words that take a side are about."""
    if not sided:
        return ()
    bare = (topics.without_side(words) for _, words in own if words in sided)
    return tuple(words for words in bare if words is not None)


class Reasoned(TypedDict):
    """The columns of a reason."""

    why: Why
    topic: str | None
    theirs: str | None
    words: str | None


def reasoned(reason: MeetingReason) -> Reasoned:
    """The columns of a reason. If it is one for both, the reader offers `topic` and the other offers `theirs`."""
    both = reason.kind == "both"
    return {
        "why": Why(reason.kind),
        "topic": reason.also if both else reason.topic,
        "theirs": reason.topic if both else None,
        "words": reason.words,
    }


def is_true(row: RoundLine | Suggestion, reader: Person, other: Person) -> bool:
    """Whether the reason in this row is true of these two as they are now; that both are here always is."""
    if row.why in _HELPING or row.why is Why.HERE:
        return True
    known = _stored(row)
    return reasons.common_ground(as_candidate(reader, 0, 0), as_candidate(other, 0, 0), known) == known


def because(row: RoundLine | Suggestion, reader: Person, other: Person) -> Because:
    """The reason for the one who got the card: the one in the row while it is true, else another that is.

    If the two have nothing in common any more, that both are here.
    """
    if row.why in _HELPING:
        return Because(row.why, row.topic, None, None, _near(reader, other))
    found = None
    if reader.role is not None and other.role is not None:
        you, they = as_candidate(reader, 0, 0), as_candidate(other, 0, 0)
        found = reasons.common_ground(you, they, _stored(row))
    if found is None:
        return Because(Why.HERE, None, None, None, near=None)
    return Because(**reasoned(found), near=_near(reader, other))


def _near(reader: Person, other: Person) -> Near | None:
    if not reader.land or reader.land != other.land:
        return None
    same = reader.place and other.place and places.spelt(reader.place) == places.spelt(other.place)
    return Near.PLACE if same else Near.LAND


def mirrored(reason: Because) -> Because:
    """The same reason for the other of the two."""
    both = reason.why is Why.BOTH
    return replace(
        reason,
        why=_MIRRORED.get(reason.why, reason.why),
        topic=reason.theirs if both else reason.topic,
        theirs=reason.topic if both else None,
    )


def _stored(row: RoundLine | Suggestion) -> MeetingReason:
    why = row.why or Why.SAME
    first, also = (row.theirs, row.topic) if why is Why.BOTH else (row.topic, None)
    return MeetingReason(_KINDS.get(why, "same"), first, row.words, also=also)

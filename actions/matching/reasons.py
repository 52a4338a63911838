"""People as matching sees them, and the reason for a card: kept in its row, and checked whenever it is shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, Protocol

from db.crowd import Wish
from db.models import Interest, Person, RoundLine, Suggestion
from domain import matching, places, reasons, topics
from domain.meeting import conversations_left
from domain.outcomes.choices import Direction, offered
from domain.outcomes.matching import Because, Near, Why
from domain.roles import Role

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
    def interests(self) -> Sequence[Interest | Wish]: ...


def as_candidate(person: Profiled, exposure: int, asked: int) -> matching.Candidate:
    """This person as matching sees them. `exposure`: how often they were shown. `asked`: how many conversations an MP
    was asked for. Raises ValueError for somebody without a role.
    """
    if person.role is None:
        raise ValueError("somebody without a role is not ranked")
    mine = [i for i in person.interests if _is_confirmed(i, person)]
    sides = {i.topic: 1.0 for i in mine if i.topic and i.stance is not None}
    return matching.Candidate(
        id=person.id,
        role=person.role,
        land=person.land or None,
        seeks=_topics(mine, Direction.SEEKS, sides),
        offers=_topics(mine, Direction.OFFERS, sides),
        seek_words=_words(mine, Direction.SEEKS),
        offer_words=_words(mine, Direction.OFFERS),
        sides=sides,
        side_words=_side_words(mine),
        exposure=exposure,
        cap_left=conversations_left(person.role, asked),
        confirmed_mp=bool(person.role.is_mp and person.role_confirmed),
    )


def _is_confirmed(interest: Interest | Wish, person: Profiled) -> bool:
    """Whether the person confirmed it; before that, it is only what was understood."""
    at = person.seeks_at if interest.direction is Direction.SEEKS else person.offers_at
    return at is not None


def _topics(
    mine: Sequence[Interest | Wish], direction: Direction, sides: dict[str, float]
) -> dict[str, float]:
    named = (i.topic for i in mine if i.direction is direction and i.topic and not offered(i.topic))
    return {topic: 1.0 for topic in named if topic not in sides}


def _words(mine: Sequence[Interest | Wish], direction: Direction) -> tuple[str, ...]:
    own = (i.words for i in mine if i.direction is direction and i.words and i.topic is None)
    return tuple(words for words in own if not topics.takes_a_side(words, None))


def _side_words(mine: Sequence[Interest | Wish]) -> tuple[str, ...]:
    """What own words that take a side are about."""
    sided = (i.words for i in mine if i.words and i.topic is None and topics.takes_a_side(i.words, None))
    return tuple(bare for words in sided if (bare := topics.without_side(words)) is not None)


def reasoned(reason: matching.MeetingReason) -> dict[str, Any]:
    """The columns of a reason. If it is one for both, the reader offers `topic` and the other offers `theirs`."""
    both = reason.kind == "both"
    return {
        "why": Why(reason.kind),
        "topic": reason.also if both else reason.topic,
        "theirs": reason.topic if both else None,
        "words": reason.words,
    }


def is_true(row: RoundLine | Suggestion, reader: Person, other: Person) -> bool:
    """Whether the reason in this row is true of these two as they are now."""
    if row.why in _HELPING:
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


def _stored(row: RoundLine | Suggestion) -> matching.MeetingReason:
    why = row.why or Why.SAME
    first, also = (row.theirs, row.topic) if why is Why.BOTH else (row.topic, None)
    return matching.MeetingReason(_KINDS[why], first, row.words, also=also)

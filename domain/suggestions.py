"""What matching ranks, and what it suggests: people without names, and a reason made from data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from domain.meeting import MP_CAP
from domain.roles import Role

Kind = Literal["they_offer", "you_offer", "both", "same"]


@dataclass(frozen=True)
class Candidate:
    """Somebody in a workshop as the ranking sees them: without a name, so that the alphabet cannot matter.

    `seeks` and `offers` are weights by topic: 1 if the person confirmed it, at most 0.6 if it is a guess. `sides`: the
    same for the topics on which they take a side, which are in neither; `side_words`: own words that took one, without
    it. Nobody knows here which side it is.
    `exposure`: how often they are being suggested or asked. `cap_left`: conversations still wanted today, None
    without a cap; `most`: of an MP, in all.
    """

    id: int
    role: Role
    land: str | None = None
    seeks: Mapping[str, float] = field(default_factory=dict)
    offers: Mapping[str, float] = field(default_factory=dict)
    seek_words: tuple[str, ...] = ()
    offer_words: tuple[str, ...] = ()
    sides: Mapping[str, float] = field(default_factory=dict)
    side_words: tuple[str, ...] = ()
    exposure: int = 0
    cap_left: int | None = None
    most: int = MP_CAP
    confirmed_mp: bool = False

    @property
    def can_be_suggested(self) -> bool:
        """Nobody is suggested as an MP without being confirmed, or with no conversations left to give."""
        return self.cap_left != 0 and (self.confirmed_mp or not self.role.is_mp)

    @property
    def topics(self) -> Mapping[str, float]:
        """All their topics, sought, offered or disputed."""
        return {**self.seeks, **self.offers, **self.sides}

    @property
    def words(self) -> tuple[str, ...]:
        """All their own words."""
        return (*self.seek_words, *self.offer_words, *self.side_words)

    def shown_once_more(self) -> Self:
        """This person after one more of their cards has been given out."""
        cap_left = None if self.cap_left is None else max(0, self.cap_left - 1)
        return replace(self, exposure=self.exposure + 1, cap_left=cap_left)


@dataclass(frozen=True)
class MeetingReason:
    """Why two people should meet, put to the one who is asked ("you").

    `topic` is what the kind is about; for `both` it is what they offer, and `also` is what you offer. If only
    own words match, `topic` is None and `words` are the other person's. `land`: both live in the same Land.
    """

    kind: Kind
    topic: str | None
    words: str | None = None
    land: bool = False
    also: str | None = None


@dataclass(frozen=True)
class RankedCandidate:
    other_id: int
    score: float
    reason: MeetingReason

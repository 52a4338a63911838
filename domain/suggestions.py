"""Who is ranked, and what a suggestion says: people without names, and a reason made from data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from domain.roles import Role

Kind = Literal["they_offer", "you_offer", "both", "same"]


@dataclass(frozen=True)
class Person:
    """One person of a workshop as the ranking sees them: no name, so that no alphabet can help.

    Weights: 1 for a topic the person confirmed, at most .6 for a guess. `exposure`: how often this person is
    suggested or asked at the moment. `cap_left`: conversations still wanted today, None without a cap.
    """

    id: int
    role: Role
    land: str | None = None
    seeks: Mapping[str, float] = field(default_factory=dict)
    offers: Mapping[str, float] = field(default_factory=dict)
    seek_words: tuple[str, ...] = ()
    offer_words: tuple[str, ...] = ()
    exposure: int = 0
    cap_left: int | None = None
    confirmed_mp: bool = False

    @property
    def can_be_suggested(self) -> bool:
        """An MP whom nobody confirmed is not put forward as one; who has no conversation left has peace."""
        return self.cap_left != 0 and (self.confirmed_mp or not self.role.is_mp)

    def shown_once_more(self) -> Self:
        """As ranked after one more card of this person was given out."""
        cap_left = None if self.cap_left is None else max(0, self.cap_left - 1)
        return replace(self, exposure=self.exposure + 1, cap_left=cap_left)


@dataclass(frozen=True)
class Reason:
    """Why two people should meet, seen by the one who is asked.

    `topic` is what the kind speaks of; for `both` it is what they offer and `also` what you offer. Where only
    own words match, `topic` is None and `words` holds the other person's words.
    """

    kind: Kind
    topic: str | None
    words: str | None = None
    land: bool = False
    also: str | None = None


@dataclass(frozen=True)
class Suggestion:
    other_id: int
    score: float
    reason: Reason

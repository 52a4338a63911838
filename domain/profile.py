"""What a profile asks, and in which order. The first unanswered question is the whole state of joining."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from domain.outcomes.choices import Direction, ProfileQuestion
from domain.roles import Role

NAME_LIMIT = 60
PLACE_LIMIT = 80
ORGANISATION_LIMIT = 120
TOPICS_TEXT_LIMIT = 500
OWN_WORDS_LIMIT = 80
MAX_INTERESTS = 8  # per direction; more says nothing about anybody
TOPICS_ON_PAGE = 8  # of the list to pick from


class ProfileLike(Protocol):
    """A profile's answers: None is unanswered, an empty string was skipped."""

    role: Role | None
    name: str | None
    place: str | None
    land: str | None
    seeks_at: datetime | None
    organisation: str | None
    offers_at: datetime | None
    finished_at: datetime | None


def unanswered(profile: ProfileLike, *, announcements_answered: bool) -> Iterator[ProfileQuestion]:
    """The open questions in the order in which they are asked.

    Whoever came to act for an MP is asked none: their profile is finished, until they say themselves what they seek.
    """
    if profile.finished_at is not None and profile.seeks_at is None:
        return iter(())
    open_ = {
        ProfileQuestion.ROLE: profile.role is None,
        ProfileQuestion.NAME: profile.name is None,
        ProfileQuestion.PLACE: profile.place is None,
        ProfileQuestion.LAND: profile.land is None,
        ProfileQuestion.SEEKS: profile.seeks_at is None,
        ProfileQuestion.ORGANISATION: profile.organisation is None,
        ProfileQuestion.OFFERS: profile.offers_at is None,
        ProfileQuestion.ANNOUNCEMENTS: not announcements_answered,
        ProfileQuestion.SUMMARY: profile.finished_at is None,
    }
    return (question for question, is_open in open_.items() if is_open)


def before(question: ProfileQuestion, *, land_asked: bool) -> ProfileQuestion | None:
    """The question that joining asks before this one, None for the first. `land_asked`: the place did not tell it."""
    order = [each for each in ProfileQuestion if each is not ProfileQuestion.LAND or land_asked]
    at = order.index(question) if question in order else order.index(ProfileQuestion.PLACE) + 1
    return order[at - 1] if at else None


def is_answered(profile: ProfileLike, direction: Direction) -> bool:
    """Whether this direction's topics have been confirmed or skipped; from then on they are only edited."""
    return (profile.seeks_at if direction is Direction.SEEKS else profile.offers_at) is not None


class Suggestible(Protocol):
    """As much of a profile as decides whether somebody can be shown to others."""

    @property
    def name(self) -> str | None: ...
    @property
    def role(self) -> Role | None: ...
    @property
    def seeks_at(self) -> datetime | None: ...


def can_be_suggested(profile: Suggestible) -> bool:
    """Whether they can be shown to others: they have a name and a role, and are past the first topics question."""
    return profile.name is not None and profile.role is not None and profile.seeks_at is not None

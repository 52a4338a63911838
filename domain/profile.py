"""What a profile asks: the first unanswered question is the whole state of joining."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from domain.outcomes.choices import Direction, Question
from domain.roles import Role

NAME_LIMIT = 60
PLACE_LIMIT = 80
ORGANISATION_LIMIT = 120
TOPICS_TEXT_LIMIT = 500
OWN_WORDS_LIMIT = 80
MAX_INTERESTS = 8  # per direction; more says nothing about anybody


class ProfileLike(Protocol):
    """None is unanswered; an empty string was skipped."""

    role: Role | None
    name: str | None
    place: str | None
    land: str | None
    seeks_at: datetime | None
    organisation: str | None
    offers_at: datetime | None
    finished_at: datetime | None


def unanswered(profile: ProfileLike, *, announcements_answered: bool) -> Iterator[Question]:
    """The open questions in the order they are asked."""
    open_ = {
        Question.ROLE: profile.role is None,
        Question.NAME: profile.name is None,
        Question.PLACE: profile.place is None,
        Question.LAND: profile.land is None,
        Question.SEEKS: profile.seeks_at is None,
        Question.ORGANISATION: profile.organisation is None,
        Question.OFFERS: profile.offers_at is None,
        Question.ANNOUNCEMENTS: not announcements_answered,
        Question.SUMMARY: profile.finished_at is None,
    }
    return (question for question, is_open in open_.items() if is_open)


def is_answered(profile: ProfileLike, direction: Direction) -> bool:
    """Were the topics of this direction confirmed or skipped? From then on the line is edited."""
    return (profile.seeks_at if direction is Direction.SEEKS else profile.offers_at) is not None


def can_be_suggested(profile: ProfileLike) -> bool:
    """Known well enough to be shown to others: name, role, and the first topics question behind them."""
    return profile.name is not None and profile.role is not None and profile.seeks_at is not None

"""How many talks somebody is wanted for. One that three people have is one: two come along with each other."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Introduction, IntroState, Suggestion
from db.queries import counted


async def cards_held(
    session: AsyncSession, workshop_id: int, since: datetime, *, of_rounds: bool = False
) -> dict[int, int]:
    """How many talks with each person are kept for cards that were shown after `since` and are not answered yet.

    `of_rounds` counts only cards that a round gave out.
    """

    def is_held(card: Any) -> ColumnElement[bool]:
        of_one = [card.round_id.is_not(None)] if of_rounds else []
        return and_(card.workshop_id == workshop_id, card.verdict.is_(None), card.shown_at > since, *of_one)

    company = aliased(Suggestion)
    holds = (company.person_id == Suggestion.third_id, company.other_id == Suggestion.other_id)
    has_asked = (
        Introduction.asker_id == Suggestion.third_id,
        Introduction.asked_id == Suggestion.other_id,
        is_open_request(),
    )
    comes_along = or_(
        exists().where(*holds, company.id < Suggestion.id, is_held(company)), exists().where(*has_asked)
    )
    return await counted(session, Suggestion.other_id, is_held(Suggestion), ~comes_along)


async def open_requests(session: AsyncSession, workshop_id: int) -> dict[int, int]:
    """How many talks with each person people of this workshop have asked for, and are waiting or got a yes.

    Nobody waits for the answer to a second question.
    """
    of = Introduction.workshop_id == workshop_id, is_open_request()
    return await counted(session, Introduction.asked_id, *of, ~_comes_along(is_open_request))


async def agreed(session: AsyncSession, workshop_id: int, person_id: int) -> int:
    """How many talks this person was asked for in the workshop, and has agreed to."""
    of = Introduction.workshop_id == workshop_id, Introduction.asked_id == person_id, _is_agreed()
    return (await counted(session, Introduction.asked_id, *of, ~_comes_along(_is_agreed))).get(person_id, 0)


def is_open_request(of: Any = Introduction) -> ColumnElement[bool]:
    """Introductions that wait for an answer, as far as the asker knows, or got a yes."""
    return or_(and_(of.state == IntroState.ASKED, of.closed_at.is_(None)), _is_agreed(of))


def _is_agreed(of: Any = Introduction) -> ColumnElement[bool]:
    agreed_to: ColumnElement[bool] = of.state == IntroState.BOTH
    return agreed_to


def _comes_along(counts: Any) -> ColumnElement[bool]:
    """Introductions of the second of two who got the same card, if that of the first counts as well."""
    card, earlier = aliased(Suggestion), aliased(Introduction)
    return exists().where(
        card.id == Introduction.suggestion_id,
        earlier.asker_id == card.third_id,
        earlier.asked_id == Introduction.asked_id,
        earlier.id < Introduction.id,
        counts(earlier),
    )

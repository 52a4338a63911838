"""Somebody did not answer in time: they are asked once more, for a talk after the workshop's day."""

from datetime import datetime
from functools import cache

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, Sweep
from db import intact, reach
from db.models import Introduction, IntroState, Person, Priority, Suggestion, Workshop
from db.moments import NOW, as_of, from_now
from domain.calendar import asking_hours, by_day, end_of_day
from domain.meeting import ASKED_AGAIN_WITHIN, NIGHT, SECOND_QUESTION_LASTS
from domain.outcomes.matching import IntroAsked


def asking(now: datetime, operator: Operator) -> Pass:
    """The pass that asks whoever let a question go by a second and last time.

    On a working day after the workshop's and after the first expiry, from ten o'clock on, one question a day for each
    person. The asker hears only of a yes: a second expiry would tell them that the first time nobody said no.
    """

    async def ask(session: AsyncSession, intro_id: int) -> None:
        own = _to_ask().where(Introduction.id == intro_id)
        intro = await session.scalar(own.with_for_update(of=Introduction), as_of(now))
        if intro is not None:
            await _ask(session, intro, now, operator)

    return Pass(Selected(_ids_to_ask(), as_of(now)), ask)


async def ask_now(session: AsyncSession, intro_id: int, now: datetime, operator: Operator) -> bool:
    """The second question before its day, as somebody of the team wants it, in the hours in which people may be asked;
    whether it is asked.
    """
    own = _to_ask().where(Introduction.id == intro_id)
    intro = await session.scalar(own.with_for_update(of=Introduction), as_of(now))
    person = await intact.person(session, intro.asked_id) if intro is not None else None
    if intro is None or person is None or by_day(now, operator.zone, until=NIGHT) != now:
        return False
    _owe(session, intro, person, now)
    return True


async def _ask(session: AsyncSession, intro: Introduction, now: datetime, operator: Operator) -> None:
    person = await intact.person(session, intro.asked_id)
    if person is not None and await _may_be_asked_today(session, person, intro, now, operator):
        _owe(session, intro, person, now)


def _owe(session: AsyncSession, intro: Introduction, person: Person, now: datetime) -> None:
    intro.state, intro.asked_at = IntroState.ASKED, now
    intro.expires_at = now + SECOND_QUESTION_LASTS
    payload, to = IntroAsked.Payload(intro.id), outbox.Recipient.of(person)
    outbox.owe(session, payload, to, now, priority=Priority.NEWS, key=f"intro_again:{intro.id}")


@cache
def _ids_to_ask() -> Select[int]:
    return _to_ask().with_only_columns(Introduction.id)


@cache
def _to_ask() -> Select[Introduction]:
    """Questions that expired lately, were not asked again yet, and whose parties both may be shown, oldest first.

    Whoever has got the asker's card in another workshop meanwhile was asked by that.
    """
    card = (Suggestion.person_id == Introduction.asked_id, Suggestion.other_id == Introduction.asker_id)
    got_card = select(Suggestion.id).where(*card, Suggestion.shown_at > Introduction.asked_at).exists()
    return (
        select(Introduction)
        .join(Person, Person.id == Introduction.asked_id)
        .where(
            Introduction.state == IntroState.EXPIRED,
            Introduction.closed_at >= Introduction.expires_at,
            Introduction.expires_at > from_now(-ASKED_AGAIN_WITHIN),
            ~got_card,
            reach.showable(NOW),
            reach.names(Introduction.asker_id, reach.showable(NOW)),
        )
        .order_by(Introduction.id)
    )


async def _may_be_asked_today(
    session: AsyncSession, person: Person, intro: Introduction, now: datetime, operator: Operator
) -> bool:
    today = operator.day(now)
    workshop = await session.get_one(Workshop, intro.workshop_id)
    after_the_day = workshop.day < today and operator.day(intro.expires_at) < today
    return (
        after_the_day
        and asking_hours(now, operator.zone, person.land or None) == now
        and not (await _was_asked_today(session, person, now, operator))
    )


async def _was_asked_today(session: AsyncSession, person: Person, now: datetime, operator: Operator) -> bool:
    last = await session.scalar(
        select(Introduction.asked_at)
        .where(Introduction.asked_id == person.id)
        .order_by(Introduction.asked_at.desc())
        .limit(1)
    )
    return last is not None and operator.day(last) == operator.day(now)


def closing_second(now: datetime) -> Sweep:
    """A second question that was not answered ends without a word."""
    return Sweep(
        Selected(_A_SECOND_OVER, as_of(now)),
        lambda session: session.execute(_CLOSE_SECOND, as_of(now)),
    )


_SECOND_OVER = (
    Introduction.state == IntroState.ASKED,
    Introduction.closed_at.is_not(None),
    Introduction.expires_at <= NOW,
)
_A_SECOND_OVER = select(Introduction.id).where(*_SECOND_OVER).limit(1)
_CLOSE_SECOND = (
    update(Introduction)
    .where(*_SECOND_OVER)
    .values(state=IntroState.EXPIRED)
    .execution_options(synchronize_session=False)
)


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """When to look next for somebody to ask again; None if nobody waits for it. The walker goes there."""
    if (await session.scalars(_ids_to_ask(), as_of(now))).first() is None:
        return None
    opens = asking_hours(now, operator.zone, None)
    return opens if opens > now else asking_hours(end_of_day(now, operator.zone), operator.zone, None)

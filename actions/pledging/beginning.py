"""The day to talk that nobody named: one of the two is asked to begin, once, with two days to choose from."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange import drafts, entries, outbox
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass
from db import reach
from db.models import Person, Pledge, Priority
from domain.calendar import USUAL_HOUR, asking_hours, instant
from domain.nudging import BEGIN_WITHIN, begin_on, days_to_begin
from domain.outcomes.pledging.talks import TalkAsked
from domain.pledges import Acts, State

_KEY = "begin:"
_LONGEST_WAIT = BEGIN_WITHIN + timedelta(days=30)  # over the quiet time and the holidays beside it

_BEGINNER = case((Pledge.acts == Acts.PARTNER, Pledge.partner_id), else_=Pledge.author_id)
"""Who is asked: the promiser; if both act, the author."""


def asking(now: datetime, operator: Operator) -> Pass:
    """The pass that asks one party of each pledge whose day to talk nobody has named, in their asking hours."""

    async def find(session: AsyncSession) -> Iterable[int]:
        if asking_hours(now, operator.zone, None) != now:
            return ()
        waiting = select(Pledge.id, Pledge.made_on, Person.land).join(Person, Person.id == _BEGINNER)
        rows = await session.execute(waiting.where(_waits(operator.day(now)), reach.hears(now)))
        return [
            pledge_id
            for pledge_id, made_on, land in rows
            if made_on and _is_due(made_on, land, now, operator)
        ]

    async def ask(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id, _waits(operator.day(now)))
        pledge = await session.scalar(own.options(defer(Pledge.text)).with_for_update())
        if pledge is not None:
            await _ask(session, pledge, now, operator)

    return Pass(find, ask)


def _waits(today: date) -> ColumnElement[bool]:
    """The condition on pledges that neither party has answered when they talk, and neither was asked to begin."""
    return and_(
        Pledge.state == State.ACTIVE,
        Pledge.talk_settled.is_(False),
        Pledge.author_id.is_not(None),
        Pledge.partner_id.is_not(None),
        Pledge.made_on < today,
        Pledge.made_on > today - _LONGEST_WAIT,
        ~entries.is_owed_as(_KEY, Pledge.id),
    )


def _is_due(made_on: date, land: str | None, now: datetime, operator: Operator) -> bool:
    begin, today = begin_on(made_on, land or None), operator.day(now)
    return begin <= today <= begin + BEGIN_WITHIN and asking_hours(now, operator.zone, land or None) == now


async def _ask(session: AsyncSession, pledge: Pledge, now: datetime, operator: Operator) -> None:
    beginner = select(Person.id, Person.land).join(Pledge, Person.id == _BEGINNER)
    found = await session.execute(beginner.where(Pledge.id == pledge.id, reach.hears(now)))
    for person_id, land in found:
        to = await outbox.recipient(session, person_id)
        if to is None or pledge.deadline is None or await drafts.in_dialogue(session, person_id, now):
            return
        days = days_to_begin(operator.day(now), pledge.deadline, land or None)
        question = TalkAsked.Payload(pledge.id, days=days)
        outbox.owe(session, question, to, now, priority=Priority.NUDGE, key=f"{_KEY}{pledge.id}")


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which somebody is to be asked to begin; None without any."""
    waiting = select(Pledge.made_on).join(Person, Person.id == _BEGINNER)
    tomorrow = operator.day(now) + timedelta(days=1)
    made = await session.scalars(waiting.where(_waits(tomorrow), reach.hears(now)).distinct())
    due = (instant(begin_on(day, None), USUAL_HOUR, operator.zone) for day in made if day is not None)
    return min((each for each in due if each > now), default=None)

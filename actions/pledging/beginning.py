"""The day to talk that nobody named: one of the two is asked to begin, once, with two days to choose from."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange import drafts, outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import FOR_CHANGE, Pass
from db import reach
from db.models import Person, Pledge, Priority
from domain.calendar import USUAL_HOUR, asking_hours, instant
from domain.nudging import BEGIN_WITHIN, begin_on, days_to_begin
from domain.outcomes.pledging.talks import TalkAsked
from domain.pledges import Acts, State

_KEY = "begin:"
_LONGEST_WAIT = BEGIN_WITHIN + timedelta(days=30)  # over the quiet time and the holidays beside it


def asking(now: datetime, operator: Operator) -> Pass:
    """The pass that asks one party of each pledge whose day to talk nobody has named, in their asking hours."""

    async def find(session: AsyncSession) -> Iterable[int]:
        if asking_hours(now, operator.zone, None) != now:
            return ()
        return await session.scalars(select(Pledge.id).where(_waits(operator.day(now))))

    async def ask(session: AsyncSession, pledge_id: int) -> None:
        waiting = select(Pledge).where(Pledge.id == pledge_id, _waits(operator.day(now)))
        pledge = await session.scalar(waiting.options(defer(Pledge.text)).with_for_update())
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
        ~transcript.is_owed_as(_KEY, Pledge.id),
    )


async def _ask(session: AsyncSession, pledge: Pledge, now: datetime, operator: Operator) -> None:
    person = await session.get(Person, _beginner(pledge), with_for_update=FOR_CHANGE)
    if person is None or not reach.may_be_written_to(person, now) or pledge.deadline is None:
        return
    today, land = operator.day(now), person.land or None
    is_due = asking_hours(now, operator.zone, land) == now and _is_due(pledge, today, land)
    if not is_due or await drafts.in_dialogue(session, person.id, now):
        return
    question = TalkAsked.Payload(pledge.id, days=days_to_begin(today, pledge.deadline, land))
    to = outbox.Recipient.of(person)
    outbox.owe(session, question, to, now, priority=Priority.NUDGE, key=f"{_KEY}{pledge.id}")


def _beginner(pledge: Pledge) -> int | None:
    """The promiser; if both act, the author."""
    return pledge.partner_id if pledge.acts is Acts.PARTNER else pledge.author_id


def _is_due(pledge: Pledge, today: date, land: str | None) -> bool:
    return pledge.made_on is not None and _since(pledge.made_on, today, land) <= BEGIN_WITHIN


def _since(made_on: date, today: date, land: str | None) -> timedelta:
    begin = begin_on(made_on, land)
    return today - begin if today >= begin else timedelta.max


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which somebody is to be asked to begin; None without any."""
    today = operator.day(now)
    made = await session.scalars(select(Pledge.made_on).where(_waits(today + timedelta(days=1))).distinct())
    due = (instant(begin_on(day, None), USUAL_HOUR, operator.zone) for day in made if day is not None)
    return min((each for each in due if each > now), default=None)

"""The day to talk that nobody named: one of the two is asked to begin, once, with two days to choose from."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange import drafts, entries, outbox
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from db import reach
from db.models import Person, Pledge, Priority
from db.moments import NOW, as_of
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
        rows = await session.execute(_unasked(), places)
        return [
            pledge_id
            for pledge_id, made_on, land in rows
            if made_on and _is_due(made_on, land, now, operator)
        ]

    async def ask(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id, _waits()).options(defer(Pledge.text))
        pledge = await session.scalar(own.with_for_update(), _days(operator.day(now)))
        if pledge is not None:
            await _ask(session, pledge, now, operator)

    places = {**as_of(now), **_days(operator.day(now))}
    is_time = asking_hours(now, operator.zone, None) == now
    return Pass(Selected(_unasked(), places, find) if is_time else nothing, ask)


@cache
def _unasked() -> Select[int, date | None, str | None]:
    """The pledges that wait, the days on which they were made, and the Lands of those who are to be asked."""
    waiting = select(Pledge.id, Pledge.made_on, Person.land).join(Person, Person.id == _BEGINNER)
    return waiting.where(_waits(), reach.hears(NOW))


def _days(today: date) -> dict[str, date]:
    """What goes into the places of `_waits`."""
    return {"made_before": today, "made_after": today - _LONGEST_WAIT}


@cache
def _waits() -> ColumnElement[bool]:
    """The condition on pledges that neither party has answered when they talk, and neither was asked to begin. Has
    places for days (`_days`).
    """
    before, after = (bindparam(f"made_{side}", type_=Date()) for side in ("before", "after"))
    return and_(
        Pledge.state == State.ACTIVE,
        Pledge.talk_settled.is_(False),
        Pledge.author_id.is_not(None),
        Pledge.partner_id.is_not(None),
        Pledge.made_on < before,
        Pledge.made_on > after,
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
    tomorrow = operator.day(now) + timedelta(days=1)
    waiting = await session.execute(_unasked(), {**as_of(now), **_days(tomorrow)})
    made = {day for _, day, _ in waiting if day is not None}
    due = (instant(begin_on(day, None), USUAL_HOUR, operator.zone) for day in made)
    return min((each for each in due if each > now), default=None)

"""Silence ends, too: fourteen days after somebody was asked how it ended, the other's word stands."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer

from actions.exchange.operator import Operator
from actions.exchange.passes import Pass
from actions.pledging import endings, history
from db import intact, reach
from db.models import Nudge, Pledge, PledgeEvent
from domain.calendar import USUAL_HOUR, asking_hours, instant
from domain.nudging import Period
from domain.pledges import SILENCE, State, closes_on

_A_DAY = timedelta(days=1)


def ending(now: datetime, operator: Operator) -> Pass:
    """The pass that ends pledges which wait for nothing but somebody's silence; both parties are told.

    Such are an ending said before the deadline to which the other has not said a word for fourteen days, and the
    deadline's question, if whoever has not answered it was asked so long ago. On working days, from ten o'clock on.
    """

    async def end(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id, Pledge.state == State.ACTIVE)
        pledge = await session.scalar(own.options(defer(Pledge.text)).with_for_update(key_share=True))
        if pledge is not None and await _is_over(session, pledge, now, operator):
            await endings.close(session, pledge, now)

    async def find(session: AsyncSession) -> Iterable[int]:
        is_open = asking_hours(now, operator.zone, None) == now
        return await session.scalars(_perhaps_over(now, operator)) if is_open else ()

    return Pass(find, end)


def _perhaps_over(now: datetime, operator: Operator) -> Select[int]:
    latest = operator.day(now) - SILENCE
    asked = aliased(PledgeEvent)
    waiting = exists().where(
        asked.pledge_id == Pledge.id,
        asked.at < instant(latest + _A_DAY, time(), operator.zone),
        history.still_asks(asked),
    )
    return select(Pledge.id).where(Pledge.state == State.ACTIVE, or_(waiting, Pledge.deadline <= latest))


async def _is_over(session: AsyncSession, pledge: Pledge, now: datetime, operator: Operator) -> bool:
    """Whether everybody has answered, or has been silent for long enough."""
    latest = operator.day(now) - SILENCE
    given = {party: await history.answers(session, pledge, party) for party in pledge.parties}
    waiting = [last.waits_since for each in given.values() if (last := each.last_said()) is not None]
    if since := [moment for moment in waiting if moment is not None]:
        return operator.day(min(since)) <= latest
    for person_id, answers in given.items():
        answer = answers.to(Period.DEADLINE)
        if answer is not None and answer.status is not None:
            continue
        silent_since = await _silent_since(session, pledge, person_id, now)
        if silent_since is None or operator.day(silent_since) > latest:
            return False
    return True


async def _silent_since(
    session: AsyncSession, pledge: Pledge, person_id: int, now: datetime
) -> datetime | None:
    """When this party was asked how it ended; when that was due, if they cannot be asked. None: they will be asked."""
    nudge = await session.scalar(
        select(Nudge).where(
            Nudge.pledge_id == pledge.id, Nudge.person_id == person_id, Nudge.period == Period.DEADLINE
        )
    )
    if nudge is None:
        return None
    if nudge.asked_at is not None:
        return nudge.asked_at
    person = await intact.person(session, person_id)
    if person is not None and (reach.may_be_written_to(person, now) or person.paused_until is not None):
        return None
    return nudge.due_at


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which a silence may be over; None without any. The walker goes there."""
    asked_at = func.coalesce(Nudge.asked_at, Nudge.due_at)
    of_active = select(asked_at).join(Pledge, Pledge.id == Nudge.pledge_id)
    asked = await session.scalars(
        of_active.where(Nudge.period == Period.DEADLINE, Pledge.state == State.ACTIVE).distinct()
    )
    waiting = await session.scalars(
        select(PledgeEvent.at)
        .join(Pledge, Pledge.id == PledgeEvent.pledge_id)
        .where(history.still_asks(PledgeEvent), Pledge.state == State.ACTIVE)
    )
    days = {operator.day(moment) for moment in (*asked, *waiting) if moment is not None}
    instants = (instant(closes_on(day), USUAL_HOUR, operator.zone) for day in days)
    return min((each for each in instants if each > now), default=None)

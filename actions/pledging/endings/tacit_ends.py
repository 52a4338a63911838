"""A tacit end: fourteen days after somebody was asked how it ended, the other's word stands."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from sqlalchemy import Date, Select, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer

from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from actions.pledging import history
from actions.pledging.endings import endings
from actions.pledging.endings.seen import reader_of, seen
from db import intact, reach
from db.models import Nudge, Pledge, PledgeEvent
from db.types import UtcDateTime
from domain.calendar import USUAL_HOUR, asking_hours, instant
from domain.nudging import Period
from domain.outcomes.pledging.nudges import AgreementAsked
from domain.pledges import OBJECT_WITHIN, State, closes_on

_A_DAY = timedelta(days=1)


def ending(now: datetime, operator: Operator) -> Pass:
    """The pass that ends pledges which wait for nothing but somebody's word; both parties are told.

    Such are an ending said before the deadline to which the other has not said a word for fourteen days, and the
    deadline's question, if whoever has not answered it was asked so long ago. On working days, from ten o'clock on.
    """

    async def end(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id, Pledge.state == State.ACTIVE)
        pledge = await session.scalar(own.options(defer(Pledge.text)).with_for_update(key_share=True))
        if pledge is not None and await _is_over(session, pledge, now, operator):
            await endings.close(session, pledge, now)

    latest = operator.day(now) - OBJECT_WITHIN
    places = {"latest": latest, "asked_until": instant(latest + _A_DAY, time(), operator.zone)}
    is_time = asking_hours(now, operator.zone, None) == now
    return Pass(Selected(_perhaps_over(), places) if is_time else nothing, end)


@cache
def _perhaps_over() -> Select[int]:
    """With places for the latest day whose fourteen days are over, and for its end."""
    asked = aliased(PledgeEvent)
    waiting = exists().where(
        asked.pledge_id == Pledge.id,
        asked.at < bindparam("asked_until", type_=UtcDateTime()),
        history.still_asks(asked),
    )
    over = Pledge.deadline <= bindparam("latest", type_=Date())
    return select(Pledge.id).where(Pledge.state == State.ACTIVE, or_(waiting, over))


async def _is_over(session: AsyncSession, pledge: Pledge, now: datetime, operator: Operator) -> bool:
    """Whether everybody has answered, or has said nothing for long enough."""
    latest = operator.day(now) - OBJECT_WITHIN
    given = {party: await history.answers(session, pledge, party) for party in pledge.parties}
    for party, answers in given.items():
        last = answers.last_said()
        if last is not None and last.waits_since is not None:
            found = await wait(session, pledge, party, last.waits_since, now, operator)
            return found.counts_from <= latest and not found.on_its_way
    for person_id, answers in given.items():
        answer = answers.to(Period.DEADLINE)
        if answer is not None and answer.status is not None:
            continue
        waiting_since = await _waiting_since(session, pledge, person_id, now)
        if waiting_since is None or operator.day(waiting_since) > latest:
            return False
    return True


@dataclass(frozen=True)
class EndingWait:
    """An ending said before the deadline waits for the other's word.

    `counts_from`: fourteen days after this day the wait is over. `pausing`: the other pauses and has not seen the
    question, so that this is the latest. `on_its_way`: the question has not gone out yet.
    """

    counts_from: date
    pausing: bool = False
    on_its_way: bool = False


async def wait(
    session: AsyncSession, pledge: Pledge, party_id: int, since: datetime, now: datetime, operator: Operator
) -> EndingWait:
    """What this party waits for, who said since then that the pledge is over.

    The days count from when the other could see the question: a pause that began before holds it back until they go on.
    At the latest they count from the pledge's day, so that every wait ends; for somebody without Telegram, whom we ask
    nothing, not before it.
    """
    other_id, asked_on = pledge.other_than(party_id), operator.day(since)
    latest = max(pledge.deadline or asked_on, asked_on)
    if other_id is None:
        return EndingWait(asked_on)
    other = await intact.person(session, other_id)
    if other is not None and other.is_entered:
        return EndingWait(latest)
    found = await seen(session, other_id, AgreementAsked.Payload, pledge.id, since, now)
    if found.at is not None:
        return EndingWait(min(operator.day(found.at), latest))
    if found.pausing:
        return EndingWait(latest, pausing=True, on_its_way=found.on_its_way)
    return EndingWait(asked_on, on_its_way=found.on_its_way)


async def _waiting_since(
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
    person = await reader_of(session, person_id, now)
    if person is not None and (reach.may_be_written_to(person, now) or person.paused_until is not None):
        return None
    return nudge.due_at


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which there may be a tacit end; None without any. The walker goes there."""
    asked = await session.scalars(_asked_for_the_end())
    days = {operator.day(moment) for moment in asked if moment is not None}
    waiting = await session.execute(_still_asking())
    for pledge, party_id, since in waiting.all():
        assert party_id is not None
        days.add((await wait(session, pledge, party_id, since, now, operator)).counts_from)
    instants = (instant(closes_on(day), USUAL_HOUR, operator.zone) for day in days)
    return min((each for each in instants if each > now), default=None)


@cache
def _asked_for_the_end() -> Select[datetime]:
    """When parties of active pledges were asked how it ended, or will be."""
    return (
        select(func.coalesce(Nudge.asked_at, Nudge.due_at))
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .where(Nudge.period == Period.DEADLINE, Pledge.state == State.ACTIVE)
        .distinct()
    )


@cache
def _still_asking() -> Select[Pledge, int | None, datetime]:
    """Active pledges of which a party has said that it is over, that party, and when."""
    return (
        select(Pledge, PledgeEvent.party_id, PledgeEvent.at)
        .options(defer(Pledge.text))
        .join(PledgeEvent, Pledge.id == PledgeEvent.pledge_id)
        .where(history.still_asks(PledgeEvent), Pledge.state == State.ACTIVE)
    )

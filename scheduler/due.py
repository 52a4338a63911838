"""When something falls due next: the stage's clock walks from one such instant to the next."""

from datetime import datetime, time, timedelta
from functools import cache

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.matching import afterwards, asking_again
from actions.organising.broadcasts import running
from actions.organising.care import care_passes
from actions.organising.exports import export_ends
from actions.organising.inquiries import inquiry_reminders
from actions.organising.pledge_moments import pledge_moments
from actions.organising.programme import programme_reminders
from actions.organising.reports import report_news
from actions.organising.roundtables import roundtable_ends
from actions.pledging.agreeing import beginning, waiting
from actions.pledging.endings import retrospective_closing, tacit_ends
from actions.pledging.help_calls import calling
from actions.pledging.nudges import nudges
from actions.pledging.silences import hints, unreachable
from actions.rights import retention
from db import queries
from db.models import IS_OPEN, Introduction, Outgoing, Person, SendState
from db.moments import NOW, as_of
from domain.calendar import USUAL_HOUR, asking_hours, by_day
from domain.meeting import NIGHT
from domain.nudging import closes_for, hour_of

_UNTIL_NEXT_LOOK = timedelta(days=1)
_EXPIRIES = select(Introduction.expires_at).where(queries.asker_waits())
_END_OF_PAUSE = select(func.min(Person.paused_until)).where(
    Person.paused.is_(True), Person.paused_until > NOW
)
_LATER_MESSAGE = select(func.min(Outgoing.due_at)).where(
    IS_OPEN, Outgoing.state == SendState.PENDING, Outgoing.due_at > NOW
)


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The earliest instant after `now` at which a question, a tacit end, the close of a retrospective, word of a
    silence, of somebody who cannot be reached, of an answer that did not come, of a question that the team has not
    answered, of what somebody of it has taken on or of what is new for it, a call for help, a round table, an expiry,
    the end of a pause, the end of a retention period, a message for later, an announcement, the end of an export, an
    item of a programme, a report or the end of a pledge moment falls due; None if there is none.
    """
    instants = (
        await nudges.next_due(session, now, operator),
        await _waiting_question(session, now, operator),
        await beginning.next_due(session, now, operator),
        await tacit_ends.next_due(session, now, operator),
        await retrospective_closing.next_due(session, now, operator),
        await hints.next_due(session, now, operator),
        await report_news.next_due(session, now, operator),
        await inquiry_reminders.next_due(session, now, operator),
        await care_passes.next_due(session, now, operator),
        await calling.next_due(session, now, operator),
        await roundtable_ends.next_due(session, now),
        await unreachable.next_due(session, now, operator),
        await waiting.next_due(session, now, operator),
        await _expiry(session, now, operator),
        await asking_again.next_due(session, now, operator),
        await afterwards.next_due(session, now, operator),
        await _end_of_pause(session, now),
        await _later_message(session, now),
        await running.next_start(session, now),
        await export_ends.next_due(session, now),
        await programme_reminders.next_due(session, now, operator),
        await pledge_moments.next_end(session, now),
        await retention.next_due(session, now, operator),
    )
    return min((instant for instant in instants if instant is not None), default=None)


async def _waiting_question(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """When to look again at questions that are due but may not be asked yet, because it is outside their reader's hours
    or too soon after another question; None if there are none.
    """
    hours = [hour_of(chosen) for chosen in await session.scalars(_hours_with_question_due(), as_of(now))]
    looks = (_next_look(now, operator, hour) for hour in {*hours, *([USUAL_HOUR] if hours else [])})
    return min(looks, default=None)


@cache
def _hours_with_question_due() -> Select[int | None]:
    return nudges.due_and_unasked().with_only_columns(Person.asking_hour).order_by(None).distinct()


def _next_look(now: datetime, operator: Operator, hour: time) -> datetime:
    opens = asking_hours(now, operator.zone, None, hour, closes_for(hour))
    return (
        opens
        if opens > now
        else asking_hours(now + _UNTIL_NEXT_LOOK, operator.zone, None, hour, closes_for(hour))
    )


async def _expiry(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """When the next question's time is over, or its asker hears of it in the morning."""
    expiries = await session.scalars(_EXPIRIES)
    told = (by_day(each, operator.zone, until=NIGHT) for each in expiries)
    return min((each for each in told if each > now), default=None)


async def _end_of_pause(session: AsyncSession, now: datetime) -> datetime | None:
    return await session.scalar(_END_OF_PAUSE, as_of(now))


async def _later_message(session: AsyncSession, now: datetime) -> datetime | None:
    return await session.scalar(_LATER_MESSAGE, as_of(now))

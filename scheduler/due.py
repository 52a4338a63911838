"""When something falls due next: the stage's clock walks from one such instant to the next."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from functools import cache

from sqlalchemy import Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import file_ends
from actions.exchange.operator import Operator
from actions.matching import afterwards, asking_again
from actions.organising.broadcasts import running
from actions.organising.care import care_passes
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
from db.models import (
    IS_OPEN,
    Base,
    HelpCall,
    Inquiry,
    Introduction,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    ProgrammeItem,
    SendState,
)
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
    the end of a pause, the end of a retention period, a message for later, a broadcast, the end of a file, an
    item of a programme, a report or the end of a pledge moment falls due; None if there is none.
    """
    found = (await session.execute(_AT_A_GLANCE, as_of(now))).one()
    instants: list[datetime | None] = [*found[: len(_EARLIEST)], await file_ends.next_due(session, now)]
    for steps, is_any in zip(_IF_ANY.values(), found[len(_EARLIEST) :], strict=True):
        instants += [await each(session, now, operator) for each in steps if is_any]
    instants += [await each(session, now, operator) for each in _ALWAYS]
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


Step = Callable[[AsyncSession, datetime, Operator], Awaitable[datetime | None]]

_EARLIEST = (
    _END_OF_PAUSE,
    _LATER_MESSAGE,
    running.NEXT_START,
    pledge_moments.NEXT_END,
    roundtable_ends.NEXT_DECISION,
)
_IF_ANY: dict[type[Base], tuple[Step, ...]] = {
    Nudge: (
        nudges.next_due,
        _waiting_question,
        tacit_ends.next_due,
        hints.next_due,
    ),
    Pledge: (
        beginning.next_due,
        retrospective_closing.next_due,
        waiting.next_due,
        unreachable.next_due,
        report_news.next_due,
    ),
    HelpCall: (calling.next_due,),
    Inquiry: (inquiry_reminders.next_due,),
    Introduction: (_expiry, asking_again.next_due, afterwards.next_due),
    ProgrammeItem: (programme_reminders.next_due,),
}
"""What is asked only if a table has rows at all: most of them have none on the stage."""
_ALWAYS: tuple[Step, ...] = (care_passes.next_due, retention.next_due)
_AT_A_GLANCE = select(
    *(each.scalar_subquery() for each in _EARLIEST), *(exists().select_from(table) for table in _IF_ANY)
)

"""That the report of a workshop can be had: its organisers are told once, when its pledges are over."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Date, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, Statement, nothing
from actions.organising.team import team
from db import reach
from db.models import Person, Pledge, Priority, Workshop
from domain.calendar import USUAL_HOUR, asking_hours, instant, months_after
from domain.outcomes.organising.reports import ReportShown
from domain.pledges import RELEASABLE
from domain.reports import MONTHS, SETTLED_AFTER, TOLD_WITHIN, report_on
from domain.team import Duty

_A_WEEK = timedelta(days=7)  # by which six months back and forth may differ, and then some
_MADE_THERE = exists().where(Pledge.workshop_id == Workshop.id, Pledge.state.in_(RELEASABLE))


def telling(now: datetime, operator: Operator) -> Pass:
    """The pass that tells the organisers of each workshop with pledges, in office hours, each once. Nobody who pauses,
    or cannot be reached; they are told when they are back, if that is within TOLD_WITHIN.
    """
    today = operator.day(now)

    async def find(session: AsyncSession) -> Iterable[int]:
        found = await session.execute(_SOME, places)
        due = [number for number, day in found if _is_due(day)]
        return [each for each in due if await _untold(session, each, now, operator)]

    async def tell(session: AsyncSession, workshop_id: int) -> None:
        for organiser in await _untold(session, workshop_id, now, operator):
            payload, to = ReportShown.Payload(workshop_id, is_news=True), outbox.Recipient.of(organiser)
            outbox.owe(session, payload, to, now, priority=Priority.NEWS, key=_key(workshop_id, organiser))

    def _is_due(day: date) -> bool:
        on = report_on(day, operator.retention_days)
        return on <= today < on + TOLD_WITHIN

    latest = months_after(today, -MONTHS) + _A_WEEK
    places = {"report_from": latest - SETTLED_AFTER - TOLD_WITHIN - 2 * _A_WEEK, "report_until": latest}
    is_open = asking_hours(now, operator.zone, None) == now
    return Pass(Selected(_SOME, places, find) if is_open else nothing, tell)


def _some() -> Statement:
    """Workshops of these days in which something was promised."""
    first, last = bindparam("report_from", type_=Date), bindparam("report_until", type_=Date)
    return select(Workshop.id, Workshop.day).where(Workshop.day.between(first, last), _MADE_THERE)


_SOME = _some()


async def _untold(session: AsyncSession, workshop_id: int, now: datetime, operator: Operator) -> list[Person]:
    organisers = await team.within_reach(session, operator, Duty.RUN, workshop_id)
    present = [each for each in organisers if not reach.is_paused(each, now)]
    return [each for each in present if not await transcript.was_owed(session, _key(workshop_id, each))]


def _key(workshop_id: int, organiser: Person) -> str:
    return f"report:{workshop_id}:{organiser.id}"


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which organisers are told, as things are. The walker goes there."""
    last = months_after(operator.day(now), -MONTHS) - SETTLED_AFTER - _A_WEEK
    days = await session.scalars(select(Workshop.day).where(Workshop.day >= last, _MADE_THERE).distinct())
    mornings = (instant(report_on(day, operator.retention_days), USUAL_HOUR, operator.zone) for day in days)
    opens = (asking_hours(each, operator.zone, None) for each in mornings)
    return min((each for each in opens if each > now), default=None)

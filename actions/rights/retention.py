"""What ends by itself: a promise's words some time after its deadline, drafts after a week, profiles after their time.

The rule people are told in the privacy notice; the days stand in the settings (`RETENTION_DAYS`, 1 to 365).
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.rights import requests, traces
from db import queries, reach
from db.models import Consent, Draft, Membership, Person, Pledge, Priority, Report, Workshop
from domain.calendar import instant, months_after, office_hours
from domain.outcomes.choices import Purpose
from domain.outcomes.rights import TextEnding
from domain.pledges import State
from domain.retention import (
    DRAFTS_KEPT,
    NOTICE,
    PROFILE_MONTHS,
    WITHDRAWN_KEPT,
    latest_ended,
    latest_noticed,
    notice_on,
    words_end_on,
)

_AT_A_TIME = 50  # erasures in one transaction, so that nobody waits long for it
_last_word = func.max(func.coalesce(Consent.withdrawn_at, Consent.at))
_NOTED = exists().where(Report.pledge_id == Pledge.id, Report.notes.is_not(None))
_WORDED = or_(Pledge.text.is_not(None), _NOTED)  # notes may outlive a text that went with its writer


async def run(session: AsyncSession, now: datetime, operator: Operator) -> None:
    """One idempotent pass over all of it."""
    await give_notice(session, now, operator)
    await end_texts(session, now, operator)
    await end_drafts(session, now)
    await end_profiles(session, now, operator)
    await end_withdrawn(session, now, operator)


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which words or somebody who took the consent back may end, or the notice falls
    due; None without any.
    """
    kept, deadlines = operator.retention_days, await _deadlines(session)
    told_on = [_midnight(notice_on(day, kept), operator) for day in deadlines]
    notices = [office_hours(midnight, operator.zone, None) for midnight in told_on]
    ends = [_midnight(words_end_on(day, kept), operator) for day in deadlines]
    given = await transcript.owed_since(session, TextEnding.Payload, now - NOTICE)
    withdrawn = await session.scalars(_last_words_on_core())
    timed = (*(at + NOTICE for at in given), *(at + WITHDRAWN_KEPT for at in withdrawn))
    instants = (*notices, *ends, *(_full_hour(at) for at in timed))
    return min((each for each in instants if each > now), default=None)


async def _deadlines(session: AsyncSession) -> list[date]:
    """The deadlines of the pledges whose words are still kept."""
    days = await session.scalars(select(Pledge.deadline).where(_WORDED).distinct())
    return [day for day in days if day is not None]


def _full_hour(moment: datetime) -> datetime:
    """Not before: retention looks once in each hour of the clock, when that begins."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour if hour == moment else hour + timedelta(hours=1)


def _midnight(day: date, operator: Operator) -> datetime:
    return instant(day, time(), operator.zone)


def _last_words_on_core() -> Select[datetime]:
    """When each of those who do not agree (any more) last said so."""
    return (
        select(_last_word)
        .where(Consent.purpose == Purpose.CORE, Consent.person_id.not_in(reach.gives(Purpose.CORE)))
        .group_by(Consent.person_id)
    )


async def give_notice(session: AsyncSession, now: datetime, operator: Operator) -> None:
    """Fourteen days before a promise's words end, both parties are told once, in office hours."""
    if office_hours(now, operator.zone, None) != now:
        return
    last = latest_noticed(operator.day(now), operator.retention_days)
    for pledge in await session.scalars(select(Pledge).where(Pledge.deadline <= last, _WORDED)):
        for person_id in pledge.parties:
            await _tell(session, pledge, person_id, now)


async def _tell(session: AsyncSession, pledge: Pledge, person_id: int, now: datetime) -> None:
    person, key = await session.get_one(Person, person_id), _notice_key(pledge, person_id)
    if person.chat_id is None or await transcript.was_owed(session, key):
        return
    to = outbox.Recipient.of(person)
    outbox.owe(session, TextEnding.Payload(pledge.id), to, now, priority=Priority.NEWS, key=key)


async def end_texts(session: AsyncSession, now: datetime, operator: Operator) -> None:
    """The sentence and the notes go; who, when and the taps stay for the counts until the person goes. A proposal
    that nobody answered until then is over.

    Never without the notice: after a long downtime it comes late, and the words wait for it.
    """
    last = latest_ended(operator.day(now), operator.retention_days)
    over = await session.scalars(select(Pledge).where(Pledge.deadline <= last, _WORDED))
    ended = [pledge for pledge in over.all() if await _had_notice(session, pledge, now)]
    for pledge in ended:
        pledge.text = None
        if pledge.state is State.PROPOSED:
            pledge.state, pledge.ended_at = State.WITHDRAWN, now
    about = Report.pledge_id.in_([pledge.id for pledge in ended])
    await session.execute(update(Report).where(about).values(notes=None))
    gone = update(Pledge).where(Pledge.deadline <= last, Pledge.topic.is_not(None))
    await session.execute(gone.values(topic=None))


async def _had_notice(session: AsyncSession, pledge: Pledge, now: datetime) -> bool:
    told = select(Person.id).where(Person.id.in_(pledge.parties), Person.chat_id.is_not(None))
    keys = [_notice_key(pledge, person_id) for person_id in await session.scalars(told)]
    return await transcript.were_owed(session, keys, by=now - NOTICE)


def _notice_key(pledge: Pledge, person_id: int) -> str:
    return f"ending:{pledge.id}:{person_id}"


async def end_drafts(session: AsyncSession, now: datetime) -> None:
    """What was never made, a week after it was begun, declined or taken back; and parked beginnings. What awaits
    words stays: the person was asked for them.

    News of it go out first, however late: they are worded from it.
    """
    begun = and_(Pledge.state == State.DRAFT, Pledge.created_at < now - DRAFTS_KEPT)
    ended = and_(Pledge.state.in_((State.DECLINED, State.WITHDRAWN)), Pledge.ended_at < now - DRAFTS_KEPT)
    over = select(Pledge.id).where(or_(begun, ended), ~transcript.has_unsent(Pledge.id))
    await traces.keep_between(session, over)
    await session.execute(delete(Pledge).where(Pledge.id.in_(over)))
    await session.execute(
        delete(Draft).where(Draft.awaiting.is_(False), Draft.created_at < now - DRAFTS_KEPT)
    )


async def end_profiles(session: AsyncSession, now: datetime, operator: Operator) -> None:
    """Whoever has had neither a workshop nor a promise's words for nine months is erased, and told so: in office
    hours, some at a time. Who never came to a workshop counts from the day of joining, unless they are of the team.
    """
    if office_hours(now, operator.zone, None) != now:
        return
    latest = (
        select(Membership.person_id, func.max(Workshop.day).label("day"))
        .join(Workshop, Workshop.id == Membership.workshop_id)
        .group_by(Membership.person_id)
        .subquery()
    )
    worded = select(Pledge.id).where(queries.in_pledge(Person.id), _WORDED)
    first = months_after(operator.day(now), -PROFILE_MONTHS)
    never_came = and_(
        latest.c.day.is_(None),
        Person.created_at < _midnight(first, operator),
        Person.chat_id.not_in(operator.owners),
    )
    over = await session.scalars(
        select(Person)
        .outerjoin(latest, latest.c.person_id == Person.id)
        .where(or_(latest.c.day < first, never_came), ~worded.exists())
        .limit(_AT_A_TIME)
    )
    await _erase(session, over.all(), now, operator)


async def end_withdrawn(session: AsyncSession, now: datetime, operator: Operator) -> None:
    """Whoever took the core consent back a week ago and did not come back is erased, and told so."""
    last_words = _last_words_on_core()
    silent = last_words.with_only_columns(Consent.person_id).having(_last_word <= now - WITHDRAWN_KEPT)
    over = await session.scalars(select(Person).where(Person.id.in_(silent)))
    await _erase(session, over.all(), now, operator)


async def _erase(session: AsyncSession, people: Sequence[Person], now: datetime, operator: Operator) -> None:
    for person in people:
        if person.chat_id is not None:
            await requests.erase(Turn(session, now, operator, person.chat_id, person))

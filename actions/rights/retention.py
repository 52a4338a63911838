"""Retention: words of a pledge are deleted some time after its deadline, drafts after a week, profiles after months.

People read these rules in the privacy notice. How long words are kept is a setting (`RETENTION_DAYS`, 1 to 365).
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, and_, bindparam, delete, exists, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange import entries, pauses, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from actions.exchange.turn import Turn
from actions.matching import contacts
from actions.organising.inquiries import team_words
from actions.pledging import history
from actions.pledging.releases import releasing
from actions.rights import answered, erasure, notices, requests, traces
from actions.rights.notices import WORDED
from db import intact, queries, reach
from db.models import (
    NOWHERE,
    Complaint,
    Consent,
    Draft,
    Grant,
    HelpCall,
    Membership,
    Person,
    Pledge,
    PledgeEvent,
    Relay,
    Workshop,
)
from db.moments import as_of, from_now
from db.types import UtcDateTime
from domain.calendar import by_day, instant, months_after, office_hours
from domain.history import EventKind
from domain.outcomes.choices import Purpose
from domain.outcomes.rights import TextEnding
from domain.pledges import LIVE, State
from domain.retention import (
    DRAFTS_KEPT,
    NOTICE,
    PROFILE_MONTHS,
    WITHDRAWN_KEPT,
    latest_ended,
    notice_on,
    words_end_on,
)

_AT_A_TIME = 50  # erasures in one pass, so that nobody waits long for it
_OVERDUE = select(Pledge.id).where(
    Pledge.deadline <= bindparam("ended", type_=Date()), or_(WORDED, Pledge.topic.is_not(None))
)
_DEADLINES = select(Pledge.deadline).where(WORDED).distinct()
_NOT_GIVEN_ON = and_(Draft.kind.in_(team_words.KINDS), Draft.words.is_not(None))
_IS_PARKED = (or_(Draft.awaiting.is_(False), _NOT_GIVEN_ON), Draft.created_at < from_now(-DRAFTS_KEPT))
_PARKED = select(Draft.id).where(*_IS_PARKED)
_ENDING_ENTERED = (
    select(Person.id)
    .where(
        Person.entered_by_id.is_not(None),
        ~exists().where(queries.in_pledge(Person.id), or_(WORDED, Pledge.state.in_(LIVE))),
    )
    .order_by(Person.id)
    .limit(_AT_A_TIME)
)
_LAST_ANSWER = func.max(func.coalesce(Consent.withdrawn_at, Consent.at))


def passes(now: datetime, operator: Operator) -> dict[str, Pass]:
    """The idempotent passes, by what each of them ends, in their order."""
    return {
        "notices": notices.giving(now, operator),
        "words": ending_texts(now, operator),
        "drafts": ending_drafts(now),
        "parked beginnings": ending_parked(now),
        "inquiries": answered.ending(now),
        "contacts": contacts.ending(now),
        "profiles": ending_profiles(now, operator),
        "withdrawn": ending_withdrawn(now, operator),
        "entered": ending_entered(now, operator),
    }


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which something may end here, or a notice falls due; None without any.

    Profiles are left out. The walker goes there.
    """
    kept, deadlines = operator.retention_days, await _deadlines(session)
    told_on = [_midnight(notice_on(day, kept), operator) for day in deadlines]
    opened = [office_hours(midnight, operator.zone, None) for midnight in told_on]
    ends = [_midnight(words_end_on(day, kept), operator) for day in deadlines]
    given = await transcript.owed_since(session, TextEnding.Payload, now - NOTICE)
    withdrawn = await session.scalars(_last_answers_to_core())
    noticed = [_midnight(operator.day(at) + NOTICE, operator) for at in given]
    erased = [by_day(_full_hour(at + WITHDRAWN_KEPT), operator.zone) for at in withdrawn]
    instants = (*opened, *ends, *noticed, *(_full_hour(at) for at in erased))
    return min((each for each in instants if each > now), default=None)


async def _deadlines(session: AsyncSession) -> list[date]:
    """The deadlines of the pledges whose words are still kept."""
    days = await session.scalars(_DEADLINES)
    return [day for day in days if day is not None]


def _full_hour(moment: datetime) -> datetime:
    """The full hour at or after this moment: retention runs once an hour, at its beginning."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour if hour == moment else hour + timedelta(hours=1)


def _midnight(day: date, operator: Operator) -> datetime:
    return instant(day, time(), operator.zone)


@cache
def _last_answers_to_core() -> Select[datetime]:
    """For everybody who does not agree to K, or not any more, the moment of their last answer to it."""
    return (
        select(_LAST_ANSWER)
        .where(Consent.purpose == Purpose.CORE, not_(reach.gives(Purpose.CORE, Consent.person_id)))
        .group_by(Consent.person_id)
    )


def _of_pledges(
    found: Select[int],
    places: Mapping[str, datetime | date],
    change: Callable[[AsyncSession, Pledge], Awaitable[None]],
) -> Pass:
    """The pass over the pledges whose ids `found` selects, with these values in its places. Their words are not read:
    damaged ones end as well.
    """

    async def one(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id).options(defer(Pledge.text))
        pledge = await session.scalar(own.with_for_update())
        still = await session.scalar(found.where(Pledge.id == pledge_id), places)
        if pledge is not None and still is not None:
            await change(session, pledge)

    return Pass(Selected(found, places), one)


def ending_texts(now: datetime, operator: Operator) -> Pass:
    """The sentence, and what was said in the history, of pledges whose time is over are deleted. A proposal nobody has
    answered until then ends.

    Who, when and the answers tapped are kept for the counts until the person is erased. The words wait for the
    notice (`notices`).
    """
    last = latest_ended(operator.day(now), operator.retention_days)

    async def end(session: AsyncSession, pledge: Pledge) -> None:
        pledge.topic = None
        ends_on = await notices.end_on(session, pledge, now, operator)
        if ends_on is not None and ends_on <= operator.day(now):
            await _end_text(session, pledge, now)

    return _of_pledges(_OVERDUE, {"ended": last}, end)


async def _end_text(session: AsyncSession, pledge: Pledge, now: datetime) -> None:
    await releasing.hide(session, pledge, now)
    pledge.text = None
    if pledge.state is State.PROPOSED:
        pledge.ended_at = now
        history.record_clock(session, pledge, EventKind.ENDED, now)
    said = update(PledgeEvent).where(PledgeEvent.pledge_id == pledge.id, queries.has_words())
    await session.execute(said.values(text=None, notes=None, photo=None))
    for table in (Complaint, Relay):
        await session.execute(delete(table).where(table.pledge_id == pledge.id))
    await session.execute(delete(HelpCall).where(HelpCall.pledge_id == pledge.id))


def ending_drafts(now: datetime) -> Pass:
    """Pledges that were never made are deleted a week after they were begun, declined or taken back.

    News about a pledge is sent first, however late and however long a pause keeps it, since it is worded from it.
    """

    async def end(session: AsyncSession, pledge: Pledge) -> None:
        await traces.keep_between(session, select(Pledge.id).where(Pledge.id == pledge.id))
        await session.execute(delete(Pledge).where(Pledge.id == pledge.id))

    return _of_pledges(_never_made(), as_of(now), end)


@cache
def _never_made() -> Select[int]:
    begun = and_(Pledge.state == State.DRAFT, Pledge.created_at < from_now(-DRAFTS_KEPT))
    ended = and_(
        Pledge.state.in_((State.DECLINED, State.WITHDRAWN)), Pledge.ended_at < from_now(-DRAFTS_KEPT)
    )
    return select(Pledge.id).where(
        or_(begun, ended), ~entries.has_unsent(Pledge.id), ~pauses.has_untold(Pledge.id)
    )


def ending_parked(now: datetime) -> Pass:
    """Parked drafts are deleted after a week. One that awaits words is kept, since the person was asked for them, but
    for words for or of the team that nobody gave on.
    """

    async def end(session: AsyncSession, draft_id: int) -> None:
        await session.execute(delete(Draft).where(Draft.id == draft_id, *_IS_PARKED), as_of(now))

    return Pass(Selected(_PARKED, as_of(now)), end)


def ending_profiles(now: datetime, operator: Operator) -> Pass:
    """Whoever has had neither a workshop nor words of a pledge for nine months is erased, and told.

    In office hours, some at a time. For those who never came to a workshop the time runs from joining; those of the
    team who never came are kept.
    """
    first = months_after(operator.day(now), -PROFILE_MONTHS)
    places = {"first": first, "joined_before": _midnight(first, operator), "owners": list(operator.owners)}
    is_open = office_hours(now, operator.zone, None) == now
    return _erasing(_ending_profiles() if is_open else None, places, now, operator)


@cache
def _ending_profiles() -> Select[int]:
    # Asked of each person, who is in few workshops: the last of each is not looked for first.
    came = select(Membership.person_id).where(Membership.person_id == Person.id)
    came_since = came.join(Workshop, Workshop.id == Membership.workshop_id).where(
        Workshop.day >= bindparam("first", type_=Date())
    )
    worded = select(Pledge.id).where(queries.in_pledge(Person.id), WORDED)
    never_came = and_(
        ~came.exists(),
        Person.created_at < bindparam("joined_before", type_=UtcDateTime()),
        Person.chat_id.not_in(bindparam("owners", expanding=True)),
        ~exists().where(Grant.person_id == Person.id),
    )
    came_last = and_(came.exists(), ~came_since.exists())
    return _with_chat(select(Person.id).where(or_(came_last, never_came), ~worded.exists()))


def ending_withdrawn(now: datetime, operator: Operator) -> Pass:
    """Whoever took K back a week ago and has not given it again is erased, and told, not at night."""
    is_day = by_day(now, operator.zone) == now
    return _erasing(_ending_withdrawn() if is_day else None, as_of(now), now, operator)


@cache
def _ending_withdrawn() -> Select[int]:
    last_answers = _last_answers_to_core().with_only_columns(Consent.person_id)
    silent = last_answers.having(from_now(-WITHDRAWN_KEPT) >= _LAST_ANSWER)
    return _with_chat(select(Person.id).where(Person.id.in_(silent)))


def _with_chat(people: Select[int]) -> Select[int]:
    """Those of them who have a chat, some at a time."""
    return people.where(Person.chat_id.is_not(None)).order_by(Person.id).limit(_AT_A_TIME)


def ending_entered(now: datetime, operator: Operator) -> Pass:
    """Whoever has no Telegram is deleted with the words of the last pledge with them."""

    async def end(session: AsyncSession, person_id: int) -> None:
        await session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
        person = await intact.person(session, person_id)
        still = await session.scalar(_ENDING_ENTERED.where(Person.id == person_id))
        if person is not None and still is not None:
            await erasure.forget_entered(Turn(session, now, operator, NOWHERE, None), person)

    return Pass(Selected(_ENDING_ENTERED), end)


def _erasing(over: Select[int] | None, places: Mapping[str, Any], now: datetime, operator: Operator) -> Pass:
    """The pass that erases the people whose ids `over` selects, with these values in its places; None: nobody now."""

    async def erase(session: AsyncSession, person_id: int) -> None:
        # Whoever is just joining a workshop or agreeing again holds this row: the question is asked after that.
        await session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
        if over is None or await session.scalar(over.where(Person.id == person_id), places) is None:
            return
        person = await intact.person(session, person_id)
        if person is not None and person.chat_id is not None:
            await requests.erase_at_once(Turn(session, now, operator, person.chat_id, person))

    return Pass(Selected(over, places) if over is not None else nothing, erase)

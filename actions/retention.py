"""What ends by itself: a promise's words some time after its deadline, drafts after a week, profiles after their time.

The rule people are told in the privacy notice; the days stand in the settings (`RETENTION_DAYS`, 1 to 365).
"""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox, rights, traces
from actions.house import House
from actions.turn import Turn
from db.models import Consent, Membership, Outgoing, Person, Pledge, Report, SendLane, Workshop
from domain.calendar import months_after, office_hours
from domain.outcomes.choices import Purpose
from domain.outcomes.rights import TextEnding
from domain.pledges import State

NOTICE = timedelta(days=14)
DRAFTS = timedelta(days=7)
PROFILE_MONTHS = 9  # after the last workshop, for somebody without a promise whose words still stand
_OVER = (State.DRAFT, State.DECLINED, State.WITHDRAWN)


async def run(session: AsyncSession, now: datetime, house: House) -> None:
    """One idempotent pass over all of it."""
    await give_notice(session, now, house)
    await end_texts(session, now, house)
    await end_drafts(session, now)
    await end_profiles(session, now, house)
    await end_withdrawn(session, now, house)


async def give_notice(session: AsyncSession, now: datetime, house: House) -> None:
    """Fourteen days before a promise's words end, both parties are told once, in office hours."""
    if office_hours(now, house.zone, None) != now:
        return
    horizon = _today(now, house) + NOTICE - timedelta(days=house.retention_days)
    for pledge in await session.scalars(
        select(Pledge).where(Pledge.deadline <= horizon, Pledge.text.is_not(None))
    ):
        for person_id in (pledge.author_id, pledge.partner_id):
            await _tell(session, pledge, person_id, now)


async def _tell(session: AsyncSession, pledge: Pledge, person_id: int | None, now: datetime) -> None:
    person = await session.get(Person, person_id) if person_id is not None else None
    key = _notice_key(pledge, person_id)
    if person is None or person.chat_id is None or await outbox.exists_with(session, key):
        return
    outbox.show(
        session,
        TextEnding,
        pledge.id,
        chat_id=person.chat_id,
        person=person,
        now=now,
        lane=SendLane.NEWS,
        key=key,
    )


async def end_texts(session: AsyncSession, now: datetime, house: House) -> None:
    """The sentence and the notes go; who, when and the taps stay for the counts until the person goes.

    Never without the notice: after a long downtime it comes late, and the words wait for it.
    """
    last = _today(now, house) - timedelta(days=house.retention_days)
    over = await session.scalars(select(Pledge).where(Pledge.deadline < last, Pledge.text.is_not(None)))
    ended = [pledge.id for pledge in over.all() if await _had_notice(session, pledge, now)]
    if ended:
        await session.execute(update(Report).where(Report.pledge_id.in_(ended)).values(notes=None))
        await session.execute(update(Pledge).where(Pledge.id.in_(ended)).values(text=None))
    await session.execute(
        update(Pledge).where(Pledge.deadline < last, Pledge.topic.is_not(None)).values(topic=None)
    )


async def _had_notice(session: AsyncSession, pledge: Pledge, now: datetime) -> bool:
    parties = (pledge.author_id, pledge.partner_id)
    told = select(Person.id).where(Person.id.in_(parties), Person.chat_id.is_not(None))
    keys = [_notice_key(pledge, person_id) for person_id in await session.scalars(told)]
    in_time = select(func.count()).where(Outgoing.key.in_(keys), Outgoing.created_at <= now - NOTICE)
    return await session.scalar(in_time) == len(keys)


def _notice_key(pledge: Pledge, person_id: int | None) -> str:
    return f"ending:{pledge.id}:{person_id}"


async def end_drafts(session: AsyncSession, now: datetime) -> None:
    """Promises that were never made: half-written, declined or taken back a week ago."""
    over = select(Pledge.id).where(Pledge.state.in_(_OVER), Pledge.created_at < now - DRAFTS)
    await traces.keep_between(session, over)
    await session.execute(delete(Pledge).where(Pledge.id.in_(over)))


async def end_profiles(session: AsyncSession, now: datetime, house: House) -> None:
    """Whoever has had neither a workshop nor a promise's words for nine months is erased, and told so."""
    latest = (
        select(Membership.person_id, func.max(Workshop.day).label("day"))
        .join(Workshop, Workshop.id == Membership.workshop_id)
        .group_by(Membership.person_id)
        .subquery()
    )
    worded = select(Pledge.id).where(
        or_(Pledge.author_id == Person.id, Pledge.partner_id == Person.id), Pledge.text.is_not(None)
    )
    over = await session.scalars(
        select(Person)
        .join(latest, latest.c.person_id == Person.id)
        .where(latest.c.day < months_after(_today(now, house), -PROFILE_MONTHS), ~worded.exists())
    )
    for person in over.all():
        if person.chat_id is not None:
            await rights.erase(Turn(session, now, house, person.chat_id, person))


async def end_withdrawn(session: AsyncSession, now: datetime, house: House) -> None:
    """Whoever took the core consent back a week ago and did not come back is erased, and told so."""
    took_back = select(Consent.person_id).where(
        Consent.purpose == Purpose.CORE, Consent.withdrawn_at < now - DRAFTS
    )
    for person in (await session.scalars(select(Person).where(Person.id.in_(took_back)))).all():
        if person.chat_id is not None and not person.gave(Purpose.CORE):
            await rights.erase(Turn(session, now, house, person.chat_id, person))


def _today(now: datetime, house: House) -> date:
    return now.astimezone(house.zone).date()

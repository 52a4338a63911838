"""The wall of a workshop: what its hall reads, while its code lets people in."""

import logging
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.organising.pledge_moments import pledge_moments
from actions.organising.programme import programme
from actions.pledging.pledge_views import without_names
from actions.pledging.releases import readable
from db import intact
from db.models import Broadcast, BroadcastState, Pledge, Workshop
from db.reached import reached
from domain.codes import read_code
from domain.links import Link, LinkKind
from domain.voice import Voice
from domain.wall import LONGEST, PLEDGES, Wall, WallPledge, announced
from domain.words import cut
from domain.written import Written

log = logging.getLogger(__name__)


async def find(session: AsyncSession, typed: str) -> int | None:
    """The id of the workshop whose wall is asked for by this code. None without one, and once it is closed."""
    code = read_code(typed)
    which = select(Workshop.id).where(Workshop.code == code, Workshop.closed_at.is_(None))
    return await session.scalar(which) if code is not None else None


async def voice(session: AsyncSession, workshop_id: int, operator: Operator) -> Voice:
    """How the wall speaks unless somebody asks for another language."""
    own = await session.scalar(select(Workshop.voice).where(Workshop.id == workshop_id))
    return own or operator.voice


async def read(session: AsyncSession, workshop_id: int, operator: Operator, now: datetime) -> Wall | None:
    """The wall as it is now; None once the workshop is closed, or if it cannot be read."""
    own = select(Workshop.id).where(Workshop.id == workshop_id, Workshop.closed_at.is_(None))
    for workshop in await intact.rows(session, Workshop, own):
        of = (await reached(session, workshop.id)).told()
        return Wall(
            title=workshop.title,
            code=workshop.code,
            bot=operator.bot,
            link=operator.address_of(Link(LinkKind.WORKSHOP, workshop.code)),
            people=of.joined,
            met=of.met,
            made=of.made,
            moment=await pledge_moments.on_the_wall(session, workshop.id, now, operator, of.made),
            pledges=await pledges(session, workshop, operator, PLEDGES, LONGEST),
            announcement=await _announced(session, workshop, operator.day(now), operator),
            programme=await programme.now_and_next(session, workshop, now, operator.zone),
        )
    return None


async def pledges(
    session: AsyncSession,
    workshop: Workshop,
    operator: Operator,
    most: int,
    longest: int,
    *which: ColumnElement[bool],
) -> tuple[WallPledge, ...]:
    """The latest that the team has let on it, as far as both parties let everybody read them now: at most so many, each
    with at most so many UTF-16 units.
    """
    found = select(Pledge.id).where(Pledge.workshop_id == workshop.id, readable.ON_WALL.is_shown(), *which)
    newest = found.order_by(readable.ON_WALL.latest_word().desc()).limit(most)
    rows = await intact.rows(session, Pledge, newest)
    await intact.know(session, {party for each in rows for party in each.parties})
    return tuple([await _pledge(session, each, operator, longest) for each in rows])


async def _pledge(session: AsyncSession, pledge: Pledge, operator: Operator, longest: int) -> WallPledge:
    text = cut(await without_names(session, pledge, pledge.text or ""), longest)
    if pledge.ended_at is not None:
        return WallPledge(text, ended=True, on=operator.day(pledge.ended_at))
    return WallPledge(text, ended=False, on=pledge.deadline)


async def _announced(session: AsyncSession, workshop: Workshop, today: date, operator: Operator) -> str:
    """The latest notice of the day, which everybody in the hall got: until the next one, or the end of its day. What
    was halted, called off or taken back does not count.
    """
    out = (BroadcastState.CONFIRMED, BroadcastState.FINISHED)
    sent = (Broadcast.state.in_(out), Broadcast.ended.is_(None), Broadcast.words.is_not(None))
    mine = (Broadcast.workshop_id == workshop.id, Broadcast.notice.is_(True), Broadcast.audience.is_(None))
    found = select(Broadcast.id, Broadcast.confirmed_at).where(*mine, *sent)
    latest = (await session.execute(found.order_by(Broadcast.confirmed_at.desc()).limit(1))).one_or_none()
    if latest is None or latest.confirmed_at is None or operator.day(latest.confirmed_at) != today:
        return ""
    try:
        words = await session.scalar(select(Broadcast.words).where(Broadcast.id == latest.id))
        return announced(Written.read(words or {}).text)
    except intact.UNREADABLE as error:
        log.error("broadcast %s cannot be read: %s", latest.id, type(error).__name__)  # noqa: TRY400
        return ""

"""What each pledge is about, understood once and kept beside its words, so that others about the same are found."""

import asyncio
from datetime import datetime

from sqlalchemy import Date, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected
from db import intact
from db.models import Interest, Pledge
from domain import names
from domain.pledges import State
from domain.retention import latest_ended
from domain.titles import surest_topic

_AT_A_TIME = 20  # pledges of one pass: understanding takes some milliseconds each
UNKNOWN = ""
_FOUND = (
    select(Pledge.id)
    .where(
        Pledge.topic.is_(None),
        Pledge.state.in_((State.ACTIVE, State.ENDED)),
        Pledge.text.is_not(None),
        Pledge.deadline > bindparam("ended", type_=Date()),
    )
    .order_by(Pledge.id)
    .limit(_AT_A_TIME)
)


def understanding(now: datetime, operator: Operator) -> Pass:
    """The pass that understands what pledges are about that both agreed to, and again once both have changed the words.

    Not those whose words are about to end.
    """
    ended = {"ended": latest_ended(operator.day(now), operator.retention_days)}

    async def understand(session: AsyncSession, pledge_id: int) -> None:
        await _understand(session, pledge_id)

    return Pass(Selected(_FOUND, ended), understand)


async def _understand(session: AsyncSession, pledge_id: int) -> None:
    """Nothing is known of words that cannot be read."""
    own = select(Pledge).where(Pledge.id == pledge_id, Pledge.topic.is_(None))
    try:
        pledge = await session.scalar(own.with_for_update())
    except intact.UNREADABLE:
        of_it = update(Pledge).where(Pledge.id == pledge_id).values(topic=UNKNOWN)
        await session.execute(of_it.execution_options(synchronize_session=False))
        return
    if pledge is not None and pledge.text:
        pledge.topic = await read(session, pledge)


async def of(session: AsyncSession, pledge: Pledge) -> str | None:
    """The topic of this pledge, understood now if it was not yet; None if its words are surely about none."""
    topic = pledge.topic if pledge.topic is not None else await read(session, pledge)
    return topic or None


async def read(session: AsyncSession, pledge: Pledge) -> str:
    """What its words are surely about, or one of the parties' topics that they may be about; UNKNOWN for nothing.

    The names of its parties are no topics.
    """
    text = pledge.text or ""
    for person_id in pledge.parties:
        person = await intact.person(session, person_id)
        text = names.blocked(text, person.name or "") if person else text
    theirs = select(Interest.topic).where(Interest.person_id.in_(pledge.parties), Interest.topic.is_not(None))
    deal_with = {topic for topic in await session.scalars(theirs) if topic}
    return await asyncio.to_thread(surest_topic, text, deal_with) or UNKNOWN

"""Owners hear what is wrong with the bot itself: once when it begins, and once when it is over.

Which alarms are open is what they were told last, so that a new process goes on where the last one was.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, outbox
from actions.exchange.operator import Operator
from actions.organising.team import team
from db.models import Priority
from domain.outcomes.organising.alarms import Alarm
from domain.watchdogs import Watchdog

_LOOKED_AT = 500  # messages


async def told_last(session: AsyncSession) -> dict[Watchdog, Alarm]:
    """What was said last about each, as far as that is kept."""
    told: dict[Watchdog, Alarm] = {}
    for row in await session.scalars(entries.newest(Alarm, _LOOKED_AT)):
        alarm = outbox.payload_in(row)
        if isinstance(alarm, Alarm):
            told.setdefault(alarm.what, alarm)
    return told


async def tell(
    session: AsyncSession,
    operator: Operator,
    now: datetime,
    begun: Collection[Watchdog],
    over: Collection[Watchdog],
) -> int:
    """Tell the owners within reach what has begun and what is over, each once. Returns how many owners those are."""
    told = await told_last(session)
    alarms = [Alarm(each) for each in begun if each not in told or told[each].is_over]
    alarms += [Alarm(each, is_over=True) for each in over if each in told and not told[each].is_over]
    owners = await team.owners_within_reach(session, operator)
    for owner in owners:
        for alarm in alarms:
            outbox.owe(session, alarm, outbox.Recipient.of(owner), now, priority=Priority.NEWS)
    return len(owners)

"""A retrospective that one of the two has approved is closed fourteen days later, unless the other changes a line."""

from datetime import date, datetime, time, timedelta
from functools import cache

from sqlalchemy import Select, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer

from actions.exchange import outbox
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from actions.pledging import history
from actions.pledging.endings import retrospectives
from actions.pledging.endings.seen import seen
from db import queries
from db.models import Pledge, PledgeEvent, Priority
from db.types import UtcDateTime
from domain.calendar import USUAL_HOUR, asking_hours, instant
from domain.history import EventKind
from domain.outcomes.pledging.retrospectives import RetrospectiveShown
from domain.pledges import OBJECT_WITHIN, State, closes_on
from domain.retrospectives import CHANGING, Retrospective

_A_DAY = timedelta(days=1)


def closing(now: datetime, operator: Operator) -> Pass:
    """The pass that closes retrospectives which wait for one party's word only; both are told.

    On working days, from ten o'clock on.
    """

    async def close(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id, Pledge.state == State.ENDED)
        pledge = await session.scalar(own.options(defer(Pledge.text)).with_for_update(key_share=True))
        found = await retrospectives.of(session, pledge) if pledge is not None else Retrospective()
        day = await counts_from(session, pledge, found, now, operator) if pledge is not None else None
        if pledge is not None and day is not None and day <= operator.day(now) - OBJECT_WITHIN:
            await _close(session, pledge, now)

    latest = operator.day(now) - OBJECT_WITHIN
    places = {"approved_until": instant(latest + _A_DAY, time(), operator.zone)}
    is_time = asking_hours(now, operator.zone, None) == now
    return Pass(Selected(_perhaps_over(), places) if is_time else nothing, close)


async def _close(session: AsyncSession, pledge: Pledge, now: datetime) -> None:
    history.record_clock(session, pledge, EventKind.RETRO_CLOSED, now)
    for person_id in pledge.parties:
        to = await outbox.recipient(session, person_id)
        if to is not None:
            key = retrospectives.closed_key(pledge, person_id)
            shown = RetrospectiveShown.Payload(pledge.id)
            outbox.owe(session, shown, to, now, priority=Priority.NEWS, key=key)


async def counts_from(
    session: AsyncSession,
    pledge: Pledge,
    found: Retrospective,
    now: datetime,
    operator: Operator,
    *,
    unsent: bool = False,
) -> date | None:
    """The day from which the fourteen days count; None while nobody waits, or while the other cannot see the lines as
    they are, because a pause holds them back, or they are on their way. `unsent`: then as if they arrived at once.

    For somebody who cannot be reached they count from the attempt.
    """
    for party in pledge.parties:
        since, other_id = found.waits_since(party), pledge.other_than(party)
        if since is None or other_id is None or other_id in found.approvals:
            continue
        told = await seen(session, other_id, RetrospectiveShown.Payload, pledge.id, since, now)
        if told.pausing or (told.on_its_way and told.at is None and not unsent):
            return None
        return operator.day(told.at or since)
    return None


@cache
def _perhaps_over() -> Select[int]:
    return _waiting().where(PledgeEvent.at < bindparam("approved_until", type_=UtcDateTime()))


@cache
def _waiting() -> Select[int]:
    """The pledges of two parties with words whose retrospective waits for one of them: an approval stands, as
    `domain.retrospectives` has it, and it is not closed. Not with somebody without Telegram, who could not object.
    """
    later = aliased(PledgeEvent)
    changed = and_(later.kind.in_(CHANGING), later.party_id != PledgeEvent.party_id)
    over = or_(changed, later.kind.in_((EventKind.RETRO_DECLINED, EventKind.RETRO_CLOSED)))
    settled = exists().where(later.pledge_id == PledgeEvent.pledge_id, later.id > PledgeEvent.id, over)
    return (
        select(Pledge.id)
        .join(PledgeEvent, PledgeEvent.pledge_id == Pledge.id)
        .where(PledgeEvent.kind == EventKind.RETRO_APPROVED, ~settled)
        .where(Pledge.state == State.ENDED, Pledge.text.is_not(None))
        .where(Pledge.author_id.is_not(None), Pledge.partner_id.is_not(None))
        .where(Pledge.author_id.not_in(queries.entered()), Pledge.partner_id.not_in(queries.entered()))
    )


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which one may be closed; None without any. The walker goes there."""
    waiting = select(Pledge).where(Pledge.id.in_(_waiting())).options(defer(Pledge.text))
    days = [
        await counts_from(session, pledge, await retrospectives.of(session, pledge), now, operator)
        for pledge in (await session.scalars(waiting)).all()
    ]
    instants = (instant(closes_on(day), USUAL_HOUR, operator.zone) for day in days if day is not None)
    return min((each for each in instants if each > now), default=None)

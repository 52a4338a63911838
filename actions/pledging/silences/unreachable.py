"""A party whom Telegram no longer delivers to: the other one is told, once, and how to go on."""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, not_, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, defer

from actions.exchange import entries, outbox
from actions.exchange.context import ViewContext, Views
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected, nothing
from actions.matching import contacts
from actions.pledging.pledge_views import absence, own_pledge, title
from db import reach
from db.models import Person, Pledge, Priority
from db.moments import NOW, as_of, from_now
from domain.absence import TOLD_AFTER, Absence
from domain.calendar import office_hours
from domain.outcomes.pledging.partners import PartnerUnreachable
from domain.pledges import State

Party = InstrumentedAttribute[int | None]

VIEWS = Views()
_BETWEEN_TWO = (State.PROPOSED, State.ACTIVE)
_SIDES = (
    (Pledge.author_id, Pledge.partner_id),
    (Pledge.partner_id, Pledge.author_id),
)  # who waits, who is gone


def telling(now: datetime, operator: Operator) -> Pass:
    """The pass that tells whoever has a pledge with somebody who has not been reached for a day, in office hours.

    Once for each pledge, so that nobody can watch a chat being blocked and opened again.
    """

    async def tell(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id).options(defer(Pledge.text))
        if await session.scalar(own.with_for_update()) is None:
            return
        for waiting, gone in _SIDES:
            told = select(waiting).where(Pledge.id == pledge_id, _waits_for(waiting, gone))
            reader = await session.scalar(told, as_of(now))
            to = await outbox.recipient(session, reader) if reader is not None else None
            if to is not None:
                payload = PartnerUnreachable.Payload(pledge_id)
                outbox.owe(session, payload, to, now, priority=Priority.NEWS)

    is_open = office_hours(now, operator.zone, None) == now
    return Pass(Selected(_waiting(), as_of(now)) if is_open else nothing, tell)


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which somebody hears that the other cannot be reached. The walker goes there."""
    soon = now + TOLD_AFTER  # whoever cannot be reached now will be told of by then
    gone_since = [since for since in await session.scalars(_gone_since(), as_of(soon)) if since is not None]
    told = (office_hours(max(since + TOLD_AFTER, now), operator.zone, None) for since in gone_since)
    return min((each for each in told if each > now), default=None)


@cache
def _waiting() -> Select[int]:
    """The pledges of which one party waits."""
    return select(Pledge.id).where(or_(*(_waits_for(*side) for side in _SIDES)))


@cache
def _gone_since() -> CompoundSelect[datetime | None]:
    """Since when those cannot be reached for whom somebody waits."""
    return union_all(
        *(
            select(Person.unreachable_since).join(Pledge, gone == Person.id).where(_waits_for(waiting, gone))
            for waiting, gone in _SIDES
        )
    )


def _waits_for(waiting: Party, gone: Party) -> ColumnElement[bool]:
    """The condition on pledges that the one party has not heard yet that the other cannot be reached.

    Of somebody who pauses, that is said instead. What was withdrawn before it went out was not heard.
    """
    return and_(
        Pledge.state.in_(_BETWEEN_TWO),
        reach.names(
            gone,
            Person.unreachable_since <= from_now(-TOLD_AFTER),
            not_(reach.paused(NOW)),
            not_(reach.hears(NOW)),
        ),
        reach.names(waiting, reach.agreeing(), reach.reachable()),
        ~entries.told_about(PartnerUnreachable.Payload, Pledge.id, waiting, unless=outbox.WITHDRAWN),
    )


@VIEWS.reads(PartnerUnreachable.Payload)
async def unreachable(context: ViewContext, payload: PartnerUnreachable.Payload) -> PartnerUnreachable | None:
    """None if the pledge is over, or the other is back, meanwhile."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state not in _BETWEEN_TWO:
        return None
    if await absence(context, own.pledge) is not Absence.UNREACHABLE:
        return None
    other_id = own.pledge.other_than(context.party.id)
    shared_in = await contacts.shared_in(context.session, other_id, context.party.id) if other_id else None
    heading = await title(context, own.pledge)
    return PartnerUnreachable(own.pledge.id, heading, own.other, shared_in, context.operator.contact)

"""Whoever waits for an answer hears that none came: about a proposal once, and an amendment is off then."""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Exists, Select, and_, case, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased, defer

from actions.exchange import entries, outbox, transcript
from actions.exchange.context import ViewContext, Views
from actions.exchange.operator import Operator
from actions.exchange.passes import Find, Pass, Selected, nothing
from actions.pledging import history
from actions.pledging.amendments import amending, settling
from actions.pledging.pledge_views import absence, own_pledge, title
from actions.pledging.pledges import must_agree
from db import queries, reach
from db.models import Person, Pledge, PledgeEvent, Priority
from db.moments import NOW, as_of, from_now
from domain.amendments import KEPT_OPEN, open_amendment
from domain.calendar import office_hours
from domain.history import SETTLING, EventKind
from domain.outcomes.pledging.amendments import AmendmentSettled
from domain.outcomes.pledging.partners import PartnerUnreachable
from domain.outcomes.pledging.pledges import ProposalQuiet
from domain.pledges import QUIET_AFTER, State

VIEWS = Views()
_WORDED = (EventKind.PROPOSED, EventKind.WORDED, EventKind.DATED)


# --- amendments


def lapsing(now: datetime, operator: Operator) -> Pass:
    """The pass that ends amendments without an answer, in office hours: after seven days, or as soon as whoever is
    asked pauses, or has withdrawn a consent.
    """

    async def lapse(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id, Pledge.state == State.ACTIVE)
        pledge = await session.scalar(own.options(defer(Pledge.text)).with_for_update())
        still = await session.scalar(_off().where(PledgeEvent.pledge_id == pledge_id), as_of(now))
        waiting = open_amendment(await history.events(session, pledge_id))
        if pledge is None or still is None or waiting is None or waiting.party is None:
            return
        history.record_clock(session, pledge, EventKind.AMENDMENT_LAPSED, now)
        settled, to = (
            AmendmentSettled.Payload(pledge.id, waiting.id),
            await outbox.recipient(session, waiting.party),
        )
        if to is not None:
            outbox.owe(
                session, settled, to, now, priority=Priority.NEWS, key=settling.settled_key(waiting.id)
            )
        other_id = pledge.other_than(waiting.party)
        if other_id is not None:
            await amending.show_settled(session, pledge, waiting.id, other_id, now)

    return Pass(_in_office_hours(_off(), now, operator), lapse)


def _in_office_hours(found: Select[int], now: datetime, operator: Operator) -> Find:
    is_open = office_hours(now, operator.zone, None) == now
    return Selected(found, as_of(now)) if is_open else nothing


@cache
def _off() -> Select[int]:
    """The pledges whose amendment is off."""
    away = or_(PledgeEvent.at <= from_now(-KEPT_OPEN), _asked_one_is_away())
    return select(PledgeEvent.pledge_id).where(_waits(), away)


@cache
def _waits() -> ColumnElement[bool]:
    """The condition that an event proposes an amendment of an active pledge that still waits."""
    later = aliased(PledgeEvent)
    over = exists().where(
        later.pledge_id == PledgeEvent.pledge_id,
        later.id > PledgeEvent.id,
        later.kind.in_((*SETTLING, EventKind.AMENDMENT_PROPOSED, EventKind.ENDED)),
    )
    active = select(Pledge.id).where(Pledge.state == State.ACTIVE)
    proposes = PledgeEvent.kind == EventKind.AMENDMENT_PROPOSED
    return and_(proposes, ~over, PledgeEvent.pledge_id.in_(active))


def _asked_one_is_away() -> Exists:
    """The condition that whoever is asked pauses, or no longer agrees to being written to."""
    return (
        exists()
        .where(Pledge.id == PledgeEvent.pledge_id)
        .where(
            queries.in_pledge(Person.id), Person.id != PledgeEvent.party_id, Person.entered_by_id.is_(None)
        )
        .where(or_(reach.paused(NOW), not_(reach.agreeing())))
    )


# --- proposals


def telling(now: datetime, operator: Operator) -> Pass:
    """The pass that tells whoever proposed a pledge that no answer came yet: once, in office hours, a week after.

    Not if they were told already that the other cannot be reached, and not about somebody who withdrew a consent: they
    will be erased, or come back. The proposal stays.
    """

    async def tell(session: AsyncSession, pledge_id: int) -> None:
        own = select(Pledge).where(Pledge.id == pledge_id).options(defer(Pledge.text))
        pledge = await session.scalar(own.with_for_update())
        still = await session.scalar(_quiet().where(Pledge.id == pledge_id), as_of(now))
        if pledge is None or still is None:
            return
        answers = must_agree(pledge)
        proposer_id = pledge.other_than(answers) if answers is not None else None
        to = await outbox.recipient(session, proposer_id) if proposer_id is not None else None
        key = f"quiet:{pledge.id}:{proposer_id}"
        if to is not None and not await transcript.was_owed(session, key):
            outbox.owe(session, ProposalQuiet.Payload(pledge.id), to, now, priority=Priority.NEWS, key=key)

    return Pass(_in_office_hours(_quiet(), now, operator), tell)


@cache
def _quiet() -> Select[int]:
    """The pledges whose proposer has waited long enough to hear of it."""
    lately = exists().where(
        PledgeEvent.pledge_id == Pledge.id,
        PledgeEvent.kind.in_(_WORDED),
        PledgeEvent.at > from_now(-QUIET_AFTER),
    )
    told = or_(
        *(
            and_(Pledge.worded_by_author.is_(by_author), entries.told_about(kind, Pledge.id, proposer))
            for by_author, proposer in ((True, Pledge.author_id), (False, Pledge.partner_id))
            for kind in (ProposalQuiet.Payload, PartnerUnreachable.Payload)
        )
    )
    asked = exists().where(PledgeEvent.pledge_id == Pledge.id, PledgeEvent.kind.in_(_WORDED))
    may_answer = exists().where(queries.in_pledge(Person.id), ~_proposed_by(Person.id), reach.agreeing())
    return select(Pledge.id).where(Pledge.state == State.PROPOSED, asked, ~lately, ~told, may_answer)


def _proposed_by(person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return case((Pledge.worded_by_author.is_(True), Pledge.author_id), else_=Pledge.partner_id) == person_id


@VIEWS.reads(ProposalQuiet.Payload)
async def quiet(context: ViewContext, payload: ProposalQuiet.Payload) -> ProposalQuiet | None:
    """None if there was an answer meanwhile."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.PROPOSED or must_agree(own.pledge) == context.party.id:
        return None
    heading, away = await title(context, own.pledge), await absence(context, own.pledge)
    return ProposalQuiet(own.pledge.id, heading, own.other, away)


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which a wait may be over; None without any. The walker goes there."""
    waits = [each + KEPT_OPEN for each in await session.scalars(_amended())]
    waits += [each + QUIET_AFTER for each in await session.scalars(_worded())]
    instants = (office_hours(each, operator.zone, None) for each in waits)
    return min((each for each in instants if each > now), default=None)


@cache
def _amended() -> Select[datetime]:
    """When each amendment that still waits was proposed."""
    return select(PledgeEvent.at).where(_waits())


@cache
def _worded() -> Select[datetime]:
    """When each pledge that is only proposed got its words."""
    return (
        select(func.max(PledgeEvent.at))
        .join(Pledge, Pledge.id == PledgeEvent.pledge_id)
        .where(Pledge.state == State.PROPOSED, PledgeEvent.kind.in_(_WORDED))
        .group_by(PledgeEvent.pledge_id)
    )

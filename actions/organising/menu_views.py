"""Views of the desk's menu, and of the question in which workshop."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import on_page, pages
from actions.organising import complaints, desk
from actions.organising.broadcasts.workshops_chosen import are_several, number_for
from actions.organising.inquiries import inquiries
from actions.organising.team import team
from actions.pledging.releases import readable
from db import intact, queries, reached
from db.models import (
    Broadcast,
    BroadcastState,
    CallEnd,
    Complaint,
    HelpCall,
    Person,
    Pledge,
    Round,
    RoundState,
    Workshop,
)
from domain.figures import figure
from domain.outcomes.organising.desk import OrgaMenu, OrgaWorkshop, WorkshopAsked
from domain.team import NO_WORKSHOP, Duty, Scope, scope

VIEWS = Views()


@VIEWS.reads(OrgaMenu.Payload)
async def menu(context: ViewContext, _payload: OrgaMenu.Payload) -> OrgaMenu | None:
    """None for somebody who is no longer of the team. However many workshops there are, it takes four statements."""
    granted = await team.granted_in(context.session, context.operator, context.row.chat_id)
    if not granted:
        return None
    of = {duty: scope(granted, duty) for duty in Duty}
    runs, receives = of[Duty.RUN], of[Duty.RECEIVE]
    today = context.day(context.now)
    numbers = (await context.session.execute(_numbers(context.row.chat_id, runs, receives, today))).one()
    others = _drafts_of_others(context.row.chat_id)
    of_several = numbers.of_several and await number_for(context.session, context.operator, runs, *others)
    first = (Workshop.day == today).desc()
    ids = select(Workshop.id).where(team.within(Workshop.id, scope(granted, None)))
    found = (await context.session.scalars(ids.order_by(first, Workshop.id.desc()))).all()
    return OrgaMenu(
        workshops=await _by_ids(context.session, on_page(found, 0)[1]),
        all_workshops=len(found),
        to_confirm=numbers.claims,
        pledges=numbers.pledges,
        complaints=numbers.complaints,
        help_calls=numbers.calls,
        released=numbers.released,
        wall=numbers.wall,
        report=numbers.report,
        inquiries=numbers.waiting if numbers.asked else None,
        entered=numbers.entered,
        announcements=numbers.of_one + of_several,
        rounds=numbers.rounds,
        is_on=numbers.on,
        counts=of[Duty.COUNT] != NO_WORKSHOP,
        receives=receives != NO_WORKSHOP,
        runs=runs != NO_WORKSHOP,
        everywhere=runs is None,
    )


def _numbers(chat_id: int, runs: Scope, receives: Scope, today: date) -> Select[*tuple[Any, ...]]:
    """All numbers of the menu in one statement."""
    to_team = exists().where(readable.for_team(), team.within(Pledge.workshop_id, runs))
    others = _drafts_of_others(chat_id)
    planned = (Round.state == RoundState.PREVIEW, team.within(Round.workshop_id, runs))
    return select(
        _count(Person.id, *desk.claiming(Person.role_confirmed.is_(None), receives)).label("claims"),
        reached.told_made(team.within(Workshop.id, runs)).label("pledges"),
        _count(Complaint.id, *complaints.open_to(chat_id, runs)).label("complaints"),
        to_team.label("released"),
        _count(Pledge.id, readable.ON_WALL.waits(), team.within(Pledge.workshop_id, runs)).label("wall"),
        _count(Pledge.id, readable.IN_REPORT.waits(), team.within(Pledge.workshop_id, runs)).label("report"),
        _count(HelpCall.id, *_calls(runs)).label("calls"),
        inquiries.number(receives).label("asked"),
        inquiries.number_waiting(receives).label("waiting"),
        exists(team.entered(runs)).label("entered"),
        _count(Broadcast.id, *others, team.within(Broadcast.workshop_id, runs), ~are_several()).label(
            "of_one"
        ),
        exists().where(*others, are_several()).label("of_several"),
        _count(Round.id, *planned).label("rounds"),
        exists().where(Workshop.day == today, team.within(Workshop.id, receives)).label("on"),
    )


def _drafts_of_others(chat_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `Broadcast` that it waits for a second organiser, and is not of whoever is in this chat."""
    shown = Broadcast.expected.is_not(None)
    return Broadcast.state == BroadcastState.DRAFT, shown, Broadcast.author_chat_id != chat_id


def _calls(runs: Scope) -> tuple[ColumnElement[bool], ...]:
    """Calls for help for which nobody was found, and which are not settled."""
    there = exists().where(Pledge.id == HelpCall.pledge_id, team.within(Pledge.workshop_id, runs))
    return HelpCall.end == CallEnd.NOBODY, HelpCall.settled_at.is_(None), there


def _count(column: Any, *which: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(column)).where(*which).scalar_subquery()


async def _by_ids(session: AsyncSession, ids: Sequence[int]) -> tuple[OrgaWorkshop, ...]:
    """These workshops, in this order, without those that cannot be read."""

    async def load(some: intact.Ids) -> Sequence[Workshop]:
        return (await session.scalars(select(Workshop).where(Workshop.id.in_(some)))).all()

    rows = await intact.read(
        session, Workshop.__tablename__, select(Workshop.id).where(Workshop.id.in_(ids)), load
    )
    there = {each.id: each for each in rows}
    return await listed(session, [there[each] for each in ids if each in there])


async def listed(session: AsyncSession, workshops: Sequence[Workshop]) -> tuple[OrgaWorkshop, ...]:
    """These workshops as they stand in a list."""
    people = await reached.joined(session, [each.id for each in workshops])
    return tuple(OrgaWorkshop(w.id, w.title, figure(people[w.id]), w.day) for w in workshops)


@VIEWS.reads(WorkshopAsked.Payload)
async def workshop_asked(context: ViewContext, payload: WorkshopAsked.Payload) -> WorkshopAsked:
    there = await team.scope_of(context, desk.DUTIES[payload.task])
    today, every = (
        context.day(context.now),
        await queries.workshops(context.session, team.within(Workshop.id, there)),
    )
    workshops = sorted(every, key=lambda each: each.day != today)
    page, shown = on_page(workshops, payload.page)
    shown_here = await listed(context.session, shown)
    return WorkshopAsked(payload.task, page, pages(len(workshops)), shown_here, payload.kept)

"""Views of the desk's menu, and of the question in which workshop."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import on_page, pages
from actions.organising import complaints, desk, help_lists, inquiries, team
from actions.pledging import readable
from db import queries
from db.models import Pledge, Workshop
from domain.figures import figure, told
from domain.outcomes.organising.desk import OrgaMenu, OrgaWorkshop, WorkshopAsked
from domain.pledges import State
from domain.team import Duty, scope

VIEWS = Views()


@VIEWS.reads(OrgaMenu.Payload)
async def menu(context: ViewContext, _payload: OrgaMenu.Payload) -> OrgaMenu:
    granted = await team.granted_in(context.session, context.operator, context.row.chat_id)
    any_duty, runs, receives = scope(granted, None), scope(granted, Duty.RUN), scope(granted, Duty.RECEIVE)
    claims = len(await desk.waiting_claims(context.session, receives))
    pledges = await context.session.scalar(
        select(func.count())
        .select_from(Pledge)
        .where(Pledge.state.in_((State.ACTIVE, State.ENDED)), team.within(Pledge.workshop_id, runs))
    )
    workshops = await queries.workshops(context.session, team.within(Workshop.id, any_duty))
    newest = on_page(workshops, 0)[1]
    reported = await complaints.waiting(context.session, context.row.chat_id, runs)
    to_team = (readable.for_team(), team.within(Pledge.workshop_id, runs))
    released = await context.session.scalar(select(Pledge.id).where(*to_team).limit(1)) is not None
    asked = await inquiries.listed(context.session, receives)
    waiting = sum(waits is not None for _, waits in asked) if asked else None
    workshops_listed, calls = (
        await listed(context.session, newest),
        await help_lists.waiting(context.session, runs),
    )
    entered = await context.session.scalar(team.entered(runs).limit(1)) is not None
    return OrgaMenu(
        workshops_listed,
        len(workshops),
        claims,
        told(pledges or 0),
        reported,
        released,
        calls,
        waiting,
        entered,
    )


async def listed(session: AsyncSession, workshops: Sequence[Workshop]) -> tuple[OrgaWorkshop, ...]:
    """These workshops as they stand in a list."""
    people = await queries.members(session, [each.id for each in workshops])
    return tuple(OrgaWorkshop(w.id, w.title, figure(people[w.id]), w.day) for w in workshops)


@VIEWS.reads(WorkshopAsked.Payload)
async def workshop_asked(context: ViewContext, payload: WorkshopAsked.Payload) -> WorkshopAsked:
    there = await team.scope_of(context, desk.DUTIES[payload.task])
    workshops = await queries.workshops(context.session, team.within(Workshop.id, there))
    page, shown = on_page(workshops, payload.page)
    shown_here = await listed(context.session, shown)
    return WorkshopAsked(payload.task, page, pages(len(workshops)), shown_here, payload.kept)

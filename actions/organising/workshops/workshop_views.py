"""Views of workshops: their card, its questions, and what is printed."""

from actions.exchange.context import ViewContext, Views
from actions.organising.team import team
from actions.organising.workshops import workshop_details
from db import queries, reached
from db.models import DraftKind, Workshop
from domain.figures import figure
from domain.links import Link, LinkKind, PrintedFor
from domain.outcomes.organising.workshops import (
    WorkshopCard,
    WorkshopDayAsked,
    WorkshopFieldAsked,
    WorkshopPrint,
    WorkshopPrints,
)
from domain.team import Duty, reaches

VIEWS = Views()


@VIEWS.reads(WorkshopDayAsked.Payload)
async def day_asked(context: ViewContext, payload: WorkshopDayAsked.Payload) -> WorkshopDayAsked | None:
    """None if the title is no longer being given a day."""
    draft = await queries.awaiting_draft(context.session, context.me)
    if draft is None or draft.kind is not DraftKind.WORKSHOP_DAY:
        return None
    return WorkshopDayAsked(
        draft.id, copied=draft.object_id is not None, past=payload.past, coming=payload.coming
    )


@VIEWS.reads(WorkshopCard.Payload)
async def card(context: ViewContext, payload: WorkshopCard.Payload) -> WorkshopCard | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    people = (await reached.joined(context.session, [workshop.id]))[workshop.id]
    runs = await team.scope_of(context, Duty.RUN)
    return WorkshopCard(
        workshop.id,
        workshop_details.details(workshop),
        workshop.code,
        _link(context, workshop),
        figure(people) if people else None,
        context.operator.bot,
        workshop.voice or context.operator.voice,
        may_change=reaches(runs, (workshop.id,)),
        may_copy=runs is None,
        saved=payload.saved,
        changed=payload.changed,
    )


def _link(context: ViewContext, workshop: Workshop, audience: PrintedFor = PrintedFor.EVERYBODY) -> str:
    return context.operator.address_of(Link(LinkKind.WORKSHOP, workshop.code, audience))


@VIEWS.reads(WorkshopFieldAsked.Payload)
async def field_asked(context: ViewContext, payload: WorkshopFieldAsked.Payload) -> WorkshopFieldAsked | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    return WorkshopFieldAsked(
        workshop.id,
        workshop_details.details(workshop),
        payload.field,
        workshop.voice or context.operator.voice,
        first=payload.first,
        again=payload.again,
        past=payload.past,
        coming=payload.coming,
    )


@VIEWS.reads(WorkshopPrints.Payload)
async def prints(context: ViewContext, payload: WorkshopPrints.Payload) -> WorkshopPrints | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    return WorkshopPrints(workshop.id, workshop.title, payload.audience, payload.language)


@VIEWS.reads(WorkshopPrint.Payload)
async def printed(context: ViewContext, payload: WorkshopPrint.Payload) -> WorkshopPrint | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    return WorkshopPrint(
        workshop.id,
        workshop.title,
        workshop.day,
        workshop_details.hours(workshop),
        workshop.place or "",
        workshop.code,
        _link(context, workshop, payload.audience),
        context.operator.bot,
        payload.form,
        payload.audience,
        payload.language,
    )

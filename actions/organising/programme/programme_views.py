"""Views of the programme: for the people of its workshop, and for the desk."""

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import on_page, pages
from actions.organising.programme import programme, programme_lists
from db.models import ProgrammeItem, ProgrammeUpload, Workshop
from domain.calendar import instant
from domain.outcomes.organising.programme import (
    ChangedItem,
    ItemAsked,
    ItemShown,
    ItemSoon,
    NewItem,
    ProgrammeAsked,
    ProgrammeDesk,
    ProgrammePhase,
    ProgrammePreview,
    ProgrammeShown,
    WrongLine,
)
from domain.programme import ProgrammePlan, SentRead

VIEWS = Views()


def _reminded(context: ViewContext, workshop_id: int) -> bool | None:
    """Whether the reader wants to hear before each item; None for somebody who is not in the workshop."""
    return next((m.reminded for m in context.me.memberships if m.workshop_id == workshop_id), None)


@VIEWS.reads(ProgrammeShown.Payload)
async def shown(context: ViewContext, payload: ProgrammeShown.Payload) -> ProgrammeShown | None:
    """None for somebody who is no longer in the workshop."""
    workshop = await context.session.get(Workshop, payload.workshop_id)
    reminded = _reminded(context, payload.workshop_id)
    if workshop is None or reminded is None:
        return None
    zone = context.operator.zone
    every = await programme.items(context.session, workshop.id)
    page, listed = on_page(every, payload.page or 0)
    phase = programme.phase(workshop, context.now, zone)
    at_once = payload.page is None and phase is ProgrammePhase.TODAY
    return ProgrammeShown(
        workshop_id=workshop.id,
        title=workshop.title,
        day=workshop.day,
        phase=phase,
        now=await programme.now_and_next(context.session, workshop, context.now, zone) if at_once else None,
        items=tuple(listed),
        page=page,
        pages=pages(len(every)),
        reminded=reminded,
    )


@VIEWS.reads(ItemSoon.Payload)
async def soon(context: ViewContext, payload: ItemSoon.Payload) -> ItemSoon | None:
    """None once it has begun, or begins at another time, or the reader wants to hear of it no more."""
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None or not _reminded(context, workshop.id):
        return None
    begun = context.now >= instant(workshop.day, payload.begins, context.operator.zone)
    every = await programme.items(context.session, workshop.id)
    items = tuple(item for item in every if item.begins == payload.begins)
    return None if begun or not items else ItemSoon(workshop.id, payload.begins, items)


# --- the desk


@VIEWS.reads(ProgrammeDesk.Payload)
async def at_desk(context: ViewContext, payload: ProgrammeDesk.Payload) -> ProgrammeDesk | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    every = await programme.rows(context.session, workshop.id)
    page, listed = on_page(every, payload.page)
    items = tuple((row.id, programme.item_of(row)) for row in listed)
    return ProgrammeDesk(
        workshop_id=workshop.id,
        title=workshop.title,
        day=workshop.day,
        items=items,
        page=page,
        pages=pages(len(every)),
        saved=payload.saved,
        may_tell=bool(payload.changed) and workshop.day == context.day(context.now),
    )


@VIEWS.reads(ProgrammeAsked.Payload)
async def asked(context: ViewContext, payload: ProgrammeAsked.Payload) -> ProgrammeAsked | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    items = len(await programme.rows(context.session, workshop.id))
    return ProgrammeAsked(workshop.id, workshop.title, workshop.day, items)


@VIEWS.reads(ProgrammePreview.Payload)
async def preview(context: ViewContext, payload: ProgrammePreview.Payload) -> ProgrammePreview | None:
    """None if it was taken over, or dropped."""
    upload = await context.session.get(ProgrammeUpload, payload.upload_id)
    if upload is None:
        return None
    workshop = await context.session.get_one(Workshop, upload.workshop_id)
    read = programme_lists.read_again(upload)
    plan = await programme_lists.planned(context.session, workshop.id, read)
    every = _lines(plan, read)
    page, listed = on_page(every, payload.page)
    return ProgrammePreview(
        upload_id=upload.id,
        workshop_id=workshop.id,
        title=workshop.title,
        version=programme_lists.version(plan, read),
        shown=tuple(listed),
        page=page,
        pages=pages(len(every)),
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        wrong=len(read.faults),
        absent=plan.absent,
        changed_since=payload.changed_since,
    )


def _lines(plan: ProgrammePlan, read: SentRead) -> list[WrongLine | ChangedItem | NewItem]:
    return [
        *(WrongLine(*fault) for fault in read.faults),
        *(ChangedItem(each.line, each.was.item, each.item) for each in plan.changed),
        *(NewItem(*new) for new in plan.new),
    ]


@VIEWS.reads(ItemShown.Payload)
async def item(context: ViewContext, payload: ItemShown.Payload) -> ItemShown | None:
    row = await context.session.get(ProgrammeItem, payload.item_id)
    if row is None:
        return None
    workshop = await context.session.get_one(Workshop, row.workshop_id)
    return ItemShown(
        item_id=row.id,
        workshop_id=workshop.id,
        title=workshop.title,
        item=programme.item_of(row),
        changed=payload.changed,
        may_tell=workshop.day == context.day(context.now),
    )


@VIEWS.reads(ItemAsked.Payload)
async def item_asked(context: ViewContext, payload: ItemAsked.Payload) -> ItemAsked | None:
    row = await context.session.get(ProgrammeItem, payload.item_id)
    if row is None:
        return None
    return ItemAsked(row.id, programme.item_of(row), payload.fault, payload.again)

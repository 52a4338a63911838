"""Views of taking over a guest list."""

from sqlalchemy import func, select

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import on_page, pages
from actions.organising.guests import guest_lists
from db.models import Guest, GuestUpload, UploadKind, Workshop
from domain.guest_lists import GuestListPlan, ListRead
from domain.outcomes.organising.guest_lists import (
    ChangedGuest,
    GuestFileAsked,
    GuestPreview,
    NewGuest,
    WrongRow,
)

VIEWS = Views()


@VIEWS.reads(GuestFileAsked.Payload)
async def asked(context: ViewContext, payload: GuestFileAsked.Payload) -> GuestFileAsked | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    guests = select(func.count()).where(Guest.workshop_id == workshop.id)
    return GuestFileAsked(workshop.id, workshop.title, await context.session.scalar(guests) or 0)


@VIEWS.reads(GuestPreview.Payload)
async def preview(context: ViewContext, payload: GuestPreview.Payload) -> GuestPreview | None:
    """None if it was taken over, or dropped."""
    upload = await context.session.get(GuestUpload, payload.upload_id)
    if upload is None or upload.kind is not UploadKind.GUESTS:
        return None
    workshop = await context.session.get_one(Workshop, upload.workshop_id)
    read = guest_lists.read_again(upload)
    plan = await guest_lists.planned(context.session, workshop.id, read)
    every = _lines(plan, read)
    page, shown = on_page(every, payload.page)
    return GuestPreview(
        upload_id=upload.id,
        workshop_id=workshop.id,
        workshop=workshop.title,
        version=guest_lists.version(plan, read),
        shown=tuple(shown),
        page=page,
        pages=pages(len(every)),
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        wrong=len(read.faults),
        absent=plan.absent,
        left_out=read.left_out,
        changed_since=payload.changed_since,
    )


def _lines(plan: GuestListPlan, read: ListRead) -> list[WrongRow | ChangedGuest | NewGuest]:
    return [
        *(WrongRow(*fault) for fault in read.faults),
        *(ChangedGuest(each.line, each.was.row, each.row, each.fields) for each in plan.changed),
        *(NewGuest(*new) for new in plan.new),
    ]

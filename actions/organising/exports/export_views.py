"""Views of exports. Each is read when it is sent: whoever has gone by then, or takes something back, is in no file."""

from sqlalchemy import Select, select

from actions.exchange.context import ViewContext, Views, card
from actions.organising import released
from actions.organising.exports import exports
from actions.organising.team import team
from db import intact, queries
from db.models import Audit, Export, Interest, Person, Pledge, Workshop
from domain import names
from domain.outcomes.choices import Direction
from domain.outcomes.organising.exports import (
    ExportAsked,
    ExportedPerson,
    ExportLeft,
    ExportOf,
    ExportOffered,
    ExportPreview,
    PeopleExported,
    PledgesExported,
)
from domain.presence import presence
from domain.retention import FILES_KEPT
from domain.team import Duty

VIEWS = Views()


@VIEWS.reads(ExportAsked.Payload)
async def asked(context: ViewContext, payload: ExportAsked.Payload) -> ExportAsked | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    return ExportAsked(workshop.title) if workshop is not None else None


@VIEWS.reads(ExportOffered.Payload)
async def offered(context: ViewContext, payload: ExportOffered.Payload) -> ExportOffered | None:
    found = await _found(context, payload.export_id)
    if found is None:
        return None
    export, workshop = found
    lines = [(of, (await exports.counted(context.session, workshop.id, of))[0]) for of in ExportOf]
    return ExportOffered(export.id, workshop.title, export.purpose, tuple(lines))


@VIEWS.reads(ExportPreview.Payload)
async def previewed(context: ViewContext, payload: ExportPreview.Payload) -> ExportPreview | None:
    found = await _found(context, payload.export_id)
    if found is None:
        return None
    export, workshop = found
    lines, people = await exports.counted(context.session, workshop.id, payload.of)
    taken = await exports.taken(context.session, export.id)
    until = context.operator.wall(taken[1] + FILES_KEPT).time() if taken is not None else None
    said = (export.id, payload.of, workshop.title, export.purpose, lines, len(people))
    return ExportPreview(*said, until)


@VIEWS.reads(PeopleExported.Payload)
async def people(context: ViewContext, payload: PeopleExported.Payload) -> PeopleExported | None:
    found = await _found(context, payload.export_id)
    if found is None:
        return None
    export, workshop = found
    which = (*exports.in_it(workshop.id), Person.id.in_(_noted(export.id)))
    everybody = await queries.people_of(context.session, workshop.id, *which)
    lines = [
        ExportedPerson(
            card(each),
            _topics(each.interests, Direction.SEEKS),
            _topics(each.interests, Direction.OFFERS),
            presence(each, workshop.day),
        )
        for each in sorted(everybody, key=lambda each: (names.in_order(each.name or ""), each.id))
    ]
    return PeopleExported(
        workshop.title, export.purpose, payload.kind, context.row.repeated, people=tuple(lines)
    )


@VIEWS.reads(PledgesExported.Payload)
async def pledges(context: ViewContext, payload: PledgesExported.Payload) -> PledgesExported | None:
    found = await _found(context, payload.export_id)
    if found is None:
        return None
    export, workshop = found
    noted = _noted(export.id)
    both = (Pledge.author_id.in_(noted), Pledge.partner_id.in_(noted))
    which = select(Pledge.id).where(*exports.readable_in(workshop.id), *both).order_by(Pledge.id)
    rows = await intact.rows(context.session, Pledge, which)
    lines = [await released.line(context, each) for each in rows]
    return PledgesExported(
        workshop.title, export.purpose, payload.kind, context.row.repeated, pledges=tuple(lines)
    )


@VIEWS.reads(ExportLeft.Payload)
async def left(context: ViewContext, payload: ExportLeft.Payload) -> ExportLeft | None:
    """None once nobody knows when it was."""
    export = await context.session.get(Export, payload.export_id)
    workshop = await context.session.get(Workshop, export.workshop_id) if export is not None else None
    taken = await exports.taken(context.session, payload.export_id)
    return ExportLeft(workshop.title, context.day(taken[1])) if workshop is not None and taken else None


def _noted(export_id: int) -> Select[int | None]:
    """Those who find it in their data: nobody else is in the file."""
    return select(Audit.person_id).where(Audit.export_id == export_id)


def _topics(interests: list[Interest], direction: Direction) -> tuple[str, ...]:
    return tuple(each.topic for each in interests if each.direction is direction and each.topic)


async def _found(context: ViewContext, export_id: int) -> tuple[Export, Workshop] | None:
    """None unless its reader asked for it, and still runs the workshop."""
    chat = context.row.chat_id
    export = await context.session.get(Export, export_id)
    if export is None or export.organiser_chat_id != chat:
        return None
    there = export.workshop_id
    if not await team.may(context.session, context.operator, chat, Duty.RUN, there):
        return None
    return export, await context.session.get_one(Workshop, there)

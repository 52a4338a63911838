"""Views of the timetable."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import select

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import on_page, pages
from actions.organising.rounds.timetables import Timetable, that_hold, timetable, to_come
from db import crowd, queries
from db.models import Introduction, Person, Workshop
from domain.outcomes.organising.timetables import (
    OwnSlot,
    OwnSlots,
    TimetableEnding,
    TimetableOff,
    TimetablePictured,
    TimetablePlan,
    TimetableRow,
    TimetableSent,
)
from domain.slots import STEP, moved

VIEWS = Views()

_PICTURED = 24  # talks on one picture, so that a phone shows them legibly
_LEFT = 5  # of those without a place, how many talks are named

Names = Mapping[int, str]
Place = tuple[datetime, int]
"""When, and at which table."""


@VIEWS.reads(TimetablePlan.Payload)
async def plan(context: ViewContext, payload: TimetablePlan.Payload) -> TimetablePlan | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    start = (payload.first, payload.length)
    found = await timetable(context.session, context.operator, workshop, start, context.now)
    names = await _names(context, {p for talk in found.talks.values() for p in talk.people})
    page, seated = on_page(found.seated, payload.page)
    rows = [
        _row(workshop, each.slot.starts, each.table, _named(found.talks[each.talk].people, names))
        for each in seated
    ]
    earlier, later = _moves(context, workshop, payload.first)
    return TimetablePlan(
        workshop.id, workshop.title, payload.first, payload.length, workshop.tables,
        seated=len(found.seated), left=len(found.left), left_names=_left(found, names),
        page=page, pages=pages(len(found.seated)), rows=tuple(rows), version=found.version,
        earlier=earlier, later=later, day=_another(context, workshop), changed=payload.changed,
    )  # fmt: skip


def _moves(context: ViewContext, workshop: Workshop, first: int) -> tuple[int | None, int | None]:
    wall = context.operator.wall(context.now)
    now = wall.time() if workshop.day == wall.date() else None
    earlier, later = (moved(first, by, workshop.opens, workshop.closes, now) for by in (-STEP, STEP))
    return earlier, later


def _left(found: Timetable, names: Names) -> tuple[tuple[str, ...], ...]:
    return tuple(_named(talk.people, names) for talk in found.left[:_LEFT])


@VIEWS.reads(TimetableSent.Payload)
async def sent(context: ViewContext, payload: TimetableSent.Payload) -> TimetableSent | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    every = await _rows(context, workshop)
    page, rows = on_page(every, payload.page)
    may_end = (await to_come(context.session, workshop.id, context.now)).talks > 0
    return TimetableSent(
        workshop.id, workshop.title, page, pages(len(every)), tuple(rows), payload.told, may_end
    )


@VIEWS.reads(TimetableEnding.Payload)
async def ending(context: ViewContext, payload: TimetableEnding.Payload) -> TimetableEnding | None:
    """None once nothing is to come."""
    workshop = await context.session.get(Workshop, payload.workshop_id)
    found = await to_come(context.session, payload.workshop_id, context.now)
    if workshop is None or not found.talks:
        return None
    return TimetableEnding(
        workshop.id, workshop.title, found.talks, found.people, found.version, changed=payload.changed
    )


@VIEWS.reads(TimetableOff.Payload)
async def off(context: ViewContext, payload: TimetableOff.Payload) -> TimetableOff | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    return TimetableOff(workshop.id, workshop.title, payload.told) if workshop is not None else None


@VIEWS.reads(TimetablePictured.Payload)
async def pictured(context: ViewContext, payload: TimetablePictured.Payload) -> TimetablePictured | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    every = await _rows(context, workshop) if workshop is not None else []
    if workshop is None or not every:
        return None
    number = -(-len(every) // _PICTURED)
    page = min(payload.page, number - 1)
    rows = every[page * _PICTURED : (page + 1) * _PICTURED]
    return TimetablePictured(
        workshop.id, workshop.title, workshop.day, page, number, tuple(rows), payload.theme
    )


async def _rows(context: ViewContext, workshop: Workshop) -> list[TimetableRow]:
    """The timetable that holds, by time and table."""
    found = select(
        Introduction.slot_at, Introduction.slot_table, Introduction.asker_id, Introduction.asked_id
    )
    talks: dict[Place, set[int]] = {}
    for at, number, *two in await context.session.execute(found.where(*that_hold(workshop.id, context.now))):
        if at is not None and number is not None:
            talks.setdefault((at, number), set()).update(two)
    names = await _names(context, {person for people in talks.values() for person in people})
    return [
        _row(workshop, context.operator.wall(at).time(), number, _named(sorted(people), names))
        for (at, number), people in sorted(talks.items())
    ]


@VIEWS.reads(OwnSlots.Payload)
async def own(context: ViewContext, payload: OwnSlots.Payload) -> OwnSlots | None:
    """None once its day is over, however late it would be told."""
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None or workshop.day < context.day(context.now):
        return None
    me = context.party.id
    which = (
        queries.in_introduction(me),
        *that_hold(workshop.id, context.now),
        Introduction.slot_at > context.now,
    )
    mine = select(Introduction).where(*which).order_by(Introduction.slot_at, Introduction.id)
    talks: dict[Place, list[Introduction]] = {}
    for intro in await context.session.scalars(mine):
        if intro.slot_at is not None and intro.slot_table is not None:
            talks.setdefault((intro.slot_at, intro.slot_table), []).append(intro)
    others = {each.other_than(me) for intros in talks.values() for each in intros}
    names = await _names(context, others)
    slots = tuple(_own(context, workshop, place, intros, names) for place, intros in talks.items())
    return OwnSlots(workshop.title, slots, _another(context, workshop))


def _own(
    context: ViewContext, workshop: Workshop, place: Place, intros: Sequence[Introduction], names: Names
) -> OwnSlot:
    at, number = place
    others = _named([each.other_than(context.party.id) for each in intros], names)
    row = _row(workshop, context.operator.wall(at).time(), number, others)
    return OwnSlot(intros[0].id, row.at, row.table, row.table_name, row.names)


def _row(workshop: Workshop, at: time, number: int, names: tuple[str, ...]) -> TimetableRow:
    return TimetableRow(at, number, workshop.name_of_table(number), names)


def _named(people: Sequence[int], names: Names) -> tuple[str, ...]:
    return tuple(names.get(person, "") for person in people)


async def _names(context: ViewContext, ids: set[int]) -> Names:
    found = await crowd.named(context.session, select(Person.id).where(Person.id.in_(ids)))
    return {each.id: each.name for each in found}


def _another(context: ViewContext, workshop: Workshop) -> date | None:
    """The workshop's day, unless it is today."""
    return workshop.day if workshop.day != context.day(context.now) else None

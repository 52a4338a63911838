"""Views of round tables."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.matching.reasons import as_candidate
from actions.organising.roundtables import roundtable_people, roundtables
from actions.organising.team import team
from db import intact
from db.models import Invited, Person, Roundtable, RoundtableSeat, RoundtableState, Workshop
from domain.figures import within
from domain.outcomes.organising.roundtables import (
    Detail,
    RoundtableAsked,
    RoundtableCard,
    RoundtableDetailAsked,
    RoundtableFull,
    RoundtableGuest,
    RoundtableLine,
    RoundtableOff,
    RoundtablePeople,
    RoundtableStands,
    RoundtableTopics,
    TablePlace,
    TableStage,
    TopicShared,
)
from domain.roles import Role
from domain.roundtables import DECIDED_BEFORE, Invitation, deals, invitation, topics_for
from domain.team import Duty, reaches

VIEWS = Views()
ANSWERS = {Invited.YES: True, Invited.NO: False}


@VIEWS.reads(RoundtableTopics.Payload)
async def listed(context: ViewContext, payload: RoundtableTopics.Payload) -> RoundtableTopics | None:
    """None for somebody who runs the workshop no more."""
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None or not await _runs(context, workshop.id):
        return None
    people = await roundtable_people.candidates(context.session, workshop, context.now, context.operator)
    topics = topics_for(people)
    page, here = on_page(topics, payload.page)
    own = select(Roundtable).where(
        Roundtable.workshop_id == workshop.id, Roundtable.state != RoundtableState.CALLED_OFF
    )
    tables = (await context.session.scalars(own.order_by(Roundtable.starts_at, Roundtable.id))).all()
    return RoundtableTopics(
        workshop_id=workshop.id,
        workshop=workshop.title,
        page=page,
        pages=pages(len(topics)),
        topics=tuple(TopicShared(topic, within(number, len(people))) for topic, number in here),
        tables=tuple(
            RoundtableLine(each.id, each.topic, context.operator.wall(each.starts_at).time())
            for each in tables[-PAGE:]
        ),
        too_late=not roundtables.times_of(workshop, context.now, context.operator),
    )


async def _runs(context: ViewContext, workshop_id: int) -> bool:
    return reaches(await team.scope_of(context, Duty.RUN), (workshop_id,))


async def _table(context: ViewContext, table_id: int) -> Roundtable | None:
    """The table, if its reader still runs the workshop."""
    table = await context.session.get(Roundtable, table_id)
    return table if table is not None and await _runs(context, table.workshop_id) else None


async def _place(context: ViewContext, table: Roundtable) -> TablePlace:
    workshop = await context.session.get_one(Workshop, table.workshop_id)
    wall = context.operator.wall(table.starts_at)
    day = wall.date() if wall.date() != context.day(context.now) else None
    return TablePlace(table.number, workshop.name_of_table(table.number), wall.time(), day)


async def _guests(
    context: ViewContext, table: Roundtable, people: Sequence[int], chosen: Sequence[int]
) -> tuple[RoundtableGuest, ...]:
    found = []
    for number in people:
        person = await intact.person(context.session, number)
        if person is not None and person.role is not None:
            await intact.read_interests(context.session, person)
            why = deals(as_candidate(person, 0, 0), table.topic)
            found.append(RoundtableGuest(person.id, person.name or "", person.role, why, person.id in chosen))
    return tuple(found)


@VIEWS.reads(RoundtableCard.Payload)
async def card(context: ViewContext, payload: RoundtableCard.Payload) -> RoundtableCard | None:
    table = await _table(context, payload.roundtable_id)
    if table is None:
        return None
    seats = await roundtable_people.seats_of(context.session, table.id)
    there = await roundtable_people.named(context.session, table, context.now, context.operator)
    named = [each.person_id for each in there]
    decides = table.decides_at or table.starts_at - DECIDED_BEFORE
    return RoundtableCard(
        roundtable_id=table.id,
        workshop_id=table.workshop_id,
        topic=table.topic,
        place=await _place(context, table),
        stage=TableStage(table.state),
        guests=await _guests(context, table, named, named),
        asked=len(seats),
        decides=context.operator.wall(decides).time(),
        version=roundtables.version(table, seats),
        changed=payload.changed,
    )


@VIEWS.reads(RoundtablePeople.Payload)
async def people(context: ViewContext, payload: RoundtablePeople.Payload) -> RoundtablePeople | None:
    table = await _table(context, payload.roundtable_id)
    if table is None or table.state not in (RoundtableState.DRAFT, RoundtableState.ASKING):
        return None
    everybody = await roundtable_people.in_order(context.session, table, context.now, context.operator)
    page, here = on_page(everybody, payload.page)
    chosen = [each.person_id for each in await roundtable_people.seats_of(context.session, table.id)]
    return RoundtablePeople(
        table.id,
        table.topic,
        page,
        pages(len(everybody)),
        page * PAGE + 1,
        await _guests(context, table, here, chosen),
        may_drop=table.state is RoundtableState.DRAFT,
    )


@VIEWS.reads(RoundtableDetailAsked.Payload)
async def detail(
    context: ViewContext, payload: RoundtableDetailAsked.Payload
) -> RoundtableDetailAsked | None:
    table = await _table(context, payload.roundtable_id)
    if table is None or table.state is not RoundtableState.DRAFT:
        return None
    workshop = await context.session.get_one(Workshop, table.workshop_id)
    if payload.what is Detail.TIME:
        times = roundtables.times_of(workshop, context.now, context.operator)
        return RoundtableDetailAsked(table.id, payload.what, tuple(times), ())
    numbered = tuple((number, workshop.name_of_table(number)) for number in range(1, workshop.tables + 1))
    return RoundtableDetailAsked(table.id, payload.what, (), numbered)


# --- to those who are asked


async def _mine(context: ViewContext, seat_id: int) -> tuple[Roundtable, RoundtableSeat] | None:
    """The reader's seat and its table; None if either is gone."""
    seat = await context.session.get(RoundtableSeat, seat_id)
    if seat is None or seat.person_id != context.party.id or seat.state is Invited.PLANNED:
        return None
    return await context.session.get_one(Roundtable, seat.roundtable_id), seat


@VIEWS.reads(RoundtableAsked.Payload)
async def asked(context: ViewContext, payload: RoundtableAsked.Payload) -> RoundtableAsked | None:
    """None if it is over before the question has gone out."""
    own = await _mine(context, payload.roundtable_seat_id)
    if own is None:
        return None
    table, seat = own
    seats = await roundtable_people.seats_of(context.session, table.id)
    yes = sum(each.state is Invited.YES for each in seats)
    is_late = table.decides_at is not None and table.decides_at <= context.now
    state = invitation(
        ANSWERS.get(seat.state),
        yes,
        is_off=table.state is RoundtableState.CALLED_OFF,
        is_decided=is_late or table.state is RoundtableState.SETTLED,
    )
    new = not context.is_edit and context.row.priority > 0
    if new and state is not Invitation.OPEN:
        return None
    roles = select(Person.role).where(Person.id.in_([each.person_id for each in seats]))
    kinds = Counter(role or Role.OTHER for role in await context.session.scalars(roles))
    decides = table.decides_at or table.starts_at - DECIDED_BEFORE
    await intact.read_interests(context.session, context.party)
    return RoundtableAsked(
        seat_id=seat.id,
        topic=table.topic,
        place=await _place(context, table),
        asked=len(seats),
        kinds=tuple(sorted(kinds.items(), key=lambda each: (-each[1], each[0]))),
        deals=deals(as_candidate(context.party, 0, 0), table.topic),
        decides=context.operator.wall(decides).time(),
        state=state,
    )


@VIEWS.reads(RoundtableStands.Payload)
async def stands(context: ViewContext, payload: RoundtableStands.Payload) -> RoundtableStands | None:
    """None if it does not, or the reader comes no more."""
    own = await _mine(context, payload.roundtable_seat_id)
    if own is None or own[0].state is not RoundtableState.SETTLED or own[1].state is not Invited.YES:
        return None
    table, seat = own
    there = await roundtable_people.coming(context.session, table, context.now, context.operator)
    others = [each.person_id for each in there if each.id != seat.id]
    guests = await _guests(context, table, others, others)
    return RoundtableStands(seat.id, table.topic, await _place(context, table), guests)


@VIEWS.reads(RoundtableFull.Payload)
async def full(context: ViewContext, payload: RoundtableFull.Payload) -> RoundtableFull | None:
    """None if the table has begun, or was called off: who did not come does not ask for it any more."""
    own = await _mine(context, payload.roundtable_seat_id)
    if own is None or own[1].state is not Invited.ASKED or own[0].starts_at <= context.now:
        return None
    if own[0].state is RoundtableState.CALLED_OFF:
        return None
    return RoundtableFull(own[0].topic, await _place(context, own[0]))


@VIEWS.reads(RoundtableOff.Payload)
async def off(context: ViewContext, payload: RoundtableOff.Payload) -> RoundtableOff | None:
    own = await _mine(context, payload.roundtable_seat_id)
    if own is None or own[0].state is not RoundtableState.CALLED_OFF:
        return None
    return RoundtableOff(own[0].topic, await _place(context, own[0]))

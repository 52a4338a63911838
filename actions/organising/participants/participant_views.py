"""Views of the people of one's workshops."""

from sqlalchemy import select

from actions.exchange.context import ViewContext, Views, card
from actions.exchange.paging import PAGE, on_page, pages
from actions.organising import desk
from actions.organising.accounts import doubles
from actions.organising.participants import participants
from actions.organising.participants.participants import Sight
from actions.organising.team import team
from db import intact, queries, reach
from db.models import Guest, Person, Workshop
from domain.outcomes.choices import Direction
from domain.outcomes.organising.participants import (
    ParticipantShown,
    ParticipantsListed,
    StandingsCounted,
)
from domain.participants import SEEN_BY, Standing
from domain.roles import Role
from domain.team import NO_WORKSHOP, Duty, Scope, scope

VIEWS = Views()


async def _sight(context: ViewContext) -> Sight:
    granted = await team.granted_in(context.session, context.operator, context.row.chat_id)
    return Sight(context.session, context.now, context.operator, lambda duty: scope(granted, duty))


@VIEWS.reads(ParticipantsListed.Payload)
async def listed(context: ViewContext, payload: ParticipantsListed.Payload) -> ParticipantsListed | None:
    """None for somebody who may no longer look."""
    sight = await _sight(context)
    there = sight.scope(Duty.RECEIVE)
    if there == NO_WORKSHOP:
        return None
    found = await participants.found(sight, payload)
    page, shown = on_page(found, payload.page)
    people = await desk.on_list(context.session, shown)
    return ParticipantsListed(
        people=tuple((each.id, card(each)) for each in people),
        found=len(found),
        first=page * PAGE + 1,
        page=page,
        pages=pages(len(found)),
        standing=payload.standing,
        searched=bool(payload.hits),
        to_confirm=len(await desk.waiting_claims(context.session, there)),
    )


@VIEWS.reads(StandingsCounted.Payload)
async def counted(context: ViewContext, _payload: StandingsCounted.Payload) -> StandingsCounted:
    sight = await _sight(context)
    options = []
    for standing in Standing:
        if sight.scope(SEEN_BY[standing]) != NO_WORKSHOP:
            of = ParticipantsListed.Payload(standing)
            options.append((standing, len(await participants.found(sight, of))))
    pairs = await doubles.pairs(context.session, sight.scope(Duty.RUN))
    return StandingsCounted(tuple(options), len(pairs))


@VIEWS.reads(ParticipantShown.Payload)
async def shown(context: ViewContext, payload: ParticipantShown.Payload) -> ParticipantShown | None:
    """None of somebody who is gone, has taken their consent back, or is in none of the reader's workshops."""
    sight = await _sight(context)
    there = sight.scope(Duty.RECEIVE)
    person = await intact.person(context.session, payload.person_id)
    workshops = await _workshops(context, person, there) if person is not None else ()
    if person is None or not reach.agrees(person) or not workshops:
        return None
    await intact.read_interests(context.session, person)
    return ParticipantShown(
        person_id=person.id,
        card=card(person),
        workshops=tuple(each.title for each in workshops),
        seeks=_topics(person, Direction.SEEKS),
        offers=_topics(person, Direction.OFFERS),
        standings=await _standings(sight, person),
        guest_id=await _guest(context, person, there),
        claims=person.role is Role.MP,
    )


async def _workshops(context: ViewContext, person: Person, there: Scope) -> list[Workshop]:
    return [
        each
        for each in await queries.workshops_of(context.session, person)
        if there is None or each.id in there
    ]


def _topics(person: Person, direction: Direction) -> tuple[str, ...]:
    return tuple(each.topic for each in person.interests if each.direction is direction and each.topic)


async def _standings(sight: Sight, person: Person) -> tuple[Standing, ...]:
    held = []
    for standing in Standing:
        which = select(Person.id).where(Person.id == person.id, await participants.condition(sight, standing))
        if await sight.session.scalar(which) is not None:
            held.append(standing)
    return tuple(held)


async def _guest(context: ViewContext, person: Person, there: Scope) -> int:
    own = select(Guest.id).where(Guest.person_id == person.id, team.within(Guest.workshop_id, there))
    return await context.session.scalar(own.order_by(Guest.id.desc()).limit(1)) or 0

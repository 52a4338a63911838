"""Views of the organisers' desk."""

from actions.exchange.context import ViewContext, Views, card
from actions.exchange.paging import PAGE, on_page, pages
from actions.organising import complaints, desk
from actions.organising.guests import guest_lists
from actions.organising.team import team
from db import intact, queries
from db.models import Person
from domain import names
from domain.guest_lists import GuestRow
from domain.outcomes.organising.complaints import ComplaintShown, NoComplaints
from domain.outcomes.organising.desk import (
    ClaimsWaiting,
    NoClaims,
    RoleClaim,
    RoleClaims,
)
from domain.outcomes.small import GroupHint
from domain.team import Duty, Scope, reaches

VIEWS = Views()
_BESIDE = 5  # rows of guest lists beside a role claim


@VIEWS.reads(RoleClaims.Payload)
async def claims(context: ViewContext, payload: RoleClaims.Payload) -> RoleClaims | NoClaims:
    there = await team.scope_of(context, Duty.RECEIVE)
    refused = await desk.refused_claims(context.session, there)
    listed = refused if payload.refused else await desk.waiting_claims(context.session, there)
    page, named = on_page(listed, payload.page)
    people = await desk.on_list(context.session, named)
    others = bool(refused) and not payload.refused
    if not people:
        return NoClaims(others)
    return RoleClaims(
        page=page,
        pages=pages(len(listed)),
        waiting=len(listed),
        first=page * PAGE + 1,
        people=tuple((p.id, card(p)) for p in people),
        refused=payload.refused,
        others_refused=others,
    )


@VIEWS.reads(NoClaims.Payload)
async def no_claims(context: ViewContext, _payload: NoClaims.Payload) -> NoClaims:
    there = await team.scope_of(context, Duty.RECEIVE)
    return NoClaims(bool(await desk.refused_claims(context.session, there)))


@VIEWS.reads(ClaimsWaiting.Payload)
async def claims_waiting(context: ViewContext, payload: ClaimsWaiting.Payload) -> ClaimsWaiting | None:
    """None once all are decided, and for somebody who confirms nobody any more. A note that has gone out says how many
    of those it was about still wait.
    """
    waiting = await desk.waiting_claims(context.session, await team.scope_of(context, Duty.RECEIVE))
    if context.is_edit:
        return ClaimsWaiting(len({*waiting} & {*payload.people}))
    return ClaimsWaiting(len(waiting)) if waiting else None


@VIEWS.reads(RoleClaim.Payload)
async def claim(context: ViewContext, payload: RoleClaim.Payload) -> RoleClaim | None:
    person = await intact.person(context.session, payload.person_id)
    if person is None:
        return None
    there = await team.scope_of(context, Duty.RECEIVE)
    left = len({*await desk.waiting_claims(context.session, there)} - {person.id})
    alike = await desk.looks_like_confirmed(context.session, person)
    is_due = await queries.next_workshop(context.session, person, context.day(context.now)) is not None
    shown, decided = card(person), person.role_confirmed
    listed, beside = await _guests_beside(context, person, there)
    namesakes = await desk.namesakes(context.session, person, there)
    return RoleClaim(
        person.id,
        shown,
        left,
        decided,
        alike,
        changed=payload.changed,
        is_due=is_due,
        listed=listed,
        beside=beside,
        namesakes=tuple(card(each) for each in namesakes),
    )


async def _guests_beside(
    context: ViewContext, person: Person, there: Scope
) -> tuple[tuple[GuestRow, ...], tuple[GuestRow, ...]]:
    """Their rows on the lists of the reader's workshops; and those of guests who have not joined, by their names."""
    listed: list[GuestRow] = []
    beside: list[GuestRow] = []
    for membership in person.memberships:
        if not reaches(there, (membership.workshop_id,)):
            continue
        for guest in await guest_lists.on_list(context.session, membership.workshop_id):
            if guest.person_id == person.id:
                listed.append(guest_lists.row_of(guest))
            elif guest.person_id is None and names.looks_like(guest.name, person.name or ""):
                beside.append(guest_lists.row_of(guest))
    return tuple(listed[:_BESIDE]), tuple(beside[:_BESIDE])


@VIEWS.reads(ComplaintShown.Payload)
async def complaint(context: ViewContext, payload: ComplaintShown.Payload) -> ComplaintShown | NoComplaints:
    there = await team.scope_of(context, Duty.RUN)
    oldest = await complaints.oldest(context.session, context.row.chat_id, there, payload.wanted_id)
    if oldest is None:
        return NoComplaints()
    writer = await intact.person(context.session, oldest.writer_id)
    waiting = await complaints.waiting(context.session, context.row.chat_id, there)
    name, contact = (writer.name or "") if writer else "", oldest.introduction_id is not None
    return ComplaintShown(oldest.id, name, oldest.words, waiting, contact)


@VIEWS.reads(GroupHint.Payload)
async def group_hint(context: ViewContext, _payload: GroupHint.Payload) -> GroupHint:
    return GroupHint(context.operator.bot)

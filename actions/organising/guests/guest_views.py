"""Views of the guest list at the desk, and of personal codes."""

from collections.abc import Sequence
from datetime import timedelta

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.organising.guests import guest_lists, guests
from actions.organising.team import team
from db import intact, personal_codes
from db.models import Guest, Person, Workshop
from domain.links import Link, LinkKind
from domain.outcomes.organising.guests import (
    CardOfGuest,
    GuestBeside,
    GuestCards,
    GuestLine,
    GuestOffered,
    GuestsFound,
    GuestShown,
    GuestsListed,
)
from domain.roles import Role
from domain.team import Duty, reaches

VIEWS = Views()
_A_DAY = timedelta(days=1)
_MOST_ALIKE = 5


def _line(guest: Guest) -> GuestLine:
    given, joined = guest.given_at is not None, guest.person_id is not None
    return GuestLine(guest.id, guest_lists.row_of(guest), given, joined)


@VIEWS.reads(GuestsListed.Payload)
async def listed(context: ViewContext, payload: GuestsListed.Payload) -> GuestsListed | None:
    """None if the workshop is gone."""
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    everybody = guests.in_order(await guest_lists.on_list(context.session, workshop.id))
    page, shown = on_page(everybody, payload.page)
    return GuestsListed(
        workshop_id=workshop.id,
        workshop=workshop.title,
        shown=tuple(_line(each) for each in shown),
        first=page * PAGE + 1,
        page=page,
        pages=pages(len(everybody)),
        guests=len(everybody),
        given=sum(each.given_at is not None for each in everybody),
        joined=sum(each.person_id is not None for each in everybody),
        may_run=reaches(await team.scope_of(context, Duty.RUN), (workshop.id,)),
    )


@VIEWS.reads(GuestsFound.Payload)
async def found(context: ViewContext, payload: GuestsFound.Payload) -> GuestsFound | None:
    """Those who are still there; None without any."""
    everybody = await guest_lists.on_list(context.session, payload.workshop_id)
    shown = tuple(_line(each) for each in everybody if each.id in payload.hits)
    return GuestsFound(payload.workshop_id, shown) if shown else None


@VIEWS.reads(GuestShown.Payload)
async def shown(context: ViewContext, payload: GuestShown.Payload) -> GuestShown | None:
    """None if the guest is gone."""
    guest = await context.session.get(Guest, payload.guest_id)
    if guest is None:
        return None
    person = await intact.person(context.session, guest.person_id) if guest.person_id is not None else None
    mp = person if person is not None and person.role is Role.MP else None
    everybody = await guest_lists.on_list(context.session, guest.workshop_id)
    alike = [each for each in everybody if guests.are_alike(guest, each)][:_MOST_ALIKE]
    return GuestShown(
        workshop_id=guest.workshop_id,
        guest=_line(guest),
        version=guests.version(guest, person),
        claims=(person.name or "") if person is not None else None,
        to_confirm=mp.id if mp is not None and mp.role_confirmed is None else 0,
        confirmed=mp is not None and bool(mp.role_confirmed),
        alike=tuple(guest_lists.row_of(each) for each in alike),
        beside=await _beside(context, guest, person, alike) if not payload.asked else (),
        asked=payload.asked,
    )


async def _beside(
    context: ViewContext, guest: Guest, person: Person | None, alike: Sequence[Guest]
) -> tuple[GuestBeside, ...]:
    """Those of these who look like this guest about whom somebody can be asked. `person`: joined as the guest."""
    found = []
    for each in alike:
        owner = person or (await intact.person(context.session, each.person_id) if each.person_id else None)
        if owner is not None and guests.may_be_one(guest, each, owner, context.now):
            found.append(GuestBeside(each.id, each.name, guests.beside(guest, person, each)))
    return tuple(found)


@VIEWS.reads(GuestCards.Payload)
async def cards(context: ViewContext, payload: GuestCards.Payload) -> GuestCards | None:
    """None once no code opens anything any more."""
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    everybody = guests.in_order(await guest_lists.on_list(context.session, workshop.id))
    codes = await personal_codes.of_guests(context.session, [each.id for each in everybody], context.now)
    if not codes:
        return None
    printed = []
    for guest in (each for each in everybody if each.id in codes):
        code = personal_codes.spelled(context.session, codes[guest.id])
        link = context.operator.address_of(Link(LinkKind.PERSONAL, code))
        printed.append(CardOfGuest(guest.name, guest.organisation, link, f"c_{code}"))
    until = context.day(min(each.expires_at for each in codes.values())) - _A_DAY
    return GuestCards(workshop.id, workshop.title, context.operator.bot, until, tuple(printed))


@VIEWS.reads(GuestOffered.Payload)
async def offered(context: ViewContext, payload: GuestOffered.Payload) -> GuestOffered | None:
    """None if the code no longer opens anything."""
    code = await personal_codes.still_open(context.session, payload.code_id, context.now)
    guest = await context.session.get(Guest, code.guest_id) if code is not None and code.guest_id else None
    if code is None or guest is None or guest.person_id is not None:
        return None
    return GuestOffered(code.id, guest_lists.row_of(guest))

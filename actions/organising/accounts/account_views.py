"""Views of lost accounts and new ones."""

from sqlalchemy import select

from actions.exchange import codes
from actions.exchange.context import ViewContext, Views
from actions.organising.accounts import accounts
from actions.organising.team import team
from db import intact, personal_codes, reach
from db.models import Person, PersonalCode
from domain.accounts import OBJECTION
from domain.links import Link, LinkKind
from domain.outcomes.organising.accounts import (
    AccountCard,
    AccountChanged,
    AccountLink,
    AccountMoved,
    AccountObjected,
    AccountOffered,
    ObjectionHeard,
)
from domain.team import Duty, reaches

VIEWS = Views()


async def _agreeing(context: ViewContext, person_id: int) -> Person | None:
    person = await intact.person(context.session, person_id)
    return person if person is not None and reach.agrees(person) else None


async def _organises(context: ViewContext, person: Person) -> bool:
    """Whether the reader organises a workshop that they are in."""
    there = await team.scope_of(context, Duty.RUN)
    return reaches(there, [each.workshop_id for each in person.memberships])


@VIEWS.reads(AccountCard.Payload)
async def card(context: ViewContext, payload: AccountCard.Payload) -> AccountCard | None:
    """None if they are gone or no longer agree, or for somebody who organises no workshop of theirs."""
    person = await _agreeing(context, payload.person_id)
    if person is None or not await _organises(context, person):
        return None
    about = (PersonalCode.person_id == person.id, PersonalCode.purpose.in_(codes.ACCOUNT))
    linked = select(PersonalCode.id).where(*about, personal_codes.is_open(context.now))
    return AccountCard(
        person.id,
        person.name or "",
        person.organisation or "",
        accounts.is_confirmed(person),
        linked=await context.session.scalar(linked.limit(1)) is not None,
    )


@VIEWS.reads(AccountLink.Payload)
async def link(context: ViewContext, payload: AccountLink.Payload) -> AccountLink | None:
    """None if it was renewed, taken back or used, or is over."""
    code = await personal_codes.still_open(context.session, payload.code_id, context.now)
    person = await _agreeing(context, payload.person_id)
    if code is None or person is None or not await _organises(context, person):
        return None
    spelled = personal_codes.spelled(context.session, code)
    address = context.operator.address_of(Link(LinkKind.PERSONAL, spelled))
    return AccountLink(person.id, person.name or "", address, spelled)


@VIEWS.reads(AccountOffered.Payload)
async def offered(context: ViewContext, payload: AccountOffered.Payload) -> AccountOffered | None:
    """None if it no longer opens anything."""
    code = await personal_codes.still_open(context.session, payload.code_id, context.now)
    person = await _agreeing(context, payload.person_id)
    if code is None or person is None:
        return None
    return AccountOffered(code.id, person.name or "", person.organisation or "")


@VIEWS.reads(AccountMoved.Payload)
async def moved(context: ViewContext, payload: AccountMoved.Payload) -> AccountMoved:
    until = context.day(context.row.created_at + OBJECTION)
    return AccountMoved(payload.person_id, until, context.operator.contact)


@VIEWS.reads(AccountObjected.Payload)
async def objected(context: ViewContext, payload: AccountObjected.Payload) -> AccountObjected | None:
    person = await _agreeing(context, payload.person_id)
    if person is None or not await _organises(context, person):
        return None
    return AccountObjected(person.id, person.name or "")


@VIEWS.reads(ObjectionHeard.Payload)
async def heard(context: ViewContext, payload: ObjectionHeard.Payload) -> ObjectionHeard:
    return ObjectionHeard(payload.reached, context.operator.contact)


@VIEWS.reads(AccountChanged.Payload)
async def changed(context: ViewContext, payload: AccountChanged.Payload) -> AccountChanged | None:
    """None of somebody who is gone, or has taken their consent back; nor to themselves, as one of an office."""
    person = await _agreeing(context, payload.person_id)
    return AccountChanged(person.name or "") if person is not None and person is not context.me else None

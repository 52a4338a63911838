"""Views of taking over."""

from actions.exchange.context import ViewContext, Views
from actions.pledging.pledge_views import own_pledge, title
from db import intact, personal_codes
from db.models import Person, PersonalCode
from domain.links import Link, LinkKind
from domain.outcomes.pledging.takeovers import SideTakenOver, TakeoverAsked, TakeoverDone, TakeoverLink

VIEWS = Views()


async def _for_whom(context: ViewContext, code_id: int) -> tuple[PersonalCode, Person] | None:
    """An open code, and the person for whom it is."""
    code = await personal_codes.still_open(context.session, code_id, context.now)
    person = await intact.person(context.session, code.person_id) if code is not None else None
    return (code, person) if code is not None and person is not None else None


@VIEWS.reads(TakeoverLink.Payload)
async def link(context: ViewContext, payload: TakeoverLink.Payload) -> TakeoverLink | None:
    """None if it was renewed, or no longer opens anything."""
    own, found = await own_pledge(context, payload.pledge_id), await _for_whom(context, payload.code_id)
    if own is None or found is None:
        return None
    code, person = found
    address = Link(LinkKind.PERSONAL, personal_codes.spelled(context.session, code))
    return TakeoverLink(
        pledge_id=own.pledge.id,
        title=await title(context, own.pledge),
        other=person.name or "",
        me=context.party.name or "",
        link=context.operator.address_of(address),
        until=context.day(code.expires_at),
    )


@VIEWS.reads(TakeoverAsked.Payload)
async def asked(context: ViewContext, payload: TakeoverAsked.Payload) -> TakeoverAsked | None:
    """None if it no longer opens anything."""
    found = await _for_whom(context, payload.code_id)
    if found is None:
        return None
    code, person = found
    by = await intact.name(context.session, person.entered_by_id)
    return TakeoverAsked(code.id, person.name or "", person.organisation or "", by)


@VIEWS.reads(TakeoverDone.Payload)
async def done(context: ViewContext, payload: TakeoverDone.Payload) -> TakeoverDone | None:
    own = await own_pledge(context, payload.pledge_id)
    return TakeoverDone(own.pledge.id, await title(context, own.pledge), own.other) if own else None


@VIEWS.reads(SideTakenOver.Payload)
async def taken_over(context: ViewContext, payload: SideTakenOver.Payload) -> SideTakenOver | None:
    own = await own_pledge(context, payload.pledge_id)
    return SideTakenOver(own.pledge.id, await title(context, own.pledge), own.other) if own else None

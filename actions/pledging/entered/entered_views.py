"""Views of what a partner without Telegram is asked through the party who entered them."""

from actions.exchange.context import ViewContext, Views
from actions.pledging import history
from actions.pledging.drafting.drafting_views import acts_for
from actions.pledging.nudges import nudges
from actions.pledging.pledge_views import other_party, own_pledge, title
from domain.outcomes.pledging.entered import (
    EnteredAsked,
    EnteredOrganisationAsked,
    EntryDeleteAsked,
    InvitationToForward,
    PartnerEntered,
)
from domain.pledges import State

VIEWS = Views()


@VIEWS.reads(EnteredOrganisationAsked.Payload)
async def organisation_asked(
    context: ViewContext, payload: EnteredOrganisationAsked.Payload
) -> EnteredOrganisationAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    return EnteredOrganisationAsked(own.pledge.id, own.other) if own else None


@VIEWS.reads(PartnerEntered.Payload)
async def partner_entered(context: ViewContext, payload: PartnerEntered.Payload) -> PartnerEntered | None:
    """None unless the other's yes is missing."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.PROPOSED:
        return None
    return PartnerEntered(own.pledge.id, own.other)


@VIEWS.reads(EntryDeleteAsked.Payload)
async def delete_asked(context: ViewContext, payload: EntryDeleteAsked.Payload) -> EntryDeleteAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    return EntryDeleteAsked(own.pledge.id, own.other) if own else None


@VIEWS.reads(InvitationToForward.Payload)
async def invitation(
    context: ViewContext, payload: InvitationToForward.Payload
) -> InvitationToForward | None:
    """None unless the other's yes is missing."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.PROPOSED or own.pledge.deadline is None:
        return None
    return InvitationToForward(
        other=own.other,
        me=context.party.name or "",
        text=own.pledge.text or "",
        acts=acts_for(context, own.pledge),
        deadline=own.pledge.deadline,
        controller=context.operator.controller,
        contact=context.operator.contact,
        kept_days=context.operator.retention_days,
    )


@VIEWS.reads(EnteredAsked.Payload)
async def entered_asked(context: ViewContext, payload: EnteredAsked.Payload) -> EnteredAsked | None:
    """None if the other has no need of it any more: they have taken over, or are gone."""
    own = await own_pledge(context, payload.pledge_id)
    other = await other_party(context, own.pledge) if own else None
    if own is None or other is None or not other.is_entered:
        return None
    pledge, session = own.pledge, context.session
    period = await nudges.current_period(session, pledge, other, context.now)
    answers = await history.answers(session, pledge, other.id)
    answer = answers.to(period) if period is not None else answers.last_said()
    return EnteredAsked(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        other=own.other,
        me=context.party.name or "",
        side=pledge.side_of(other.id),
        deadline=pledge.deadline or context.day(context.now),
        period=period,
        said=answer.status if answer is not None else None,
        opened=payload.opened,
    )

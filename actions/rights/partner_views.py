"""Views of what became of the other party of a pledge."""

from actions.exchange.context import ViewContext, Views
from actions.pledging.pledge_views import own_pledge, title
from domain.outcomes.rights import PartnerErased
from domain.pledges import State

VIEWS = Views()


@VIEWS.reads(PartnerErased.Payload)
async def partner_erased(context: ViewContext, payload: PartnerErased.Payload) -> PartnerErased | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    pledge = own.pledge
    # The words of what was never made are deleted soon anyway.
    stays = bool(pledge.text) and pledge.state is not State.WITHDRAWN
    return PartnerErased(await title(context, pledge), own_text=stays)

"""Views of what became of the other party of a pledge."""

from actions.exchange.context import ViewContext, Views
from actions.pledging.pledge_views import title
from db.models import Pledge
from domain.outcomes.rights import PartnerErased
from domain.pledges import State

VIEWS = Views()


@VIEWS.reads(PartnerErased.Payload)
async def partner_erased(context: ViewContext, payload: PartnerErased.Payload) -> PartnerErased | None:
    pledge = await context.session.get(Pledge, payload.pledge_id)
    if pledge is None:
        return None
    # The words of what was never made are deleted soon anyway.
    stays = bool(pledge.text) and pledge.state is not State.WITHDRAWN
    return PartnerErased(await title(context, pledge), own_text=stays)

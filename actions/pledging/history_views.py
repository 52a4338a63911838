"""The view of a pledge's history, as one of its parties may read it."""

from actions.exchange.context import ViewContext, Views
from actions.pledging import history, history_pages
from actions.pledging.pledge_views import OwnPledge, own_pledge, title
from db import intact
from db.models import PledgeEvent
from domain.outcomes.pledging.histories import History, HistoryEntry

VIEWS = Views()


@VIEWS.reads(History.Payload)
async def show_history(context: ViewContext, payload: History.Payload) -> History | None:
    """None unless the reader is, or acts for, one of its parties."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    page, number, shown = await history_pages.on_page(
        context.session, own.pledge, payload.page, context.party.id
    )
    happened = tuple([await _happened(context, own, each) for each in shown])
    return History(own.pledge.id, await title(context, own.pledge), happened, page, number)


async def _happened(context: ViewContext, own: OwnPledge, event: PledgeEvent) -> HistoryEntry:
    by_office = history.is_by_office(event)
    return HistoryEntry(
        kind=event.kind,
        on=context.day(event.at),
        doer=await _doer(context, own, event, by_office=by_office),
        status=event.status,
        day=event.day,
        talk_time=event.talk_time,
        text=event.text or " ".join(event.notes or ()),
        because=event.because,
        blocker=event.blocker,
        reported=event.reported,
        other=own.other,
        by_office=by_office,
    )


async def _doer(context: ViewContext, own: OwnPledge, event: PledgeEvent, *, by_office: bool) -> str | None:
    """Inside an office each entry says who tapped; outside, only that it was the office."""
    if event.party_id is None:
        return None
    if event.party_id != context.party.id:
        return own.other
    doer = event.actor_id if by_office else event.party_id
    if doer == context.me.id:
        return ""
    person = await intact.person(context.session, doer) if doer is not None else None
    return (person.name or "") if person is not None else (context.party.name or "")

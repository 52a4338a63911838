"""Views of amendments, and of the question why somebody says no."""

from datetime import date

from actions.exchange.context import ViewContext, Views
from actions.pledging import history
from actions.pledging.drafting.drafting_views import left_open
from actions.pledging.pledge_views import OwnPledge, absence, is_with_entered, other_name, own_pledge, title
from db.models import Draft, Pledge, PledgeEvent
from domain.amendments import end_of, later_days, open_amendment
from domain.deadlines import SaidDay, said_day
from domain.outcomes.pledging.amendments import (
    AmendmentAsked,
    AmendmentOffered,
    AmendmentProposed,
    AmendmentSent,
    AmendmentSettled,
    BecauseAsked,
    NewDayAsked,
    NewWordsAsked,
)
from domain.outcomes.pledging.entered import AmendmentToForward
from domain.releases import has_lapsed

VIEWS = Views()


async def _amendable(context: ViewContext, pledge_id: int) -> OwnPledge | None:
    own = await own_pledge(context, pledge_id)
    return own if own is not None and own.pledge.is_amendable else None


@VIEWS.reads(AmendmentAsked.Payload)
async def asked(context: ViewContext, payload: AmendmentAsked.Payload) -> AmendmentAsked | None:
    own = await _amendable(context, payload.pledge_id)
    if own is None or own.pledge.deadline is None:
        return None
    pledge = own.pledge
    return AmendmentAsked(pledge.id, await title(context, pledge), pledge.text or "", own.pledge.deadline)


@VIEWS.reads(NewWordsAsked.Payload)
async def new_words(context: ViewContext, payload: NewWordsAsked.Payload) -> NewWordsAsked | None:
    own = await _amendable(context, payload.pledge_id)
    return NewWordsAsked(own.pledge.id, own.other, own.pledge.text or "") if own else None


@VIEWS.reads(NewDayAsked.Payload)
async def new_day(context: ViewContext, payload: NewDayAsked.Payload) -> NewDayAsked | None:
    own = await _amendable(context, payload.pledge_id)
    if own is None or own.pledge.deadline is None:
        return None
    pledge, today = own.pledge, context.day(context.now)
    days = later_days(pledge.made_on or today, today, own.pledge.deadline)
    return NewDayAsked(pledge.id, own.other, own.pledge.deadline, days)


async def _waiting(context: ViewContext, pledge: Pledge) -> PledgeEvent | None:
    waiting = open_amendment(await history.events(context.session, pledge.id))
    return await history.event(context.session, waiting.id) if waiting is not None else None


@VIEWS.reads(AmendmentProposed.Payload)
async def proposed(context: ViewContext, payload: AmendmentProposed.Payload) -> AmendmentProposed | None:
    """None unless one waits for the reader's answer."""
    own = await _amendable(context, payload.pledge_id)
    event = await _waiting(context, own.pledge) if own is not None else None
    if own is None or event is None or event.party_id == context.party.id:
        return None
    pledge, today = own.pledge, context.day(context.now)
    return AmendmentProposed(
        pledge_id=pledge.id,
        amendment_id=event.id,
        other=own.other,
        before=pledge.text or "",
        text=event.text or "",
        deadline=pledge.deadline or today,
        day=event.day,
    )


@VIEWS.reads(AmendmentSent.Payload)
async def sent(context: ViewContext, payload: AmendmentSent.Payload) -> AmendmentSent | None:
    """None unless one of the reader's waits."""
    return await _sent(context, payload.pledge_id)


async def _sent(context: ViewContext, pledge_id: int) -> AmendmentSent | None:
    own = await _amendable(context, pledge_id)
    event = await _waiting(context, own.pledge) if own is not None else None
    if own is None or event is None or event.party_id != context.party.id:
        return None
    pledge, today = own.pledge, context.day(context.now)
    return AmendmentSent(
        pledge_id=pledge.id,
        amendment_id=event.id,
        other=own.other,
        before=pledge.text or "",
        text=event.text or "",
        deadline=pledge.deadline or today,
        day=event.day,
        said=_said_otherwise(event, pledge, today),
        absence=await absence(context, pledge),
        gap=left_open(context, event.text or ""),
        entered=await is_with_entered(context, pledge),
    )


def _said_otherwise(event: PledgeEvent, pledge: Pledge, today: date) -> SaidDay | None:
    """The day that the new sentence names instead of the one it would have."""
    day = event.day or pledge.deadline
    return said_day(event.text, day, written_on=today, today=today) if event.text and day else None


@VIEWS.reads(AmendmentToForward.Payload)
async def to_forward(context: ViewContext, payload: AmendmentToForward.Payload) -> AmendmentToForward | None:
    """None unless one of the reader's waits."""
    amended = await _sent(context, payload.pledge_id)
    if amended is None or not amended.entered:
        return None
    me, text = context.party.name or "", amended.text or amended.before
    return AmendmentToForward(amended.other, me, text, amended.day or amended.deadline)


@VIEWS.reads(AmendmentSettled.Payload)
async def settled(context: ViewContext, payload: AmendmentSettled.Payload) -> AmendmentSettled | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    happened = await history.events(context.session, own.pledge.id)
    found = end_of(happened, payload.amendment)
    proposal = await history.event(context.session, payload.amendment)
    if found is None or proposal is None:
        return None
    end, at = found
    answer = await history.event(context.session, at.id)
    return AmendmentSettled(
        pledge_id=own.pledge.id,
        title=await title(context, own.pledge),
        other=own.other,
        end=end,
        mine=proposal.party_id == context.party.id,
        text=proposal.text or "",
        day=proposal.day,
        because=answer.because if answer is not None else None,
        reason=" ".join((answer.notes if answer is not None else None) or ()),
        asks_readers=own.pledge.is_releasable and has_lapsed(happened, context.party.id),
    )


@VIEWS.reads(AmendmentOffered.Payload)
async def offered(context: ViewContext, payload: AmendmentOffered.Payload) -> AmendmentOffered | None:
    draft = await context.session.get(Draft, payload.draft_id)
    if draft is None or draft.words is None or draft.object_id is None:
        return None
    own = await _amendable(context, draft.object_id)
    if own is None:
        return None
    other = await other_name(context, own.pledge)
    return AmendmentOffered(draft.id, other, own.pledge.text or "", draft.words)


@VIEWS.reads(BecauseAsked.Payload)
async def because_asked(context: ViewContext, payload: BecauseAsked.Payload) -> BecauseAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    return BecauseAsked(own.pledge.id, payload.amendment, own.other) if own else None

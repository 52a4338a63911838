"""Whoever is asked for help says yes or no: a yes introduces the two to each other, and of a no nobody learns."""

from datetime import datetime

from sqlalchemy import select

from actions.exchange import parties
from actions.exchange.context import ViewContext, Views
from actions.exchange.turn import Turn
from actions.matching import introductions
from actions.pledging.pledge_views import own_pledge, title
from db import intact, reach
from db.models import CallEnd, HelpCall, HelpRequest, IntroState, Pledge
from domain.outcomes.matching import MeetCard
from domain.outcomes.pledging.help_calls import (
    HelpAsked,
    HelpDeclined,
    HelpOffered,
    HelpOver,
    HelpSought,
    NoHelp,
)
from domain.pledges import State
from domain.refusal import Reason, Refusal

VIEWS = Views()


async def say_yes(turn: Turn, request_id: int) -> None:
    """The second yes: both get to know who the other is. Later, and once somebody else was asked, it is over.

    Raises Refusal(STALE_BUTTON) if I was not asked.
    """
    request, call = await _asked_me(turn, request_id)
    caller = await intact.person(turn.session, call.person_id)
    if request.state is IntroState.BOTH:
        await _show_met(turn, call)
    elif caller is None or not _is_open(request, call, turn.now) or not reach.agrees(caller):
        turn.tell(HelpOver(), edit=True)
    else:
        request.state, call.look_at, call.end = IntroState.BOTH, None, CallEnd.FOUND
        workshop_id = await turn.session.scalar(select(Pledge.workshop_id).where(Pledge.id == call.pledge_id))
        await introductions.introduce(turn, caller, workshop_id or 0, call.topic)


def _is_open(request: HelpRequest, call: HelpCall, now: datetime) -> bool:
    """Whether a yes still counts: nobody else is being asked, and the time is not over."""
    return request.state is IntroState.ASKED and request.expires_at > now and call.look_at is not None


async def _show_met(turn: Turn, call: HelpCall) -> None:
    intro = await introductions.between(turn.session, turn.party.id, call.person_id)
    if intro is None:
        raise Refusal(Reason.STALE_BUTTON)
    turn.tell(MeetCard.Payload(intro.id))


async def say_no(turn: Turn, request_id: int) -> None:
    """A no: the next person is asked. Raises Refusal(STALE_BUTTON) if I was not asked, or said yes before."""
    request, call = await _asked_me(turn, request_id)
    if request.state is IntroState.BOTH:
        raise Refusal(Reason.STALE_BUTTON)
    if _is_open(request, call, turn.now):
        request.state, call.look_at = IntroState.DECLINED, turn.now
    turn.tell(HelpDeclined(), edit=True)


async def show(turn: Turn, request_id: int) -> None:
    """The question once more, from the list after a pause. Raises Refusal(STALE_BUTTON) if I was not asked."""
    request, call = await _asked_me(turn, request_id)
    if request.state is IntroState.BOTH:
        await _show_met(turn, call)
    else:
        turn.tell(HelpAsked.Payload(request.id) if _is_open(request, call, turn.now) else HelpOver())


async def _asked_me(turn: Turn, request_id: int) -> tuple[HelpRequest, HelpCall]:
    """A question to me, and the call that it is for, both locked: the call first, as the clock does."""
    which = select(HelpRequest.call_id, HelpRequest.person_id).where(HelpRequest.id == request_id)
    found = (await turn.session.execute(which)).first()
    if found is None or not await parties.take_part(turn, (found.person_id,)):
        raise Refusal(Reason.STALE_BUTTON)
    call = await turn.session.get(HelpCall, found.call_id, with_for_update=True)
    request = await turn.session.get(HelpRequest, request_id, with_for_update=True)
    if call is None or request is None:
        raise Refusal(Reason.STALE_BUTTON)
    return request, call


# --- what is said


@VIEWS.reads(HelpOffered.Payload)
async def offered(context: ViewContext, payload: HelpOffered.Payload) -> HelpOffered | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.ACTIVE:
        return None
    return HelpOffered(own.pledge.id, await title(context, own.pledge), payload.period)


@VIEWS.reads(HelpSought.Payload)
async def sought(context: ViewContext, payload: HelpSought.Payload) -> HelpSought | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    open_ones = select(HelpCall.id).where(
        HelpCall.pledge_id == own.pledge.id,
        HelpCall.person_id == context.party.id,
        HelpCall.look_at.is_not(None),
    )
    over = await context.session.scalar(open_ones.limit(1)) is None
    return HelpSought(await title(context, own.pledge), over)


@VIEWS.reads(HelpAsked.Payload)
async def asked(context: ViewContext, payload: HelpAsked.Payload) -> HelpAsked | HelpOver | None:
    """None if it is over before it goes out; in the chat it says so."""
    request = await context.session.get(HelpRequest, payload.request_id)
    call = await context.session.get(HelpCall, request.call_id) if request is not None else None
    if request is None or call is None or request.person_id != context.party.id or call.topic is None:
        return None
    if not _is_open(request, call, context.now):
        return HelpOver() if context.is_edit else None
    return HelpAsked(request.id, call.topic, call.blocker, request.because)


@VIEWS.reads(NoHelp.Payload)
async def nobody(context: ViewContext, payload: NoHelp.Payload) -> NoHelp | None:
    call = await context.session.get(HelpCall, payload.call_id)
    if call is None or call.person_id != context.party.id or call.end is not CallEnd.NOBODY:
        return None
    own = await own_pledge(context, call.pledge_id)
    about = await title(context, own.pledge) if own is not None else ""
    return NoHelp(call.id, call.pledge_id, about, call.topic, call.blocker, payload.answered, call.named)

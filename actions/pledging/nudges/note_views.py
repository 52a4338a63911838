"""Views of notes: asked for, offered, saved."""

from actions.exchange.context import ViewContext, Views
from actions.pledging.nudges import nudges
from actions.pledging.pledge_views import acted_on, last_word, other_name, own_pledge, title
from db.models import Draft, Pledge
from domain.history import sayable
from domain.outcomes.pledging.nudges import AdviceAsked, NoteAsked, NoteOffered, NoteSaved
from domain.pledges import State, Status

VIEWS = Views()


@VIEWS.reads(NoteAsked.Payload)
async def note_asked(context: ViewContext, payload: NoteAsked.Payload) -> NoteAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    return NoteAsked(own.pledge.id, await title(context, own.pledge), own.other) if own else None


@VIEWS.reads(NoteSaved.Payload)
async def note_saved(context: ViewContext, payload: NoteSaved.Payload) -> NoteSaved | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    word = await last_word(context, own.pledge, context.party.id)
    return NoteSaved(own.pledge.id, await title(context, own.pledge), own.other, word.note if word else "")


@VIEWS.reads(AdviceAsked.Payload)
async def advice_asked(context: ViewContext, payload: AdviceAsked.Payload) -> AdviceAsked | None:
    own = await own_pledge(context, payload.pledge_id)
    return AdviceAsked(own.other) if own else None


@VIEWS.reads(NoteOffered.Payload)
async def note_offered(context: ViewContext, payload: NoteOffered.Payload) -> NoteOffered | None:
    draft = await context.session.get(Draft, payload.draft_id)
    if draft is None or draft.words is None:
        return None
    active = await acted_on(context, State.ACTIVE)
    offered = [(as_read, p) for as_read, p in active if p.id in payload.pledges or not payload.pledges]
    choices = [(p.id, await title(as_read, p), await other_name(as_read, p)) for as_read, p in offered]
    may_say = tuple([(p.id, status) for as_read, p in offered for status in await _sayable(as_read, p)])
    return NoteOffered(draft.id, draft.words, tuple(choices), payload.status, may_say)


async def _sayable(context: ViewContext, pledge: Pledge) -> tuple[Status, ...]:
    period = await nudges.current_period(context.session, pledge, context.party, context.now)
    return sayable(pledge.side_of(context.party.id), period) if period is not None else ()

"""That it is stuck with one party, or what they noted, reaches the other once, with a way to talk about it."""

from actions.exchange import outbox, transcript
from actions.exchange.context import ViewContext, Views
from actions.exchange.turn import Turn
from actions.matching import contacts
from actions.pledging import history, pledges
from actions.pledging.pledge_views import own_pledge, title
from db.models import Pledge, Priority, SendState
from domain.history import Answer
from domain.limits import PING_EVERY
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Heard
from domain.pledges import State, Status

VIEWS = Views()


async def tell(turn: Turn, pledge: Pledge, period: Period) -> None:
    """The other hears what I have just said to this question, if it is worth a word: once for each question.

    Some minutes later, so that a slip of the thumb can be taken back, and a note comes together with its answer. What
    changes after that is shown where it was told.
    """
    key = f"heard:{pledge.id}:{turn.me.id}:{period.value}"
    told = await transcript.owed_as(turn.session, key)
    mine = (await history.answers(turn.session, pledge, turn.me.id)).to(period)
    other = await pledges.other_party(turn, pledge)
    if other is None or other.chat_id is None or pledge.state is not State.ACTIVE:
        return
    to, heard = outbox.Recipient.of(other), Heard.Payload(pledge.id, period)
    if told is None and _is_worth_a_word(mine):
        later = turn.now + PING_EVERY
        outbox.owe(turn.session, heard, to, turn.now, priority=Priority.NEWS, key=key, due=later)
    elif told is not None and told.row.state is not SendState.PENDING:
        outbox.owe(turn.session, heard, to, turn.now, priority=Priority.NEWS, edits_row=told.row.id)


def _is_worth_a_word(said: Answer | None) -> bool:
    return said is not None and (said.status is Status.STUCK or bool(said.notes))


@VIEWS.reads(Heard.Payload)
async def heard(context: ViewContext, payload: Heard.Payload) -> Heard | None:
    """None if there is nothing to hear any more; in a message that told it, what is true now."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.ACTIVE:
        return None
    pledge = own.pledge
    other_id = pledge.other_than(context.me.id)
    said = (await history.answers(context.session, pledge, other_id)).to(payload.period)
    if other_id is None or not (_is_worth_a_word(said) or context.is_edit):
        return None
    contact = await contacts.shared(context.session, other_id, context.me.id)
    today = context.day(context.now)
    return Heard(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        other=own.other,
        status=said.status if said is not None else None,
        note=await history.notes_to(context.session, said) if said is not None else "",
        contact=contact[0] if contact else None,
        value=contact[1] if contact else "",
        talk_on=pledge.talk_on if pledge.talk_on is not None and pledge.talk_on >= today else None,
    )

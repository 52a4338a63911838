"""News of a thing that may change again and again: the other's chat is kept up to date, but rings only now and then."""

from actions.exchange import entries, outbox, transcript
from actions.exchange.turn import Turn
from db.models import Person, Priority, SendState
from domain.limits import PING_EVERY
from domain.outcomes.payload import Payload


async def tell(turn: Turn, to: Person, payload: Payload, object_id: int, *, editable: bool = True) -> None:
    """Tell somebody how the thing with this id stands now: with a new message, at most one in `PING_EVERY`.

    In between the last one is edited, and a new one comes once the time is over, so that the last change is not
    missed. A change that answers one of theirs comes at once: it is they who are waiting. A file is not `editable`.
    """
    if to.chat_id is None:
        return
    pings = [each.row for each in await transcript.pings(turn.session, to.chat_id, payload, object_id)]
    came = next((row for row in pings if row.due_at <= turn.now), None)
    if (
        came is None
        or came.due_at <= turn.now - PING_EVERY
        or await _heard_since(turn, payload, object_id, came.id)
    ):
        turn.news(to, payload)
        return
    if came.state is SendState.PENDING:
        return  # it has yet to be worded, and will say how things stand then
    recipient = outbox.Recipient.of(to)
    if editable:
        outbox.owe(turn.session, payload, recipient, turn.now, priority=Priority.NEWS, edits_row=came.id)
    if pings[0] is came:
        later = came.due_at + PING_EVERY
        outbox.owe(turn.session, payload, recipient, turn.now, priority=Priority.NEWS, due=later)


async def _heard_since(turn: Turn, payload: Payload, object_id: int, ping_id: int) -> bool:
    """Whether I have been told news of the same thing since this ping: then what I do answers it."""
    theirs = entries.news_since(turn.chat_id, payload, object_id, ping_id)
    return await turn.session.scalar(theirs.limit(1)) is not None

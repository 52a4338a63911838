"""A pasted text that Telegram's clients cut into several messages: it is one text, and too long for an answer."""

from actions.exchange import drafts, entries, transcript
from actions.exchange.turn import Turn
from actions.intake import awaited_words, conversation
from actions.organising import broadcasts
from db import intact
from db.models import DraftKind
from domain.outcomes.small import Refused
from domain.pasted import LONGEST, belong_together
from domain.refusal import Reason, Refusal
from domain.words import Empty, TooLong


async def receive(turn: Turn, text: str, message_id: int, sent: int) -> None:
    """Words of which the rest may follow. `sent`: by Telegram's clock, in Unix seconds.

    An announcement may be as long as this; everything else is refused at once, and the rest is passed over.
    """
    draft = await awaited_words.awaiting(turn)
    if draft is not None and draft.kind is DraftKind.BROADCAST_CONTENT:
        await conversation.receive_for(turn, draft, text, message_id)
        drafts.note(draft, cut_at=sent)
    elif turn.lacks_consent and not turn.is_owner:
        await conversation.receive(turn, text, message_id)
    else:
        _refuse(turn, sent, await _limit(turn, text, message_id))
        await conversation.ask_words_again(turn)


async def _limit(turn: Turn, text: str, message_id: int) -> int:
    """How long words may be where these would go; 0 if they would go nowhere. Nothing comes of trying."""
    limit, attempt = 0, await turn.session.begin_nested()
    try:
        await conversation.receive(turn, text, message_id)
    except TooLong as error:
        limit = error.limit
    except (Empty, Refusal):
        pass  # refused for another reason
    finally:
        await attempt.rollback()
    turn.person = await intact.person_in_chat(turn.session, turn.chat_id)
    return limit


async def is_rest(turn: Turn, sent: int) -> bool:
    """Whether a message sent then is the rest of a pasted text. An announcement that has one is taken back."""
    if turn.person is None:
        return False
    refused = await transcript.newest(turn.session, turn.chat_id, (Refused,), 1)
    if any(_pasted(each) and belong_together(_pasted(each), sent) for each in refused):
        return True
    for draft in (await drafts.recent(turn))[:1]:
        details = drafts.details_of(draft)
        if details.cut_at is None or details.message is None or not belong_together(details.cut_at, sent):
            continue
        _refuse(turn, details.cut_at, LONGEST)
        await broadcasts.take_back(turn, details.message, draft.object_id or 0)
        return True
    return False


def _pasted(entry: entries.Entry) -> int:
    payload = entry.payload
    return payload.pasted if isinstance(payload, Refused) else 0


def _refuse(turn: Turn, sent: int, limit: int) -> None:
    joined = not turn.lacks_consent
    turn.tell(Refused(Reason.TOO_LONG, limit, organiser=turn.is_owner, joined=joined, pasted=sent))

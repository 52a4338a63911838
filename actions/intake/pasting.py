"""A pasted text that Telegram's clients cut into several messages: it is one text, and too long for an answer."""

from actions.exchange import entries, transcript
from actions.exchange.turn import Turn
from actions.intake import conversation
from db import intact
from domain.outcomes.small import Refused
from domain.pasted import belong_together
from domain.refusal import Reason, Refusal
from domain.words import Empty, TooLong


async def receive(turn: Turn, text: str, message_id: int, sent: int) -> None:
    """Words of which the rest may follow. `sent`: by Telegram's clock, in Unix seconds.

    Nothing may be as long as this: it is refused, and the rest is passed over.
    """
    if turn.lacks_consent and not turn.on_team:
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
    """Whether a message sent then is the rest of a pasted text."""
    refused = await transcript.newest(turn.session, turn.chat_id, (Refused,), 1)
    return any(_pasted(each) and belong_together(_pasted(each), sent) for each in refused)


def _pasted(entry: entries.Entry) -> int:
    payload = entry.payload
    return payload.pasted if isinstance(payload, Refused) else 0


def _refuse(turn: Turn, sent: int, limit: int) -> None:
    joined = not turn.lacks_consent
    turn.tell(Refused(Reason.TOO_LONG, limit, organiser=turn.on_team, joined=joined, pasted=sent))

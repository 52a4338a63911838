"""A no, to a proposal or to an amendment, may say why: "Nein, weil …". Without a reason it is one tap."""

from actions.exchange import drafts, transcript
from actions.exchange.entries import Entry
from actions.exchange.turn import Turn
from actions.pledging import pledges
from actions.pledging.agreeing import agreeing
from actions.pledging.amendments import amending
from db.models import DraftKind
from domain.labels import UnclearError
from domain.outcomes.pledging.amendments import AmendmentProposed, BecauseAsked
from domain.outcomes.pledging.pledges import Proposed
from domain.pledges import NOTE_LIMIT, NoBecause
from domain.refusal import Reason, Refusal
from domain.words import clean
from domain.yes_and_no import reason_in


async def ask_why(turn: Turn, pledge_id: int, amendment_id: int) -> None:
    """The next words are the reason; or one is tapped. `amendment_id` 0: of a no to the proposal itself.

    Raises Refusal(STALE_BUTTON) unless my answer is what is waited for.
    """
    await _check(turn, pledge_id, amendment_id)
    await drafts.await_words(
        turn, DraftKind.BECAUSE, pledge_id, drafts.DraftDetails(amendment=amendment_id or None)
    )
    turn.tell(BecauseAsked.Payload(pledge_id, amendment=amendment_id))


async def decline(turn: Turn, pledge_id: int, amendment_id: int, because: NoBecause) -> None:
    """No, for this reason. Raises Refusal like `ask_why`."""
    await _decline(turn, pledge_id, amendment_id, because, None)


async def receive(turn: Turn, pledge_id: int, amendment_id: int, text: str) -> None:
    """No, for the reason in these words. Raises Refusal like `ask_why`."""
    await _decline(turn, pledge_id, amendment_id, None, clean(reason_in(text) or text, limit=NOTE_LIMIT))


async def receive_unasked(turn: Turn, text: str) -> bool:
    """Take "nein, weil …" right below the question as a no with this reason. Returns whether it was one."""
    asked = await transcript.shown(turn.session, turn.chat_id, 1)
    return bool(asked) and await receive_for(turn, asked[0], text)


async def receive_for(turn: Turn, question: Entry, text: str) -> bool:
    """The same in reply to this question. Raises Refusal like `ask_why`, and UnclearError if what the question asks
    about has changed since.
    """
    why, asked = reason_in(text), question.payload
    if why is None or not isinstance(asked, Proposed.Payload | AmendmentProposed.Payload):
        return False
    if await transcript.is_out_of_date(turn.session, question, question.row.id):
        raise UnclearError(question.row.id)
    amendment_id = 0
    if isinstance(asked, AmendmentProposed.Payload):
        amendment_id = await amending.waiting_id(turn, await pledges.mine(turn, asked.pledge_id))
    await receive(turn, asked.pledge_id, amendment_id, why)
    return True


async def _decline(
    turn: Turn, pledge_id: int, amendment_id: int, because: NoBecause | None, reason: str | None
) -> None:
    await _check(turn, pledge_id, amendment_id)
    if amendment_id:
        await amending.decline(turn, pledge_id, amendment_id, because, reason)
    else:
        await agreeing.decline(turn, pledge_id, because, reason)


async def _check(turn: Turn, pledge_id: int, amendment_id: int) -> None:
    pledge = await pledges.mine(turn, pledge_id)
    waits = (
        await amending.waits_for_me(turn, pledge, amendment_id)
        if amendment_id
        else agreeing.waits_for_me(turn, pledge)
    )
    if not waits:
        raise Refusal(Reason.STALE_BUTTON)

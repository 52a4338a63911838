"""The message with a sentence that both agreed to was edited: what it says now is offered as an amendment."""

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.pledging.amendments import amending
from db.models import Draft, DraftKind, Pledge
from domain.outcomes.pledging.amendments import AmendmentOffered
from domain.outcomes.pledging.nudges import NoteDropped
from domain.pledges import TEXT_LIMIT
from domain.refusal import Reason, Refusal
from domain.words import clean


async def offer(turn: Turn, pledge: Pledge, text: str, message_id: int) -> None:
    """The message with a sentence of this pledge was edited: offer what it says now as an amendment."""
    words = clean(text, limit=TEXT_LIMIT)
    if words == pledge.text:
        return
    draft = Draft(
        person_id=turn.me.id,
        kind=DraftKind.REWORDED,
        object_id=pledge.id,
        words=words,
        awaiting=False,
        created_at=turn.now,
    )
    drafts.note(draft, message=message_id)
    turn.session.add(draft)
    await turn.session.flush()
    turn.tell(AmendmentOffered.Payload(draft.id))


async def offer_again(turn: Turn, draft: Draft, text: str) -> None:
    """It was edited once more: show that where it is offered."""
    draft.words = clean(text, limit=TEXT_LIMIT)
    shown = await transcript.arrived_about(turn.session, turn.chat_id, AmendmentOffered.Payload, draft.id)
    turn.pressed = shown.message if shown is not None else None
    turn.tell(AmendmentOffered.Payload(draft.id), edit=True)


async def take_offer(turn: Turn, draft_id: int) -> None:
    """Propose what was offered. Raises Refusal(STALE_BUTTON) if it is gone, and like `propose`."""
    draft, words = await _offered(turn, draft_id)
    pledge = await amending.amendable(turn, draft.object_id or 0)
    await turn.session.delete(draft)
    await amending.propose(turn, pledge, words=words)


async def drop_offer(turn: Turn, draft_id: int) -> None:
    """The sentence stays. Raises Refusal(STALE_BUTTON) if nothing is offered any more."""
    draft, _ = await _offered(turn, draft_id)
    await turn.session.delete(draft)
    turn.tell(NoteDropped(), edit=True)


async def _offered(turn: Turn, draft_id: int) -> tuple[Draft, str]:
    draft = await turn.session.get(Draft, draft_id)
    if (
        draft is None
        or draft.kind is not DraftKind.REWORDED
        or draft.person_id != turn.me.id
        or not draft.words
    ):
        raise Refusal(Reason.STALE_BUTTON)
    return draft, draft.words

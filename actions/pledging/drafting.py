"""A draft: who acts, and the sentence. Its deadline is in `deadlines`."""

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.pledging import handshakes, pledges
from db.models import DraftKind, Pledge
from domain.nudging import deadline_for
from domain.outcomes.pledging.pledges import PledgePreview, SentenceAsked
from domain.pledges import TEXT_LIMIT, Acts, State
from domain.refusal import Reason, Refusal
from domain.words import clean


async def choose_who_acts(turn: Turn, pledge_id: int, who: Acts) -> None:
    """Store who acts; a draft that has its sentence already is shown again. Raises Refusal like `draft_of_mine`."""
    pledge = await draft_of_mine(turn, pledge_id)
    pledge.acts = who
    await handshakes.take_back(turn, pledge)
    if pledge.text:
        turn.tell(PledgePreview.Payload(pledge.id))
    else:
        await ask_sentence(turn, pledge.id)


async def ask_sentence(turn: Turn, pledge_id: int) -> None:
    """The next words are the sentence. Raises Refusal like `draft_of_mine`."""
    pledge = await draft_of_mine(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.SENTENCE, pledge.id)
    turn.tell(SentenceAsked.Payload(pledge.id))


async def receive_sentence(turn: Turn, pledge_id: int, text: str) -> None:
    """Store the sentence; the first one brings a usual deadline with it. Raises Refusal like `draft_of_mine`."""
    pledge = await draft_of_mine(turn, pledge_id)
    pledge.text = clean(text, limit=TEXT_LIMIT)
    pledge.deadline = pledge.deadline or deadline_for(turn.today)
    await handshakes.take_back(turn, pledge)
    await drafts.end(turn)
    turn.tell(PledgePreview.Payload(pledge.id))


async def reword(turn: Turn, pledge_id: int, text: str) -> None:
    """The message with the sentence was edited: it reads otherwise now, and the preview shows it.

    Raises Refusal like `draft_of_mine`.
    """
    pledge = await draft_of_mine(turn, pledge_id)
    words = clean(text, limit=TEXT_LIMIT)
    if words == pledge.text:
        return
    pledge.text = words
    await handshakes.take_back(turn, pledge)
    await drafts.end_of(turn, pledge.id, DraftKind.SENTENCE)
    shown = await transcript.arrived_about(turn.session, turn.chat_id, PledgePreview.Payload, pledge.id)
    turn.pressed = shown.message if shown is not None else None
    turn.tell(PledgePreview.Payload(pledge.id), edit=True)


async def draft_of_mine(turn: Turn, pledge_id: int) -> Pledge:
    """A pledge of mine that is still a draft. Raises Refusal(STALE_BUTTON) for anything else."""
    pledge = await pledges.mine(turn, pledge_id)
    if pledge.state is not State.DRAFT:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge

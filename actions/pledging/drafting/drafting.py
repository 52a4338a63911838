"""A draft: who acts, and the sentence, with one question back where it is vague. Its deadline is in `deadlines`."""

from datetime import date

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.pledging import pledges
from actions.pledging.drafting import handshakes
from db.models import DraftKind, Pledge
from domain.coaching import Advice, advise
from domain.nudging import deadline_for
from domain.outcomes.pledging.pledges import PledgePreview, SentenceAsked, SentenceCoached
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
    """Store the sentence; the first one brings a usual deadline with it.

    Where it is vague, the coach asks back, once for each pledge: words typed below that are the new sentence. Raises
    Refusal like `draft_of_mine`.
    """
    pledge = await draft_of_mine(turn, pledge_id)
    pledge.text = clean(text, limit=TEXT_LIMIT)
    pledge.deadline = pledge.deadline or deadline_for(turn.today)
    await handshakes.take_back(turn, pledge)
    if await _asks_back(turn, pledge):
        await drafts.await_words(turn, DraftKind.SENTENCE, pledge.id)
        turn.tell(SentenceCoached.Payload(pledge.id))
    else:
        await drafts.end(turn)
        turn.tell(PledgePreview.Payload(pledge.id))


async def _asks_back(turn: Turn, pledge: Pledge) -> bool:
    advice = advice_on(pledge, turn.today, turn.me.voice.language)
    if advice is None or not advice.asks_back:
        return False
    return not await transcript.was_told_of(turn.session, turn.chat_id, (SentenceCoached.Payload,), pledge.id)


def advice_on(pledge: Pledge, today: date, language: str) -> Advice | None:
    """What a draft's sentence leaves open; None if it has no sentence yet. `language`: the reader's."""
    if pledge.text is None or pledge.deadline is None:
        return None
    return advise(pledge.text, today, pledge.deadline, pledge.acts or Acts.AUTHOR, language)


async def take_sharper(turn: Turn, pledge_id: int, seen: str) -> None:
    """The sharper sentence takes the place of the draft's, and the preview shows it.

    `seen`: the version of the one that was shown. If the sentence is another one by now, or has gone out, the
    pledge is shown as it is.
    """
    pledge = await pledges.mine(turn, pledge_id)
    advice = advice_on(pledge, turn.today, turn.me.voice.language)
    if pledge.state is State.DRAFT and advice and advice.sharper and advice.version == seen:
        pledge.text = advice.sharper
    await keep_sentence(turn, pledge_id)


async def keep_sentence(turn: Turn, pledge_id: int) -> None:
    """No more words are awaited for the sentence: it stays as it is, and the preview shows it."""
    pledge = await pledges.mine(turn, pledge_id)
    if pledge.state is not State.DRAFT or not pledge.text:
        await pledges.present(turn, pledge)
        return
    await drafts.end_of(turn, pledge.id, DraftKind.SENTENCE)
    turn.tell(PledgePreview.Payload(pledge.id), edit=True)


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
    session, chat_id = turn.session, turn.chat_id
    shown = await transcript.arrived_about(session, chat_id, PledgePreview.Payload, pledge.id)
    shown = shown or await transcript.arrived_about(session, chat_id, SentenceCoached.Payload, pledge.id)
    turn.pressed = shown.message if shown is not None else None
    turn.tell(PledgePreview.Payload(pledge.id), edit=True)


async def draft_of_mine(turn: Turn, pledge_id: int) -> Pledge:
    """A pledge of mine that is still a draft. Raises Refusal(STALE_BUTTON) for anything else."""
    pledge = await pledges.mine(turn, pledge_id)
    if pledge.state is not State.DRAFT:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge

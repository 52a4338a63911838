"""A note beside an answer: asked for, or offered when words came unasked."""

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.pledging import endings, nudges, pledges, questions
from db import queries
from db.models import Draft, DraftKind, Pledge
from domain.nudging import Period
from domain.outcomes.pledging.nudges import AdviceSaved, NoteAsked, NoteDropped, NoteOffered, NoteSaved
from domain.pledges import NOTE_LIMIT, State
from domain.refusal import Reason, Refusal
from domain.words import clean


async def ask(turn: Turn, pledge_id: int, period: Period) -> None:
    """The next words are a note on my answer. Raises Refusal(STALE_BUTTON) for a question that is not mine."""
    pledge = await _worded(turn, pledge_id)
    await questions.of_mine(turn, pledge, period)
    await drafts.await_words(turn, DraftKind.NOTE, pledge.id, drafts.Details(period=period))
    turn.tell(NoteAsked.Payload(pledge.id))


async def receive(turn: Turn, pledge_id: int, period: Period, text: str) -> None:
    """Store the note. Raises Refusal(STALE_BUTTON) once the words of the pledge have been deleted."""
    pledge = await _worded(turn, pledge_id)
    await _add(turn, pledge, period, clean(text, limit=NOTE_LIMIT, lines=True))
    await drafts.end(turn)
    turn.tell(NoteSaved.Payload(pledge.id))


async def receive_advice(turn: Turn, pledge_id: int, period: Period, text: str) -> None:
    """Store what I would tell others as a note. Raises Refusal(STALE_BUTTON) like `receive`."""
    pledge = await _worded(turn, pledge_id)
    await _add(turn, pledge, period, clean(text, limit=NOTE_LIMIT, lines=True))
    await drafts.end(turn)
    turn.tell(AdviceSaved())


async def _worded(turn: Turn, pledge_id: int) -> Pledge:
    """A pledge of mine that has its words still: once they are deleted, nothing new is kept beside them."""
    pledge = await pledges.mine(turn, pledge_id)
    if not pledge.text:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


async def _add(turn: Turn, pledge: Pledge, period: Period, note: str) -> None:
    """Add to what I noted on this question before: nothing that was said is lost."""
    mine = await questions.my_report(turn, pledge, period)
    mine.notes = [*(mine.notes or ()), note]
    mine.at = turn.now
    await turn.session.flush()
    await endings.show_again(turn, pledge)


async def offer(turn: Turn, text: str) -> bool:
    """Keep words that nothing was waiting for, and offer them as a note. Returns False if I have no active pledge."""
    if not await queries.pledges_of(turn.session, turn.me, State.ACTIVE):
        return False
    draft = Draft(
        person_id=turn.me.id,
        kind=DraftKind.UNASKED,
        words=clean(text, limit=NOTE_LIMIT, lines=True),
        awaiting=False,
        created_at=turn.now,
    )
    turn.session.add(draft)
    await turn.session.flush()
    turn.tell(NoteOffered.Payload(draft.id))
    return True


async def keep_for(turn: Turn, draft_id: int, pledge_id: int) -> None:
    """Store the words offered as a note on this pledge, with the question that an answer now would count for.

    Raises Refusal(STALE_BUTTON) if the words, or those of the pledge, are gone.
    """
    draft = await _unasked(turn, draft_id)
    pledge = await _worded(turn, pledge_id)
    period = await nudges.current_period(turn.session, pledge, turn.me, turn.now)
    if period is None:
        await pledges.present(turn, pledge)
        return
    await _add(turn, pledge, period, draft.words or "")
    await turn.session.delete(draft)
    turn.tell(NoteSaved.Payload(pledge.id), edit=True)


async def drop(turn: Turn, draft_id: int) -> None:
    """Delete the words that were offered as a note. Raises Refusal(STALE_BUTTON) if they are gone already."""
    await turn.session.delete(await _unasked(turn, draft_id))
    turn.tell(NoteDropped(), edit=True)


async def _unasked(turn: Turn, draft_id: int) -> Draft:
    draft = await turn.session.get(Draft, draft_id)
    if draft is None or draft.person_id != turn.me.id or draft.kind is not DraftKind.UNASKED:
        raise Refusal(Reason.STALE_BUTTON)
    return draft

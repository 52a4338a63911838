"""A note beside an answer: asked for, or offered when words came unasked."""

from collections.abc import Sequence

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.endings import endings
from actions.pledging.nudges import answers, hearing, nudges, questions
from db import queries
from db.models import Draft, DraftKind, Pledge
from domain.history import EventKind
from domain.nudging import Period
from domain.outcomes.pledging.nudges import AdviceSaved, NoteAsked, NoteDropped, NoteOffered, NoteSaved
from domain.pledges import NOTE_LIMIT, State, Status
from domain.refusal import Reason, Refusal
from domain.words import clean

Said = tuple[Period, Status]
"""An answer, and the question that it answers."""


async def ask(turn: Turn, pledge_id: int, period: Period) -> None:
    """The next words are a note on my answer. Raises Refusal(STALE_BUTTON) for a question that is not mine."""
    pledge = await _worded(turn, pledge_id)
    await questions.of_mine(turn, pledge, period)
    await drafts.await_words(turn, DraftKind.NOTE, pledge.id, drafts.DraftDetails(period=period))
    turn.tell(NoteAsked.Payload(pledge.id))


async def receive(turn: Turn, pledge_id: int, period: Period, text: str) -> None:
    """Store the note. Raises Refusal(STALE_BUTTON) once the words of the pledge have been deleted."""
    pledge = await _worded(turn, pledge_id)
    await _add(turn, pledge, period, clean(text, limit=NOTE_LIMIT, lines=True))
    await drafts.end(turn)
    turn.tell(NoteSaved.Payload(pledge.id))


async def receive_advice(turn: Turn, pledge_id: int, period: Period, text: str) -> None:
    """Store what I would tell others; the other party does not read it. Raises Refusal(STALE_BUTTON) like `receive`."""
    pledge = await _worded(turn, pledge_id)
    await _add(turn, pledge, period, clean(text, limit=NOTE_LIMIT, lines=True), EventKind.ADVISED)
    await drafts.end(turn)
    turn.tell(AdviceSaved())


async def _worded(turn: Turn, pledge_id: int) -> Pledge:
    """A pledge of mine that has its words still: once they are deleted, nothing new is kept beside them."""
    pledge = await pledges.mine(turn, pledge_id)
    if not pledge.text:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


async def _add(
    turn: Turn, pledge: Pledge, period: Period, note: str, kind: EventKind = EventKind.NOTED
) -> None:
    """Add to what I noted on this question before: nothing that was said is lost."""
    history.record(turn, pledge, kind, period=period, note=note)
    if kind is EventKind.NOTED:
        await endings.show_again(turn, pledge)
        await hearing.tell(turn, pledge, period)


async def offer(turn: Turn, text: str, message_id: int) -> bool:
    """Keep words that nothing was waiting for, and offer them as a note. Returns False if I have no active pledge."""
    if not await queries.pledges_acted_on(turn.session, turn.me, State.ACTIVE):
        return False
    draft = await _keep_unasked(turn, text, message_id)
    turn.tell(NoteOffered.Payload(draft.id))
    return True


async def offer_on(
    turn: Turn, pledge_ids: Sequence[int], said: Said | None, text: str, message_id: int
) -> bool:
    """Offer words as a note on one of these pledges, and on no other. `said`: the answer that they begin with.

    Returns False if none of them is an active pledge of mine that has its words still.
    """
    mine = {
        each.id for each in await queries.pledges_acted_on(turn.session, turn.me, State.ACTIVE) if each.text
    }
    to = tuple(each for each in pledge_ids if each in mine)
    if not to:
        return False
    draft = await _keep_unasked(turn, text, message_id)
    if said is None or len(to) > 1:
        turn.tell(NoteOffered.Payload(draft.id, pledges=to))
        return True
    period, status = said
    drafts.note(draft, period=period)
    turn.tell(NoteOffered.Payload(draft.id, pledges=to, status=status))
    return True


async def _keep_unasked(turn: Turn, text: str, message_id: int) -> Draft:
    draft = Draft(
        person_id=turn.me.id,
        kind=DraftKind.UNASKED,
        words=clean(text, limit=NOTE_LIMIT, lines=True),
        awaiting=False,
        created_at=turn.now,
    )
    drafts.note(draft, message=message_id)
    turn.session.add(draft)
    await turn.session.flush()
    return draft


async def reword(turn: Turn, draft: Draft, text: str) -> None:
    """The words that are offered as a note read otherwise now: show them where they are offered."""
    words = clean(text, limit=NOTE_LIMIT, lines=True)
    offered = await transcript.arrived_about(turn.session, turn.chat_id, NoteOffered.Payload, draft.id)
    if words == draft.words:
        return
    draft.words = words
    turn.pressed = offered.message if offered is not None else None
    turn.tell(offered.payload if offered is not None else NoteOffered.Payload(draft.id), edit=True)


async def is_noted(turn: Turn, text: str) -> bool:
    """Whether these words are a note of mine already."""
    words = clean(text, limit=NOTE_LIMIT, lines=True)
    return words in await history.notes_of(turn.session, turn.me.id)


async def keep_for(turn: Turn, draft_id: int, pledge_id: int) -> None:
    """Store the words offered as a note on this pledge, with the question that an answer now would count for.

    Raises Refusal(STALE_BUTTON) if the words, or those of the pledge, are gone.
    """
    draft = await _unasked(turn, draft_id)
    pledge = await _worded(turn, pledge_id)
    period = await nudges.current_period(turn.session, pledge, turn.party, turn.now)
    if period is None:
        await pledges.present(turn, pledge)
        return
    await _add(turn, pledge, period, draft.words or "")
    draft.words = None  # what is left of it tells that its message was answered
    turn.tell(NoteSaved.Payload(pledge.id), edit=True)


async def keep_with(turn: Turn, draft_id: int, pledge_id: int, status: Status) -> None:
    """Store the words as in `keep_for`, and record the answer that they begin with, also where it was asked for.

    Words that were no reply answer the question that an answer now would count for. Raises Refusal(STALE_BUTTON) like
    `keep_for`, and if there is no such question.
    """
    period = drafts.details_of(await _unasked(turn, draft_id)).period
    if period is None:
        pledge = await _worded(turn, pledge_id)
        period = await nudges.current_period(turn.session, pledge, turn.party, turn.now)
    if period is None:
        raise Refusal(Reason.STALE_BUTTON)
    await keep_for(turn, draft_id, pledge_id)
    await answers.report(turn, pledge_id, period, status)


async def drop(turn: Turn, draft_id: int) -> None:
    """Delete the words that were offered as a note. Raises Refusal(STALE_BUTTON) if they are gone already."""
    await turn.session.delete(await _unasked(turn, draft_id))
    turn.tell(NoteDropped(), edit=True)


async def _unasked(turn: Turn, draft_id: int) -> Draft:
    draft = await turn.session.get(Draft, draft_id)
    unasked = draft is not None and draft.kind is DraftKind.UNASKED and draft.words is not None
    if draft is None or not unasked or draft.person_id != turn.me.id:
        raise Refusal(Reason.STALE_BUTTON)
    return draft

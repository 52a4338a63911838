"""Words for the team, and of the team: asked for, shown once more, and given on only after a tap.

They are kept in a draft until then, so that nothing is lost if something comes between. Several messages in a row are
one question.
"""

from sqlalchemy import select

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.inquiries import inquiries, inquiry_desk
from actions.organising.team import team
from db.models import Draft, DraftKind, InquiryWords
from domain.limits import TEAM_WORDS
from domain.outcomes.organising.inquiries import (
    TeamAnswerAsked,
    TeamAnswerOffered,
    TeamAnswerSent,
    TeamNotYet,
    TeamQuestionAsked,
    TeamQuestionOffered,
    TeamQuestionSent,
    TeamWordsDropped,
)
from domain.outcomes.payload import Payload
from domain.refusal import Reason, Refusal
from domain.team import NO_WORKSHOP, Duty
from domain.words import clean

KINDS = (DraftKind.TEAM_QUESTION, DraftKind.TEAM_ANSWER)


async def ask(turn: Turn) -> None:
    """The next words are for the team; those that were not given to it yet are offered once more.

    Before the core consents no words are taken: then say where the team is. Organisers who take no part are the team.
    """
    if turn.lacks_consent and turn.scope(Duty.RECEIVE) != NO_WORKSHOP:
        await inquiry_desk.show_list(turn)
    elif turn.lacks_consent:
        turn.tell(TeamNotYet.Payload())
    elif (kept := await _kept(turn)) is not None:
        await drafts.take_up(turn, kept)
        turn.tell(_offered(kept))
    else:
        await drafts.await_words(turn, DraftKind.TEAM_QUESTION)
        turn.tell(TeamQuestionAsked.Payload())


async def _kept(turn: Turn) -> Draft | None:
    """The newest question of mine that is written, and was not given to the team."""
    recent = await drafts.recent(turn)
    return next((each for each in recent if each.kind is DraftKind.TEAM_QUESTION and each.words), None)


async def ask_answer(turn: Turn, inquiry_id: int) -> None:
    """The next words are the answer. Raises Refusal like `inquiry_desk.held`."""
    await begin_answer(turn, inquiry_id)
    turn.tell(TeamAnswerAsked.Payload(inquiry_id))


async def begin_answer(turn: Turn, inquiry_id: int) -> Draft:
    """The draft of an answer, which awaits its words. Raises Refusal like `inquiry_desk.held`."""
    inquiry = await inquiry_desk.held(turn, inquiry_id)
    desk.audit(turn, inquiry.person_id, inquiry_desk.SAW)
    return await drafts.await_words(turn, DraftKind.TEAM_ANSWER, inquiry.id)


async def receive(turn: Turn, text: str) -> None:
    """Keep the words, after those that came before, and ask whether they may go.

    Raises Refusal(STALE_BUTTON) if they belong to an inquiry that is gone, and TooLong if they are too many.
    """
    draft = await drafts.awaiting(turn)
    if draft is None or draft.kind not in KINDS:
        raise Refusal(Reason.STALE_BUTTON)
    if draft.kind is DraftKind.TEAM_ANSWER:
        await inquiry_desk.held(turn, draft.object_id or 0)
    if draft.words is not None:
        drafts.note(draft, several=True)
    _keep(draft, "\n".join(filter(None, (draft.words, clean(text, limit=TEAM_WORDS, lines=True)))))
    turn.tell(_offered(draft))


def _keep(draft: Draft, text: str) -> None:
    draft.words = clean(text, limit=TEAM_WORDS, lines=True)


async def reword(turn: Turn, draft: Draft, text: str) -> bool:
    """The message that the words came in reads otherwise now: offer it as it reads. False if that is too late.

    What was given on already and reads as before is passed over.
    """
    if draft.words is None:
        return await _was_given(turn, text)
    if drafts.details_of(draft).several:
        return False
    before = draft.words
    _keep(draft, text)
    if draft.words != before:
        turn.tell(_offered(draft))
    return True


async def _was_given(turn: Turn, text: str) -> bool:
    mine = select(InquiryWords).where(InquiryWords.writer_id == turn.me.id).order_by(InquiryWords.id.desc())
    newest = await turn.session.scalar(mine.limit(1))
    return newest is not None and newest.words == clean(text, limit=TEAM_WORDS, lines=True)


def _asked(draft: Draft) -> Payload:
    if draft.kind is DraftKind.TEAM_ANSWER:
        return TeamAnswerAsked.Payload(draft.object_id or 0)
    return TeamQuestionAsked.Payload()


def _offered(draft: Draft) -> Payload:
    if draft.kind is DraftKind.TEAM_ANSWER:
        return TeamAnswerOffered.Payload(draft.object_id or 0, draft.id)
    return TeamQuestionOffered.Payload(draft.id)


async def send(turn: Turn, draft_id: int) -> None:
    """Give the words on. Pressed again it says once more that they are; while others are awaited it asks for those.

    Raises Refusal(STALE_BUTTON) for a draft that is not mine, like `inquiries.ask` and `inquiry_desk.held`.
    """
    draft = await _mine(turn, draft_id)
    if draft.words is None and draft.awaiting:
        turn.tell(_asked(draft), edit=True)
    elif draft.kind is DraftKind.TEAM_ANSWER:
        await _send_answer(turn, draft)
    else:
        await _send_question(turn, draft)


async def _send_question(turn: Turn, draft: Draft) -> None:
    if draft.words is not None:
        await inquiries.ask(turn, draft.words)
        draft.words, draft.awaiting = None, False
    there = turn.me.present_workshop_id
    organisers = await team.within_reach(turn.session, turn.operator, Duty.RECEIVE, there)
    turn.tell(TeamQuestionSent.Payload(reached=any(each.id != turn.me.id for each in organisers)), edit=True)


async def _send_answer(turn: Turn, draft: Draft) -> None:
    inquiry = await inquiry_desk.held(turn, draft.object_id or 0)
    if draft.words is not None:
        await inquiries.answer(turn, inquiry, draft.words)
        draft.words, draft.awaiting = None, False
    turn.tell(TeamAnswerSent.Payload(inquiry.id), edit=True)


async def write_again(turn: Turn, draft_id: int) -> None:
    """Other words instead. Raises Refusal(STALE_BUTTON) for a draft that is not mine."""
    draft = await _mine(turn, draft_id)
    draft.words = None
    drafts.note(draft, several=False, message=None)
    await drafts.take_up(turn, draft)
    turn.tell(_asked(draft), edit=True)


async def drop(turn: Turn, draft_id: int) -> None:
    """Delete the words. Raises Refusal(STALE_BUTTON) for a draft that is not mine."""
    draft = await _mine(turn, draft_id)
    await turn.session.delete(draft)
    turn.tell(TeamWordsDropped(organiser=draft.kind is DraftKind.TEAM_ANSWER), edit=True)


async def _mine(turn: Turn, draft_id: int) -> Draft:
    draft = await turn.session.get(Draft, draft_id)
    if draft is None or draft.kind not in KINDS or draft.person_id != turn.me.id:
        raise Refusal(Reason.STALE_BUTTON)
    if draft.kind is DraftKind.TEAM_QUESTION and turn.lacks_consent:
        raise Refusal(Reason.STALE_BUTTON)
    return draft

"""Replies: words that answer one certain message of the bot belong to what that message asks, and to nothing else."""

from collections.abc import Awaitable, Callable
from functools import partial

from sqlalchemy import select

from actions.exchange import drafts, entries, transcript
from actions.exchange.turn import Turn
from actions.intake import awaited_words, conversation
from actions.joining import profile
from actions.organising.inquiries import team_words
from actions.pledging import relays
from actions.pledging.agreeing import declining, talks
from actions.pledging.nudges import notes, questions
from actions.pledging.nudges.notes import Said
from db.models import Draft, DraftKind, Nudge
from domain.days import read_day
from domain.outcomes.joining import Asked
from domain.outcomes.matching import ContactAsked, IntroAsked, MeetCard, Suggested
from domain.outcomes.organising.inquiries import (
    InquiryShown,
    TeamAnswered,
    TeamClosed,
    TeamQuestionSent,
)
from domain.outcomes.organising.pledge_moments import MomentOpened
from domain.outcomes.payload import OfPledge, Payload
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.pledging.partners import PartnerAsked, PartnersFound
from domain.outcomes.pledging.relays import RelayReceived
from domain.outcomes.pledging.talks import TalkAsked
from domain.outcomes.small import Refused
from domain.pledges import NOTE_LIMIT
from domain.refusal import Reason
from domain.words import clean

_TAPPED = (
    Suggested.Payload, IntroAsked.Payload, MeetCard.Payload, ContactAsked.Payload, PartnerAsked.Payload,
    PartnersFound.Payload, MomentOpened.Payload,
)  # fmt: skip
"""Questions about people, which take nothing but their buttons."""


async def question(turn: Turn, replied_to: int | None) -> entries.Entry | None:
    """The message of ours being replied to, as the chat shows it now; None if it is not one of ours."""
    if replied_to is None or turn.person is None or (turn.lacks_consent and not turn.on_team):
        return None
    return await transcript.shown_in(turn.session, turn.chat_id, replied_to)


async def receive(turn: Turn, asked: entries.Entry, said: Said | None, text: str, message_id: int) -> bool:
    """Take words for what this message asks. `said`: the answer to it that they begin with.

    Returns False if it asks nothing, so that the words are like any others. Raises Refusal if they cannot be taken.
    """
    payload = asked.payload
    draft = await awaited_words.asked_by(turn, payload) or await _begun_by(turn, payload)
    if draft is not None:
        await receive_for(turn, draft, partial(conversation.receive_for, turn, draft, text, message_id))
        return True
    match payload:
        case Asked.Payload() if _is_joining(turn):
            await awaited_words.receive_line(turn, payload.question, text)
        case TalkAsked.Payload() if read_day(clean(text, limit=NOTE_LIMIT, lines=True), turn.today):
            await talks.receive(turn, payload.pledge_id, text, change=payload.change)
        case Nudged.Payload():
            about = await _asked_about(turn, asked)
            if not await notes.offer_on(turn, about, said, text, message_id):
                turn.tell(Refused(Reason.GONE, organiser=turn.on_team))
        case OfPledge() if await declining.receive_for(turn, asked, text):
            pass
        case OfPledge():
            if not await notes.offer_on(turn, (payload.pledge_id,), said, text, message_id):
                _ask_for_a_tap(turn, payload)
        case _ if asked.is_one_of(_TAPPED):
            _ask_for_a_tap(turn, payload)
        case _:
            return False
    return True


async def _begun_by(turn: Turn, payload: Payload) -> Draft | None:
    """The draft for words in reply to what the team said, or to a question to it; None for any other message."""
    match payload:
        case TeamAnswered.Payload() | TeamClosed.Payload() | TeamQuestionSent.Payload():
            return await drafts.await_words(turn, DraftKind.TEAM_QUESTION)
        case RelayReceived.Payload():
            await relays.answer(turn, payload.relay_id)
            return await drafts.awaiting(turn)
        case InquiryShown.Payload():
            return await team_words.begin_answer(turn, payload.inquiry_id)
        case _:
            return None


def _is_joining(turn: Turn) -> bool:
    return not turn.is_outside and profile.open_question(turn) is not None


async def receive_for(turn: Turn, draft: Draft, take: Callable[[], Awaitable[None]]) -> None:
    """The draft takes what came, though it may have been set aside; what was open meanwhile is open again."""
    before = await drafts.awaiting(turn)
    await drafts.take_up(turn, draft)
    await take()
    if before is not None and before.id != draft.id and await drafts.awaiting(turn) is None:
        await drafts.take_up(turn, before)
        await awaited_words.ask_again(turn, before)


async def _asked_about(turn: Turn, asked: entries.Entry) -> list[int]:
    """The pledges that this nudge asks about."""
    first = questions.asked_first(asked)
    rows = select(Nudge.pledge_id).where(questions.asked_by(first), Nudge.person_id == asked.row.party_id)
    return list(await turn.session.scalars(rows.order_by(Nudge.pledge_id)))


def _ask_for_a_tap(turn: Turn, question: Payload) -> None:
    turn.tell(Refused(Reason.TAP_PLEASE, organiser=turn.on_team))
    turn.tell(question)

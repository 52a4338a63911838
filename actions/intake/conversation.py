"""Whose turn it is, and what words mean: the database says what we were waiting for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.joining import entry, profile, topics
from actions.matching import introductions
from actions.organising import broadcasts, desk
from actions.pledging import notes, pledges, talks
from db import queries
from db.models import Draft, DraftKind
from domain.nudging import Period
from domain.outcomes import Outcome
from domain.outcomes.choices import ContactKind, Direction, Purpose, Question
from domain.outcomes.joining import (
    CodeAsked,
    VoiceAsked,
)
from domain.outcomes.matching import ContactWordsAsked
from domain.outcomes.organising import BroadcastContentAsked, BroadcastPreview, WorkshopTitleAsked
from domain.outcomes.pledging.nudges import AdviceAsked, NoteAsked
from domain.outcomes.pledging.pledges import DeadlineAsked, PartnerNameAsked, SentenceAsked, TalkAsked
from domain.outcomes.small import Cancelled, Help, NothingExpected, Refused
from domain.refusal import Reason, Refusal
from domain.voice import Voice
from domain.words import Empty, TooLong

TOPIC_QUESTIONS = {Question.SEEKS: Direction.SEEKS, Question.OFFERS: Direction.OFFERS}
_NO_ANSWER = {
    Reason.STALE_BUTTON, Reason.TEXT_ONLY, Reason.NOT_OWN_WORDS, Reason.UNKNOWN_COMMAND, Reason.NOT_YET,
}  # fmt: skip
"""What was no attempt to answer leaves every question open, those of drafts too."""

_ASKED_WITH: dict[DraftKind, tuple[type[Outcome], dict[str, Any]]] = {
    DraftKind.CODE: (CodeAsked, {}),
    DraftKind.PARTNER_NAME: (PartnerNameAsked, {}),
    DraftKind.SENTENCE: (SentenceAsked, {}),
    DraftKind.ADJUST: (SentenceAsked, {}),
    DraftKind.DEADLINE: (DeadlineAsked, {}),
    DraftKind.TALK: (TalkAsked, {"typed": True}),
    DraftKind.NOTE: (NoteAsked, {}),
    DraftKind.ADVICE: (AdviceAsked, {}),
    DraftKind.CONTACT: (ContactWordsAsked, {}),
    DraftKind.WORKSHOP_TITLE: (WorkshopTitleAsked, {}),
    DraftKind.BROADCAST_CONTENT: (BroadcastContentAsked, {}),
    DraftKind.BROADCAST_COUNT: (BroadcastPreview, {"typed": True}),
}


async def open_turn(
    session: AsyncSession,
    chat_id: int,
    now: datetime,
    operator: Operator,
    *,
    pressed: int | None = None,
    telegram_name: str | None = None,
) -> Turn:
    person = await queries.person_in_chat(session, chat_id)
    if person is not None:
        person.unreachable_since = None  # whoever writes or taps is there; a block says so itself
    agreed = person is not None and person.gave(Purpose.CORE)
    arrival = None if agreed else await entry.arrival_of(session, chat_id, person)
    return Turn(session, now, operator, chat_id, person, pressed, telegram_name, arrival)


async def refusing(turn: Turn, act: Callable[[], Awaitable[None]]) -> None:
    """Run an action so that a rule's no undoes what it did, and is said. Everything else it raises passes."""
    try:
        async with turn.session.begin_nested():
            await act()
            await turn.session.flush()
    except Refusal as refusal:
        reason, limit = refusal.reason, refusal.limit
    except TooLong as error:
        reason, limit = Reason.TOO_LONG, error.limit
    except Empty:
        reason, limit = Reason.EMPTY, 0
    else:
        return
    turn.person = await queries.person_in_chat(turn.session, turn.chat_id)
    joined = turn.person is not None and not entry.lacks_consent(turn)
    turn.tell(Refused(reason, limit, organiser=turn.is_owner, joined=joined))
    if reason in _NO_ANSWER:
        await show_open(turn)
    else:
        await _ask_again(turn)


async def show_open(turn: Turn) -> None:
    """The question that is open now, if one is: what words are awaited for, consent, or the profile's."""
    draft = await awaiting(turn)
    if draft is not None:
        await _ask_for(turn, draft)
    elif entry.is_newcomer(turn):
        entry.show_arrival(turn)
    elif _is_joining(turn):
        await entry.go_on(turn)


async def show_left_open(turn: Turn, before: int | None) -> None:
    """After an organiser's command: the question that it came between, unless it asked one of its own."""
    draft = await awaiting(turn)
    if draft.id == before if draft is not None else not entry.is_newcomer(turn):
        await show_open(turn)


async def left_open(turn: Turn) -> int | None:
    """Which draft awaits words, for `show_left_open`."""
    draft = await awaiting(turn)
    return draft.id if draft is not None else None


async def _ask_for(turn: Turn, draft: Draft) -> None:
    """Once more what the draft was asked with."""
    if draft.kind is DraftKind.EDIT:
        await profile.ask_again(turn)
        return
    kind, args = _ASKED_WITH[draft.kind]
    if draft.kind is DraftKind.CONTACT:
        args = {"by": ContactKind((draft.args or {})["by"])}
    elif draft.kind is DraftKind.CODE:
        args = {"joined": bool(turn.me.memberships)}
    turn.show(kind, draft.object_id, **args)


async def _ask_again(turn: Turn) -> None:
    """After any other refusal: the profile's question that the words were for, so that nobody has to look for it."""
    if turn.person is None or entry.is_outside(turn):
        return
    draft = await drafts.awaiting(turn)
    editing = draft is not None and draft.kind is DraftKind.EDIT
    if editing or (draft is None and profile.open_question(turn) is not None):
        await profile.ask_again(turn)


def _is_joining(turn: Turn) -> bool:
    return entry.is_outside(turn) or profile.open_question(turn) is not None


async def awaiting(turn: Turn) -> Draft | None:
    """The draft whose words may come: without both core consents nobody's but an organiser's."""
    if turn.person is None or (entry.lacks_consent(turn) and not turn.is_owner):
        return None
    return await drafts.awaiting(turn)


async def hear(turn: Turn, text: str, message_id: int) -> None:
    """Words: for the draft that awaits them, for the open question, a day to talk, or kept and offered as a note."""
    draft = await awaiting(turn)
    if draft is not None:
        await _hear_for(turn, draft, text, message_id)
    elif entry.is_newcomer(turn):
        await entry.hear_stranger(turn, text)
    elif not turn.me.gave(Purpose.CARRIER):
        await entry.go_on(turn)
    elif not turn.me.memberships:
        await entry.code(turn, text)
    else:
        await _hear_answer(turn, text)


async def _hear_answer(turn: Turn, text: str) -> None:
    workshop = await entry.workshop_of(turn.session, text)
    question = profile.open_question(turn)
    if workshop is not None:
        await entry.come_in(turn, workshop)
    elif question in TOPIC_QUESTIONS:
        await topics.hear(turn, TOPIC_QUESTIONS[question], text)
    elif question is not None:
        await profile.hear(turn, question, text)
    elif not (await talks.heard(turn, text) or await notes.offer(turn, text)):
        turn.tell(NothingExpected(organiser=turn.is_owner))


async def _hear_for(turn: Turn, draft: Draft, text: str, message_id: int) -> None:
    """Words for something that is gone by now (taken back, erased, over) end the wait for them."""
    try:
        await _HEARERS[draft.kind](turn, Words(text, message_id, draft.object_id or 0, draft.args or {}))
    except Refusal as refusal:
        if refusal.reason is not Reason.STALE_BUTTON:
            raise
        await drafts.end(turn)
        turn.tell(Refused(Reason.GONE, organiser=turn.is_owner))


@dataclass(frozen=True)
class Words:
    """What was typed, in which message, and the object and args of the draft that awaited it."""

    text: str
    message_id: int
    of: int
    args: dict[str, Any]

    @property
    def period(self) -> Period:
        return Period(self.args["period"])


async def _hear_code(turn: Turn, words: Words) -> None:
    await entry.code(turn, words.text)
    await drafts.end(turn)


async def _hear_edit(turn: Turn, words: Words) -> None:
    question = Question(words.args["question"])
    if question in TOPIC_QUESTIONS:
        await topics.hear(turn, TOPIC_QUESTIONS[question], words.text)
    else:
        await profile.hear(turn, question, words.text)


async def _hear_nothing(_turn: Turn, _words: Words) -> None:
    raise ValueError("kept words await nothing")


_HEARERS: dict[DraftKind, Callable[[Turn, Words], Awaitable[None]]] = {
    DraftKind.EDIT: _hear_edit,
    DraftKind.CODE: _hear_code,
    DraftKind.PARTNER_NAME: lambda turn, said: pledges.hear_partner_name(turn, said.text),
    DraftKind.SENTENCE: lambda turn, said: pledges.hear_sentence(turn, said.of, said.text),
    DraftKind.ADJUST: lambda turn, said: pledges.hear_adjusted(turn, said.of, said.text),
    DraftKind.DEADLINE: lambda turn, said: pledges.hear_deadline(turn, said.of, said.text),
    DraftKind.TALK: lambda turn, said: talks.hear(
        turn, said.of, said.text, change=bool(said.args.get("change"))
    ),
    DraftKind.NOTE: lambda turn, said: notes.hear(turn, said.of, said.period, said.text),
    DraftKind.ADVICE: lambda turn, said: notes.hear_advice(turn, said.of, said.period, said.text),
    DraftKind.CONTACT: lambda turn, said: introductions.hear_contact(
        turn, said.of, ContactKind(said.args["by"]), said.text
    ),
    DraftKind.WORKSHOP_TITLE: lambda turn, said: desk.hear_title(turn, said.text),
    DraftKind.BROADCAST_CONTENT: lambda turn, said: broadcasts.hear_content(turn, said.of, said.message_id),
    DraftKind.BROADCAST_COUNT: lambda turn, said: broadcasts.hear_count(turn, said.of, said.text),
    DraftKind.UNASKED: _hear_nothing,
}


async def hear_photo(turn: Turn, message_id: int) -> None:
    """A picture: an announcement if one is being written, else words are asked for."""
    draft = await awaiting(turn)
    if draft is not None and draft.kind is DraftKind.BROADCAST_CONTENT:
        await broadcasts.hear_content(turn, draft.object_id or 0, message_id)
    else:
        await not_words(turn)


async def not_words(turn: Turn, reason: Reason = Reason.TEXT_ONLY) -> None:
    """Voice, sticker, place, forwarded message ...: never an answer."""
    draft = await awaiting(turn)
    if draft is None and (entry.is_newcomer(turn) or not turn.me.gave(Purpose.CARRIER)):
        await show_open(turn)  # perhaps words that overtook the consent tap
    elif draft is not None and draft.kind is DraftKind.BROADCAST_CONTENT and reason is Reason.TEXT_ONLY:
        raise Refusal(Reason.NOT_BROADCASTABLE)
    else:
        raise Refusal(reason)


async def voices(turn: Turn) -> None:
    """Language and form of address. Somebody unknown chooses at the welcome: there is nowhere yet to keep it."""
    if turn.is_owner:
        await desk.desk(turn)
    if turn.person is None:
        entry.welcome_or_desk(turn, None)
    else:
        turn.tell(VoiceAsked())


async def voice(turn: Turn, chosen: Voice) -> None:
    """From now on; what is open is asked for again in the new voice, else the profile shows it."""
    turn.me.voice = chosen
    if turn.arrival is not None:
        turn.arrival = replace(turn.arrival, voice=chosen)
    if await awaiting(turn) is not None or entry.lacks_consent(turn):
        await show_open(turn)
    else:
        await profile.carry_on(turn)


async def ask_code(turn: Turn) -> None:
    await drafts.await_words(turn, DraftKind.CODE)
    turn.tell(CodeAsked(joined=bool(turn.me.memberships)))


async def cancel(turn: Turn) -> None:
    """`/abbrechen`: no words are awaited any more; a half-written promise stays in the list as a draft."""
    draft = await drafts.awaiting(turn) if turn.person is not None else None
    something = await drafts.end(turn) if draft is not None else False
    if draft is not None:
        profile.call_off(turn, draft)
    if something or not _is_joining(turn):
        turn.tell(Cancelled(something, joined=not entry.is_newcomer(turn), organiser=turn.is_owner))
    if not (something and entry.is_newcomer(turn)):  # an organiser who takes no part has nothing else open
        await show_open(turn)


async def help_(turn: Turn) -> None:
    turn.tell(Help(joined=not entry.is_newcomer(turn), organiser=turn.is_owner))

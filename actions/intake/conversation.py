"""Whose turn it is, and what words mean: the database says what we were waiting for."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.intake import awaited_words
from actions.joining import entry, profile
from actions.organising import broadcasts, desk
from actions.pledging import notes, talks
from db import queries
from db.models import Draft, DraftKind
from domain.outcomes.choices import Purpose
from domain.outcomes.joining import (
    CodeAsked,
    VoiceAsked,
)
from domain.outcomes.small import Cancelled, Help, NothingExpected, Refused
from domain.refusal import Reason, Refusal
from domain.voice import Voice
from domain.words import Empty, TooLong

_NO_ANSWER = {
    Reason.STALE_BUTTON, Reason.TEXT_ONLY, Reason.NOT_OWN_WORDS, Reason.UNKNOWN_COMMAND, Reason.NOT_YET,
}  # fmt: skip
"""What was no attempt to answer leaves every question open, those of drafts too."""


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
    turn.tell(Refused(reason, limit, organiser=turn.is_owner, joined=not turn.lacks_consent))
    if reason in _NO_ANSWER:
        await show_open(turn)
    else:
        await _ask_again(turn)


async def show_open(turn: Turn) -> None:
    """The question that is open now, if one is: what words are awaited for, consent, or the profile's."""
    draft = await awaiting(turn)
    if draft is not None:
        await awaited_words.ask_again(turn, draft)
    elif turn.is_newcomer:
        entry.show_arrival(turn)
    elif _is_joining(turn):
        await entry.go_on(turn)


async def show_left_open(turn: Turn, before: int | None) -> None:
    """After an organiser's command: the question that it came between, unless it asked one of its own."""
    draft = await awaiting(turn)
    asked_before = draft.id == before if draft is not None else not turn.is_newcomer
    if asked_before:
        await show_open(turn)


async def left_open(turn: Turn) -> int | None:
    """Which draft awaits words, for `show_left_open`."""
    draft = await awaiting(turn)
    return draft.id if draft is not None else None


async def _ask_again(turn: Turn) -> None:
    """After any other refusal: the profile's question that the words were for, so that nobody has to look for it."""
    if turn.is_outside:
        return
    draft = await drafts.awaiting(turn)
    editing = draft is not None and draft.kind is DraftKind.EDIT
    if editing or (draft is None and profile.open_question(turn) is not None):
        await profile.ask_again(turn)


def _is_joining(turn: Turn) -> bool:
    return turn.is_outside or profile.open_question(turn) is not None


async def awaiting(turn: Turn) -> Draft | None:
    """The draft whose words may come: without both core consents nobody's but an organiser's."""
    if turn.person is None or (turn.lacks_consent and not turn.is_owner):
        return None
    return await drafts.awaiting(turn)


async def hear(turn: Turn, text: str, message_id: int) -> None:
    """Words: for the draft that awaits them, for the open question, a day to talk, or kept and offered as a note."""
    draft = await awaiting(turn)
    if draft is not None:
        await _hear_for(turn, draft, text, message_id)
    elif turn.is_newcomer:
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
    elif question is not None:
        await awaited_words.hear_line(turn, question, text)
    elif not (await talks.receive_unasked(turn, text) or await notes.offer(turn, text)):
        turn.tell(NothingExpected(organiser=turn.is_owner))


async def _hear_for(turn: Turn, draft: Draft, text: str, message_id: int) -> None:
    """Words for something that is gone by now (taken back, erased, over) end the wait for them."""
    try:
        await awaited_words.hear(turn, draft, text, message_id)
    except Refusal as refusal:
        if refusal.reason is not Reason.STALE_BUTTON:
            raise
        await drafts.end(turn)
        turn.tell(Refused(Reason.GONE, organiser=turn.is_owner))


async def hear_photo(turn: Turn, message_id: int) -> None:
    """A picture: an announcement if one is being written, else words are asked for."""
    draft = await awaiting(turn)
    if draft is not None and draft.kind is DraftKind.BROADCAST_CONTENT:
        await broadcasts.receive_content(turn, draft.object_id or 0, message_id)
    else:
        await not_words(turn)


async def not_words(turn: Turn, reason: Reason = Reason.TEXT_ONLY) -> None:
    """Voice, sticker, place, forwarded message ...: never an answer."""
    draft = await awaiting(turn)
    if draft is None and turn.lacks_consent:
        await show_open(turn)  # perhaps words that overtook the consent tap
    elif draft is not None and draft.kind is DraftKind.BROADCAST_CONTENT and reason is Reason.TEXT_ONLY:
        raise Refusal(Reason.NOT_BROADCASTABLE)
    else:
        raise Refusal(reason)


async def voices(turn: Turn) -> None:
    """Language and form of address. Somebody unknown chooses at the welcome: there is nowhere yet to keep it."""
    if turn.is_owner:
        await desk.organiser(turn)
    if turn.person is None:
        entry.welcome_or_desk(turn, None)
    else:
        turn.tell(VoiceAsked())


async def voice(turn: Turn, chosen: Voice) -> None:
    """From now on; what is open is asked for again in the new voice, else the profile shows it."""
    turn.me.voice = chosen
    if turn.arrival is not None:
        turn.arrival = replace(turn.arrival, voice=chosen)
    if await awaiting(turn) is not None or turn.lacks_consent:
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
        turn.tell(Cancelled(something, joined=not turn.is_newcomer, organiser=turn.is_owner))
    if not (something and turn.is_newcomer):  # an organiser who takes no part has nothing else open
        await show_open(turn)


async def help_(turn: Turn) -> None:
    turn.tell(Help(joined=not turn.is_newcomer, organiser=turn.is_owner))

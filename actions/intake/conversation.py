"""Whose turn it is, and what words mean: the database says what was being waited for."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.intake import awaited_words, invitations, typed_answers
from actions.joining import entry, profile
from actions.organising import desk
from actions.organising.broadcasts import broadcasts
from actions.organising.team import team
from actions.pledging import relays
from actions.pledging.agreeing import declining, talks
from actions.pledging.drafting import deadlines
from actions.pledging.nudges import notes
from db import intact
from db.models import Draft, DraftKind
from domain.age import says_under_age
from domain.labels import UnclearError
from domain.outcomes.choices import ProfileQuestion, Purpose
from domain.outcomes.joining import CodeAsked, ConsentAsked, VoiceAsked
from domain.outcomes.organising.broadcasts import SegmentAsked
from domain.outcomes.organising.complaints import ComplaintShown
from domain.outcomes.organising.desk import RoleClaim, RoleClaims, WorkshopAsked
from domain.outcomes.organising.inquiries import InquiryList, InquiryShown
from domain.outcomes.organising.rounds import RoundChoice, RoundLeft, RoundPair, RoundPreview, RoundSeats
from domain.outcomes.organising.timetables import TimetableEnding, TimetablePlan
from domain.outcomes.payload import Payload
from domain.outcomes.small import Cancelled, Help, NothingExpected, Refused, ThanksHeard
from domain.refusal import Reason, Refusal
from domain.voice import Voice
from domain.wishes import is_thanks
from domain.words import Empty, TooLong
from domain.written import Written
from domain.yes_and_no import answer

_NO_ANSWER = {
    Reason.STALE_BUTTON, Reason.TEXT_ONLY, Reason.NOT_OWN_WORDS, Reason.UNKNOWN_COMMAND,
}  # fmt: skip
"""After these, which were no attempt to answer, every open question is asked again, also that of a draft."""


_DESK = (
    WorkshopAsked.Payload, SegmentAsked.Payload, RoundPreview.Payload, RoundSeats.Payload, RoundLeft.Payload,
    RoundPair.Payload, RoundChoice.Payload, TimetablePlan.Payload,
    TimetableEnding.Payload,
    RoleClaims.Payload, RoleClaim.Payload, ComplaintShown.Payload, InquiryShown.Payload, InquiryList.Payload,
)  # fmt: skip
"""Questions of the desk that are answered by a tap."""


async def open_turn(
    session: AsyncSession,
    chat_id: int,
    now: datetime,
    operator: Operator,
    *,
    pressed: int | None = None,
    telegram_name: str | None = None,
    thread: int | None = None,
    written: Written | None = None,
    phone: Voice | None = None,
) -> Turn:
    """The turn of whoever writes or taps in this private chat. The optional values are those of `Turn`."""
    person = await intact.person_in_chat(session, chat_id)
    is_back = person is not None and person.unreachable_since is not None
    if person is not None:
        # they have just written or tapped; Telegram reports a new block by itself
        person.unreachable_since = None
    agreed = person is not None and person.gave(Purpose.CORE)
    arrival = None if agreed else await entry.arrival_of(session, chat_id, person)
    turn = Turn(
        session, now, operator, chat_id, person, pressed, telegram_name, written, arrival, thread, phone
    )
    turn.grants = team.granted_to(person)
    if is_back:
        await relays.catch_up(turn)
    return turn


REFUSALS = (Refusal, UnclearError, TooLong, Empty)
"""What an action raises that will not do what was asked. Whatever it did is undone, and `refuse` says why."""


async def refuse(turn: Turn, said: Exception) -> None:
    """Tell the person why their action, of which nothing is left, was refused: `said` is one of `REFUSALS`.

    Words that could be several buttons are answered by showing those buttons.
    """
    if isinstance(said, UnclearError):
        turn.tell(NothingExpected(organiser=turn.on_team, asked=said.question))
        return
    refusal = _refusal(said)
    joined = not turn.lacks_consent
    turn.tell(Refused(refusal.reason, refusal.limit, organiser=turn.on_team, joined=joined, day=refusal.day))
    if refusal.reason in _NO_ANSWER:
        await show_open(turn)
    elif refusal.reason is Reason.TAP_PLEASE and _takes_no_part(turn):
        await profile.edit(turn, ProfileQuestion.SEEKS)  # from here on they may
    else:
        await ask_words_again(turn)


def _takes_no_part(turn: Turn) -> bool:
    """Whether they have told nothing about themselves, since they came to act for an MP."""
    return not turn.is_outside and turn.me.finished_at is not None and turn.me.seeks_at is None


def _refusal(said: Exception) -> Refusal:
    match said:
        case Refusal():
            return said
        case TooLong():
            return Refusal(Reason.TOO_LONG, said.limit)
        case _:
            return Refusal(Reason.EMPTY)


async def show_open(turn: Turn) -> None:
    """Ask the open question again, if there is one: a draft's, a consent, or the profile's."""
    draft = await awaited_words.awaiting(turn)
    if draft is not None:
        await awaited_words.ask_again(turn, draft)
    elif turn.is_newcomer:
        entry.show_arrival(turn)
    elif not turn.me.gave(Purpose.CARRIER):
        entry.ask_carrier_again(turn)
    elif _is_joining(turn):
        await entry.go_on(turn)


async def show_left_open(turn: Turn) -> None:
    """After an organiser's command: ask again what joining had asked. A draft waits quietly for its words."""
    if not turn.is_newcomer and await awaited_words.awaiting(turn) is None:
        await show_open(turn)


async def ask_words_again(turn: Turn) -> None:
    """After any other refusal: ask again what the words were for in the profile, so that nobody has to look for it."""
    if turn.is_outside:
        return
    draft = await drafts.awaiting(turn)
    editing = draft is not None and draft.kind is DraftKind.EDIT
    if editing or (draft is None and profile.open_question(turn) is not None):
        await profile.ask_again(turn)


def _is_joining(turn: Turn) -> bool:
    return turn.is_outside or profile.open_question(turn) is not None


async def gives_up_joining_for_age(turn: Turn, text: str) -> bool:
    """Whether somebody who has given K and is still joining says that they are under 16, whatever they were asked.

    Before K `entry` hears it. Words for a pledge or a broadcast are none of this.
    """
    if turn.is_newcomer or turn.me.finished_at is not None or not says_under_age(text):
        return False
    draft = await awaited_words.awaiting(turn)
    return draft is None or draft.kind in (DraftKind.EDIT, DraftKind.CODE, DraftKind.HANDSHAKE)


async def receive(turn: Turn, text: str, message_id: int) -> None:
    """Take words: as a handshake's link or number, for the draft that awaits them, for the open question, as a day to
    talk again, or as a note.

    Raises Refusal if whatever takes them cannot.
    """
    draft = await awaited_words.awaiting(turn)
    if (draft is None or draft.kind in invitations.MAY_INTERRUPT) and await invitations.receive(turn, text):
        return
    if draft is not None:
        await receive_for(turn, draft, text, message_id)
    elif await broadcasts.receive_early(turn, text, message_id):
        pass
    elif await _is_at_work(turn):
        await _say_unclear(turn)
    elif turn.is_newcomer:
        await entry.receive_before_consent(turn, text)
    elif not turn.me.gave(Purpose.CARRIER):
        entry.ask_carrier_again(turn)
    elif not turn.me.memberships:
        await entry.receive_code(turn, text)
    else:
        await _receive_answer(turn, text, message_id)


async def _is_at_work(turn: Turn) -> bool:
    """Whether an organiser who takes no part has a question of the desk before them, which words did not answer."""
    if not (turn.is_newcomer and turn.on_team):
        return False
    asked = await typed_answers.shown_question(turn)
    return asked is not None and asked.is_one_of(_DESK)


async def _receive_answer(turn: Turn, text: str, message_id: int) -> None:
    workshop = await entry.workshop_of(turn.session, text)
    question = profile.open_question(turn)
    if workshop is not None:
        await entry.come_in(turn, workshop)
    elif question is not None:
        await awaited_words.receive_line(turn, question, text)
    elif (consent := await _consent_asked(turn)) is not None:
        turn.tell(consent)
    elif is_thanks(text):
        turn.tell(ThanksHeard())
    elif answer(text) is not None or not await _taken_unasked(turn, text, message_id):
        await _say_unclear(turn)


async def _taken_unasked(turn: Turn, text: str, message_id: int) -> bool:
    """Whether the words are a day for the message right above, a no to it with a reason, or a note that is offered."""
    return (
        await talks.receive_unasked(turn, text)
        or await deadlines.receive_unasked(turn, text)
        or await declining.receive_unasked(turn, text)
        or await notes.offer(turn, text, message_id)
    )


async def _consent_asked(turn: Turn) -> Payload | None:
    """The consent that is the newest question. Words are no answer to it, and nothing of them is kept."""
    asked = await typed_answers.shown_question(turn)
    return asked.payload if asked is not None and asked.is_one_of((ConsentAsked.Payload,)) else None


async def _say_unclear(turn: Turn) -> None:
    """The words belong nowhere: show the buttons of the newest question once more."""
    asked = await typed_answers.shown_question(turn)
    row = typed_answers.row_of(asked) if asked is not None else None
    turn.tell(NothingExpected(organiser=turn.on_team, asked=row))


async def receive_for(turn: Turn, draft: Draft, text: str, message_id: int) -> None:
    """Words for something that is gone meanwhile (taken back, erased, over) end the wait for them, and so do words for
    the team of somebody who is of it no more: they stay with whoever wrote them.
    """
    try:
        await awaited_words.receive(turn, draft, text, message_id)
        drafts.note_answer(draft, message_id, text)
    except Refusal as refusal:
        if refusal.reason not in (Reason.STALE_BUTTON, Reason.OFF_TEAM):
            raise
        await drafts.end(turn)
        reason = Reason.GONE if refusal.reason is Reason.STALE_BUTTON else Reason.OFF_TEAM
        turn.tell(Refused(reason, organiser=turn.on_team))


async def voices(turn: Turn) -> None:
    """`/sprache`: ask for the voice. Somebody unknown chooses it at the welcome: it cannot be stored yet."""
    if turn.on_team:
        await desk.organiser(turn)
    if turn.person is None:
        entry.welcome_or_desk(turn, None)
    else:
        turn.tell(VoiceAsked())


async def voice(turn: Turn, chosen: Voice) -> None:
    """Speak in this voice from now on. The open question is asked again in it; without one the profile shows it."""
    turn.me.voice = chosen
    if turn.arrival is not None:
        turn.arrival = replace(turn.arrival, voice=chosen)
    if await awaited_words.awaiting(turn) is not None or turn.lacks_consent:
        await show_open(turn)
    else:
        await profile.carry_on(turn)


async def ask_code(turn: Turn) -> None:
    """The next words are a workshop's code."""
    await drafts.await_words(turn, DraftKind.CODE)
    turn.tell(CodeAsked(joined=bool(turn.me.memberships)))


async def cancel(turn: Turn) -> None:
    """`/abbrechen`: no words are awaited any more. A half-written pledge is still in the list, as a draft."""
    draft = await drafts.awaiting(turn) if turn.person is not None else None
    ended = await drafts.end(turn) if draft is not None else False
    if draft is not None:
        await profile.call_off(turn, draft)
    at_work = turn.is_newcomer and turn.on_team
    joining = not at_work and _is_joining(turn)
    if ended or joining or not at_work:
        turn.tell(Cancelled(ended, joined=not turn.is_newcomer, organiser=turn.on_team, joining=joining))
    if not (ended and turn.is_newcomer):  # an organiser who takes no part has nothing else open
        await show_open(turn)


async def help_(turn: Turn) -> None:
    """`/hilfe`, in every state."""
    turn.tell(Help(joined=not turn.is_newcomer, organiser=turn.on_team))

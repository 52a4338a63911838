"""The profile: one question at a time, each answer editable later.

Buttons further up in the chat stay tappable, so each answer asks whether its question still stands (`is_asked`).
To skip or empty a line counts only there. A role or Land tapped further up is a correction: it is taken and named,
unless an organiser confirmed the role since. A list of topics further up is first brought up to date (`topics`).
Whatever else is out of date changes nothing and leads to where the person is.
"""

import json

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.matching import suggestions
from db.models import Draft, DraftKind, Interest
from domain import places
from domain.outcomes.choices import Direction, Purpose, Question
from domain.outcomes.joining import (
    Asked,
    ConfirmationEnded,
    LineChanged,
    MpNotice,
    Profile,
    Ready,
    TopicsBrowsed,
    TopicsHeard,
)
from domain.outcomes.small import Cancelled, Refused
from domain.profile import NAME_LIMIT, ORGANISATION_LIMIT, PLACE_LIMIT, is_answered, unanswered
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.words import clean

TYPED = (Question.NAME, Question.PLACE, Question.SEEKS, Question.ORGANISATION, Question.OFFERS)
"""Answered in people's own words; the others by a button or what names one."""
_LIMITS = {
    Question.NAME: NAME_LIMIT,
    Question.PLACE: PLACE_LIMIT,
    Question.ORGANISATION: ORGANISATION_LIMIT,
}
_MESSAGES = (
    Asked.Payload, TopicsHeard.Payload, TopicsBrowsed.Payload, Profile.Payload, Ready.Payload, Cancelled,
)  # fmt: skip


def open_question(turn: Turn) -> Question | None:
    """The first unanswered one; None when the profile is complete."""
    answered = turn.me.answered(Purpose.ANNOUNCEMENTS)
    return next(unanswered(turn.me, announcements_answered=answered), None)


async def ask_next(turn: Turn) -> None:
    """Ask what is open, show the summary last; to somebody with a complete profile, what they can do."""
    question = open_question(turn)
    if question is None:
        turn.tell(Ready.Payload())
    elif question is Question.SUMMARY:
        turn.tell(Profile.Payload())
    else:
        ask(turn, question)


def ask(turn: Turn, question: Question, *, editing: bool = False) -> None:
    if question in (Question.SEEKS, Question.OFFERS) and _interests(turn, Direction(question.value)):
        turn.tell(TopicsHeard.Payload(direction=Direction(question.value)))
    else:
        turn.tell(Asked.Payload(question=question, editing=editing))


async def carry_on(turn: Turn) -> None:
    """After an answer: the next question, or the summary for somebody who edits."""
    if turn.me.finished_at is not None:
        turn.tell(Profile.Payload())
    else:
        await ask_next(turn)


async def answered(turn: Turn, question: Question) -> None:
    """After a tap: if the line was being edited, it is no more."""
    draft = await drafts.awaiting(turn)
    if draft is not None and is_edit(draft, question):
        await drafts.end(turn)
    await carry_on(turn)


def edited_line(draft: Draft) -> Question | None:
    """The line of the profile that this draft edits; None for any other draft."""
    return drafts.details_of(draft).question if draft.kind is DraftKind.EDIT else None


def is_edit(draft: Draft, question: Question) -> bool:
    return edited_line(draft) is question


async def is_asked(turn: Turn, question: Question) -> bool:
    """Does the pressed button answer a question that stands: the open one, or that of a line being edited now?"""
    return question is open_question(turn) or await is_newest(turn)


async def is_newest(turn: Turn) -> bool:
    """Is the pressed message the last one about the profile? An answer, given or called off, brings another."""
    newest = await transcript.newest(turn.session, turn.chat_id, _MESSAGES, 1)
    return any(each.is_in(turn.pressed) for each in newest)


async def ask_again(turn: Turn) -> None:
    """Where the person is: the line whose words are awaited, the open question, or the summary."""
    draft = await drafts.awaiting(turn)
    line = edited_line(draft) if draft is not None else None
    if line is not None:
        ask(turn, line, editing=True)
    else:
        await show(turn)


async def _out_of_date(turn: Turn) -> None:
    turn.tell(Refused(Reason.STALE_BUTTON))
    await ask_again(turn)


# --- answers


async def hear(turn: Turn, question: Question, text: str) -> None:
    """Typed words answer this question. Raises Refusal for words where a tap is asked for."""
    if question is Question.LAND:
        await _hear_land(turn, text)
        return
    if question not in _LIMITS:
        raise Refusal(Reason.TAP_PLEASE)
    words = clean(text, limit=_LIMITS[question])
    await drafts.end(turn)
    if question is Question.NAME:
        _set_name(turn, words)
    elif question is Question.PLACE:
        _set_place(turn, words)
    else:
        turn.me.organisation = words
    await carry_on(turn)


async def _hear_land(turn: Turn, text: str) -> None:
    """Named otherwise than on its button: "NRW", "bei München"."""
    code = places.land_named(clean(text, limit=PLACE_LIMIT))
    if code is None:
        raise Refusal(Reason.TAP_PLEASE)
    turn.me.land = code
    await answered(turn, Question.LAND)


def _set_name(turn: Turn, name: str) -> None:
    if turn.me.name is not None and turn.me.name != name:
        if turn.me.role_confirmed:
            turn.tell(ConfirmationEnded())
        turn.me.role_confirmed = None  # who was confirmed is somebody else by name now
    turn.me.name = name


def _set_place(turn: Turn, place: str) -> None:
    turn.me.place = place
    laender = places.land_of(place)
    turn.me.land = laender[0] if len(laender) == 1 else None


async def role(turn: Turn, chosen: Role) -> None:
    if turn.me.role is not chosen:
        asked = await is_asked(turn, Question.ROLE)
        if turn.me.role_confirmed and not asked:
            await _out_of_date(turn)
            return
        turn.me.role, turn.me.role_confirmed = chosen, None
        if not asked:
            turn.tell(LineChanged.Payload(question=Question.ROLE))
        if chosen.is_mp:
            turn.tell(MpNotice.Payload())
    await answered(turn, Question.ROLE)


async def land(turn: Turn, code: str) -> None:
    if code not in places.LAENDER or turn.me.place is None:
        raise Refusal(Reason.STALE_BUTTON)
    if turn.me.land != code:
        asked = await is_asked(turn, Question.LAND)
        turn.me.land = code
        if not asked:
            turn.tell(LineChanged.Payload(question=Question.LAND))
    await answered(turn, Question.LAND)


async def skip(turn: Turn, question: Question) -> None:
    """Skipped is answered, with nothing; of a line being edited, emptied. Nowhere else: nothing said is lost."""
    if not await is_asked(turn, question):
        await _out_of_date(turn)
        return
    await drafts.end(turn)
    match question:
        case Question.ORGANISATION:
            turn.me.organisation = ""
        case Question.LAND:
            turn.me.land = ""
        case Question.SEEKS | Question.OFFERS:
            await _skip_topics(turn, Direction(question.value))
            return
        case _:
            raise Refusal(Reason.STALE_BUTTON)
    await carry_on(turn)


async def _skip_topics(turn: Turn, direction: Direction) -> None:
    """While joining, what was said before the tap stays; a line that is edited is emptied."""
    if is_answered(turn.me, direction):
        turn.me.interests[:] = [i for i in turn.me.interests if i.direction is not direction]
    await settle(turn, direction)


async def settle(turn: Turn, direction: Direction) -> None:
    """The topics of one direction are as the person wants them. What one seeks leads to the first suggestion."""
    await drafts.end(turn)
    if direction is Direction.SEEKS:
        first = turn.me.seeks_at is None
        turn.me.seeks_at = turn.now
        if first:
            await suggestions.suggest(turn)
    else:
        turn.me.offers_at = turn.now
    await carry_on(turn)


async def finish(turn: Turn) -> None:
    """The summary is confirmed."""
    if open_question(turn) not in (Question.SUMMARY, None):
        await ask_next(turn)
        return
    turn.me.finished_at = turn.me.finished_at or turn.now
    await drafts.end(turn)
    turn.tell(Ready.Payload())


async def edit(turn: Turn, question: Question) -> None:
    """One line of the summary again. Refuses who has not agreed yet: there is no line."""
    if not turn.me.gave(Purpose.CORE) or question is Question.SUMMARY:
        raise Refusal(Reason.STALE_BUTTON)
    await await_line(turn, question)
    ask(turn, question, editing=True)


async def await_line(turn: Turn, question: Question) -> None:
    """The next words are for this line. Topics change as they are typed and tapped, so what they were when the line
    was opened is kept with the draft, for whoever calls it off (`call_off`).
    """
    earlier = await drafts.awaiting(turn)
    draft = await drafts.await_words(turn, DraftKind.EDIT, details=drafts.Details(question=question))
    if question not in (Question.SEEKS, Question.OFFERS):
        return
    if earlier is not None and is_edit(earlier, question):
        draft.words = earlier.words
    elif question is not open_question(turn):
        draft.words = json.dumps([[i.topic, i.words, i.candidates] for i in _wished(turn, question)])


def call_off(turn: Turn, draft: Draft) -> None:
    """Every topic of the line as it was before it was opened."""
    question = edited_line(draft)
    if question is None or not draft.words:
        return
    for interest in _wished(turn, question):
        turn.me.interests.remove(interest)
    for topic, words, candidates in json.loads(draft.words):
        turn.me.interests.append(
            Interest(direction=Direction(question.value), topic=topic, words=words, candidates=candidates)
        )


def _wished(turn: Turn, question: Question) -> list[Interest]:
    return [i for i in turn.me.interests if i.direction.value == question.value]


async def show(turn: Turn) -> None:
    """`/profil`: the summary, or the question that is still open."""
    if open_question(turn) in (None, Question.SUMMARY):
        turn.tell(Profile.Payload())
    else:
        await ask_next(turn)


def _interests(turn: Turn, direction: Direction) -> bool:
    return any(i.direction is direction for i in turn.me.interests)

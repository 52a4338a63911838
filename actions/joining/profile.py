"""The profile: one question at a time, each answer editable later.

Buttons further up in the chat can still be tapped, so each answer asks whether its question is open (`is_asked`). Only
then may a line be skipped or emptied. A role or Land tapped further up is a correction: it is taken, and the person is
told so, unless an organiser has confirmed the role since. A list of topics further up is first brought up to date
(`topics`). Any other tap that is out of date changes nothing, and the open question is asked again.
"""

import json

from actions.exchange import drafts, transcript
from actions.exchange.passes import FOR_CHANGE
from actions.exchange.turn import Turn
from actions.matching import suggestions
from db.models import Draft, DraftKind, Interest
from domain import names
from domain.outcomes.choices import Direction, Purpose, Question, Stance
from domain.outcomes.joining import (
    Asked,
    ConfirmationEnded,
    LineChanged,
    MpNotice,
    PlacesMeant,
    Profile,
    Ready,
    TopicsBrowsed,
    TopicsHeard,
)
from domain.outcomes.small import Cancelled, Refused
from domain.profile import NAME_LIMIT, ORGANISATION_LIMIT, is_answered, unanswered
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.words import clean

TYPED = (Question.NAME, Question.PLACE, Question.SEEKS, Question.ORGANISATION, Question.OFFERS)
"""These are answered in people's own words; the others by a button, or by words that name one."""
_LIMITS = {
    Question.NAME: NAME_LIMIT,
    Question.ORGANISATION: ORGANISATION_LIMIT,
}
_REFUSED = {objection: Reason(objection.value) for objection in names.Objection}  # they are spelled alike
MESSAGES = (
    Asked.Payload, PlacesMeant.Payload, TopicsHeard.Payload, TopicsBrowsed.Payload, Profile.Payload, Ready.Payload,
    Cancelled,
)  # fmt: skip


def open_question(turn: Turn) -> Question | None:
    """The first unanswered question; None if the profile is complete."""
    answered = turn.me.answered(Purpose.ANNOUNCEMENTS)
    return next(unanswered(turn.me, announcements_answered=answered), None)


async def ask_next(turn: Turn) -> None:
    """Ask the open question, the summary last; show somebody with a complete profile what they can do."""
    question = open_question(turn)
    if question is None:
        turn.tell(Ready.Payload())
    elif question is Question.SUMMARY:
        turn.tell(Profile.Payload())
    else:
        ask(turn, question)


def ask(turn: Turn, question: Question, *, editing: bool = False) -> None:
    """Ask this question; of topics that were named already, show what was understood."""
    if question in (Question.SEEKS, Question.OFFERS) and _wished(turn, question):
        turn.tell(TopicsHeard.Payload(direction=Direction(question.value)))
    else:
        turn.tell(Asked.Payload(question=question, editing=editing))


async def carry_on(turn: Turn) -> None:
    """After an answer: the next question, or the summary for somebody who edits a line, unless it opened another."""
    if turn.me.finished_at is not None and open_question(turn) is None:
        turn.tell(Profile.Payload())
    else:
        await ask_next(turn)


async def answered(turn: Turn, question: Question) -> None:
    """After a tap that answers this question: if the line was being edited, that is done."""
    draft = await drafts.awaiting(turn)
    if draft is not None and is_edit(draft, question):
        await drafts.end(turn)
    await carry_on(turn)


def edited_line(draft: Draft) -> Question | None:
    """The line of the profile that this draft edits; None for any other draft."""
    return drafts.details_of(draft).question if draft.kind is DraftKind.EDIT else None


def is_edit(draft: Draft, question: Question) -> bool:
    """Whether this draft edits that line."""
    return edited_line(draft) is question


async def is_asked(turn: Turn, question: Question) -> bool:
    """Whether the pressed button answers a question that is asked now: the open one, or that of a line being edited."""
    return question is open_question(turn) or await is_newest(turn)


async def is_newest(turn: Turn) -> bool:
    """Whether the pressed message is the last one about the profile: each answer sends another."""
    newest = await transcript.newest(turn.session, turn.chat_id, MESSAGES, 1)
    return any(each.is_in(turn.pressed) for each in newest)


async def ask_again(turn: Turn) -> None:
    """Ask again for what is awaited: the line being edited, the open question, or the summary."""
    draft = await drafts.awaiting(turn)
    line = edited_line(draft) if draft is not None else None
    if line is Question.PLACE and draft is not None and draft.words:
        turn.tell(PlacesMeant.Payload())
    elif line is not None:
        ask(turn, line, editing=True)
    else:
        await show(turn)


async def out_of_date(turn: Turn) -> None:
    """A tap that changes nothing any more: say so, and ask again for what is awaited."""
    turn.tell(Refused(Reason.STALE_BUTTON))
    await ask_again(turn)


# --- answers


async def receive(turn: Turn, question: Question, text: str) -> None:
    """Take typed words as the name or the organisation (`topics`, `whereabouts`: the others).

    Raises Refusal(TAP_PLEASE) if it is answered by a tap, and another if a name or an organisation could be taken for
    what it is not (`names.Objection`).
    """
    if question not in _LIMITS:
        raise Refusal(Reason.TAP_PLEASE)
    if question is Question.NAME:
        await take_name(turn, text)
    else:
        words = clean(text, limit=_LIMITS[question])
        object_to(names.objection_to_organisation(words))
        turn.me.organisation = words
    await drafts.end(turn)
    await carry_on(turn)


async def take_name(turn: Turn, text: str) -> None:
    """The name, wherever it was asked for. Raises Refusal if it could be taken for what it is not."""
    words = clean(text, limit=NAME_LIMIT)
    object_to(names.objection_to(words))
    await _set_name(turn, words)


def object_to(objection: names.Objection | None) -> None:
    """Raise the Refusal that tells of this objection; None is none."""
    if objection is not None:
        raise Refusal(_REFUSED[objection])


async def _set_name(turn: Turn, name: str) -> None:
    await _read_confirmation(turn)
    if turn.me.name is not None and turn.me.name != name:
        if turn.me.role_confirmed:
            turn.tell(ConfirmationEnded())
        turn.me.role_confirmed = None  # it was somebody of another name who was confirmed
    turn.me.name = name


async def _read_confirmation(turn: Turn) -> None:
    """An organiser may just have decided about the role; one who decides now waits, and then sees what has changed."""
    await turn.session.flush()
    await turn.session.refresh(turn.me, ["role_confirmed"], with_for_update=FOR_CHANGE)


async def role(turn: Turn, chosen: Role) -> None:
    """Choose the role; another one than before has to be confirmed again."""
    if turn.me.role is not chosen:
        await _read_confirmation(turn)
        asked = await is_asked(turn, Question.ROLE)
        if turn.me.role_confirmed and not asked:
            await out_of_date(turn)
            return
        turn.me.role, turn.me.role_confirmed = chosen, None
        if not asked:
            turn.tell(LineChanged.Payload(question=Question.ROLE))
        if chosen.is_mp:
            turn.tell(MpNotice.Payload())
    await answered(turn, Question.ROLE)


async def skip(turn: Turn, question: Question) -> None:
    """Answer the question with nothing, or empty the line being edited. Out of date, it changes nothing.

    Raises Refusal(STALE_BUTTON) for a question that cannot be skipped.
    """
    if not await is_asked(turn, question):
        await out_of_date(turn)
        return
    await drafts.end(turn)
    match question:
        case Question.ORGANISATION:
            turn.me.organisation = ""
        case Question.PLACE:
            await leave_place_open(turn)
            return
        case Question.LAND:
            turn.me.land = ""
        case Question.SEEKS | Question.OFFERS:
            await _skip_topics(turn, Direction(question.value))
            return
        case _:
            raise Refusal(Reason.STALE_BUTTON)
    await carry_on(turn)


async def leave_place_open(turn: Turn) -> None:
    """No place. A Land that is known stays; otherwise it is not asked for either."""
    turn.me.place = ""
    turn.me.land = turn.me.land or ""
    await drafts.end(turn)
    await carry_on(turn)


async def _skip_topics(turn: Turn, direction: Direction) -> None:
    """While joining, topics named before the tap are kept; a line that is being edited is emptied."""
    if is_answered(turn.me, direction):
        turn.me.interests[:] = [i for i in turn.me.interests if i.direction is not direction]
    await settle(turn, direction)


async def settle(turn: Turn, direction: Direction) -> None:
    """The topics of this direction are as the person wants them. What they seek leads to the first suggestion, and so
    does a topic that they were asked for.
    """
    await drafts.end(turn)
    first = direction is Direction.SEEKS and turn.me.seeks_at is None
    if direction is Direction.SEEKS:
        turn.me.seeks_at = turn.now
    else:
        turn.me.offers_at = turn.now
    if first or (await suggestions.topic_was_wanted(turn) and suggestions.has_topics(turn.me)):
        await suggestions.suggest(turn)
    await carry_on(turn)


async def finish(turn: Turn) -> None:
    """Confirm the summary, if nothing else is open."""
    if open_question(turn) not in (Question.SUMMARY, None):
        await ask_next(turn)
        return
    turn.me.finished_at = turn.me.finished_at or turn.now
    await drafts.end(turn)
    turn.tell(Ready.Payload())


async def edit(turn: Turn, question: Question) -> None:
    """Ask for one line of the summary again. Raises Refusal(STALE_BUTTON) without K, and for the summary itself."""
    if not turn.me.gave(Purpose.CORE) or question is Question.SUMMARY:
        raise Refusal(Reason.STALE_BUTTON)
    await await_line(turn, question)
    ask(turn, question, editing=True)


async def await_line(turn: Turn, question: Question) -> None:
    """The next words are for this line.

    Topics change with each word and tap, so what they were before is kept with the draft, for `call_off`.
    """
    earlier = await drafts.awaiting(turn)
    draft = await drafts.await_words(turn, DraftKind.EDIT, details=drafts.Details(question=question))
    if question not in (Question.SEEKS, Question.OFFERS):
        return
    if earlier is not None and is_edit(earlier, question):
        draft.words = earlier.words
    elif question is not open_question(turn):
        draft.words = json.dumps(
            [[i.topic, i.words, i.candidates, i.stance] for i in _wished(turn, question)]
        )


def call_off(turn: Turn, draft: Draft) -> None:
    """Restore the topics of the line that this draft edits, as they were before."""
    question = edited_line(draft)
    if question not in (Question.SEEKS, Question.OFFERS) or not draft.words:
        return
    for interest in _wished(turn, question):
        turn.me.interests.remove(interest)
    direction = Direction(question.value)
    for topic, words, candidates, *stance in json.loads(draft.words):  # without a stance in drafts of 0.1.0
        taken = Stance(stance[0]) if stance and stance[0] else None
        turn.me.interests.append(
            Interest(direction=direction, topic=topic, words=words, candidates=candidates, stance=taken)
        )


def _wished(turn: Turn, question: Question) -> list[Interest]:
    return [i for i in turn.me.interests if i.direction.value == question.value]


async def show(turn: Turn) -> None:
    """`/profil`: the summary, or the question that is still open."""
    if open_question(turn) in (None, Question.SUMMARY):
        turn.tell(Profile.Payload())
    else:
        await ask_next(turn)

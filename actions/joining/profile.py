"""The profile: one question at a time, each answer editable later.

Buttons further up in the chat can still be tapped, so each answer (`answering`) asks whether its question is open
(`is_asked`). Only then may a line be skipped or emptied. A role or Land tapped further up is a correction: it is taken,
and the person is told so, unless an organiser has confirmed the role since. A list of topics further up is first
brought up to date (`topics`). Any other tap that is out of date changes nothing, and the open question is asked again.
"""

import json

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from db import intact
from db.models import Draft, DraftKind, Interest
from domain.outcomes.choices import Direction, ProfileQuestion, Purpose, Stance
from domain.outcomes.joining import Asked, PlacesMeant, Profile, Ready, TopicsBrowsed, TopicsHeard
from domain.outcomes.small import Cancelled, Refused
from domain.profile import unanswered
from domain.refusal import Reason, Refusal

TYPED = (
    ProfileQuestion.NAME, ProfileQuestion.PLACE, ProfileQuestion.SEEKS, ProfileQuestion.ORGANISATION,
    ProfileQuestion.OFFERS, ProfileQuestion.HOUR,
)  # fmt: skip
"""These are answered in people's own words; the others by a button, or by words that name one."""
MESSAGES = (
    Asked.Payload, PlacesMeant.Payload, TopicsHeard.Payload, TopicsBrowsed.Payload, Profile.Payload, Ready.Payload,
    Cancelled,
)  # fmt: skip


def open_question(turn: Turn) -> ProfileQuestion | None:
    """The first unanswered question; None if the profile is complete."""
    answered = turn.me.answered(Purpose.ANNOUNCEMENTS)
    return next(unanswered(turn.me, announcements_answered=answered), None)


async def ask_next(turn: Turn) -> None:
    """Ask the open question, the summary last; show somebody with a complete profile what they can do."""
    question = open_question(turn)
    if question is None:
        turn.tell(Ready.Payload())
    elif question is ProfileQuestion.SUMMARY:
        turn.tell(Profile.Payload())
    else:
        await ask(turn, question)


async def ask(turn: Turn, question: ProfileQuestion, *, editing: bool = False) -> None:
    """Ask this question; of topics that were named already, show what was understood."""
    if question in (ProfileQuestion.SEEKS, ProfileQuestion.OFFERS) and await _wished(turn, question):
        turn.tell(TopicsHeard.Payload(direction=Direction(question.value)))
    else:
        turn.tell(Asked.Payload(question=question, editing=editing))


async def carry_on(turn: Turn) -> None:
    """After an answer: the next question, or the summary for somebody who edits a line, unless it opened another."""
    if turn.me.finished_at is not None and open_question(turn) is None:
        turn.tell(Profile.Payload())
    else:
        await ask_next(turn)


async def answered(turn: Turn, question: ProfileQuestion) -> None:
    """After a tap that answers this question: if the line was being edited, that is done."""
    draft = await drafts.awaiting(turn)
    if draft is not None and is_edit(draft, question):
        await drafts.end(turn)
    await carry_on(turn)


def edited_line(draft: Draft) -> ProfileQuestion | None:
    """The line of the profile that this draft edits; None for any other draft."""
    return drafts.details_of(draft).question if draft.kind is DraftKind.EDIT else None


def is_edit(draft: Draft, question: ProfileQuestion) -> bool:
    """Whether this draft edits that line."""
    return edited_line(draft) is question


async def is_asked(turn: Turn, question: ProfileQuestion) -> bool:
    """Whether the pressed button answers a question that is asked now: the open one, or that of a line being edited."""
    return question is open_question(turn) or await is_newest(turn)


async def is_awaited(turn: Turn, question: ProfileQuestion) -> bool:
    """Whether this question is the open one, or its line is being edited."""
    draft = await drafts.awaiting(turn)
    return question is open_question(turn) or (draft is not None and is_edit(draft, question))


async def is_newest(turn: Turn) -> bool:
    """Whether the pressed message is the last one about the profile: each answer sends another."""
    newest = await transcript.newest(turn.session, turn.chat_id, MESSAGES, 1)
    return any(each.is_in(turn.pressed) for each in newest)


async def ask_again(turn: Turn) -> None:
    """Ask again for what is awaited: the line being edited, the open question, or the summary."""
    draft = await drafts.awaiting(turn)
    line = edited_line(draft) if draft is not None else None
    if line is ProfileQuestion.PLACE and draft is not None and draft.words:
        turn.tell(PlacesMeant.Payload())
    elif line is not None:
        await ask(turn, line, editing=True)
    else:
        await show(turn)


async def out_of_date(turn: Turn) -> None:
    """A tap that no longer changes anything: say so, and ask again for what is awaited."""
    turn.tell(Refused(Reason.STALE_BUTTON))
    await ask_again(turn)


async def edit(turn: Turn, question: ProfileQuestion) -> None:
    """Ask for one line of the summary again. Raises Refusal(STALE_BUTTON) without K, and for the summary itself."""
    if not turn.me.gave(Purpose.CORE) or question is ProfileQuestion.SUMMARY:
        raise Refusal(Reason.STALE_BUTTON)
    await await_line(turn, question)
    await ask(turn, question, editing=True)


async def await_line(turn: Turn, question: ProfileQuestion) -> None:
    """The next words are for this line.

    Topics change with each word and tap, so what they were before is kept with the draft, for `call_off`.
    """
    earlier = await drafts.awaiting(turn)
    draft = await drafts.await_words(turn, DraftKind.EDIT, details=drafts.DraftDetails(question=question))
    if question not in (ProfileQuestion.SEEKS, ProfileQuestion.OFFERS):
        return
    if earlier is not None and is_edit(earlier, question):
        draft.words = earlier.words
    elif question is not open_question(turn):
        draft.words = json.dumps(
            [[i.topic, i.words, i.candidates, i.stance] for i in await _wished(turn, question)]
        )


async def call_off(turn: Turn, draft: Draft) -> None:
    """Restore the topics of the line that this draft edits, as they were before."""
    question = edited_line(draft)
    if question not in (ProfileQuestion.SEEKS, ProfileQuestion.OFFERS) or not draft.words:
        return
    for interest in await _wished(turn, question):
        turn.me.interests.remove(interest)
    direction = Direction(question.value)
    for topic, words, candidates, *stance in json.loads(draft.words):  # without a stance in drafts of 0.1.0
        taken = Stance(stance[0]) if stance and stance[0] else None
        turn.me.interests.append(
            Interest(direction=direction, topic=topic, words=words, candidates=candidates, stance=taken)
        )


async def _wished(turn: Turn, question: ProfileQuestion) -> list[Interest]:
    await intact.read_interests(turn.session, turn.me)
    return [i for i in turn.me.interests if i.direction.value == question.value]


async def show(turn: Turn) -> None:
    """`/profil`: the summary, or the question that is still open."""
    if open_question(turn) in (None, ProfileQuestion.SUMMARY):
        turn.tell(Profile.Payload())
    else:
        await ask_next(turn)

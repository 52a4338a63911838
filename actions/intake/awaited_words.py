"""Each kind of draft: how its question is asked again, and who hears the words that come for it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.joining import entry, profile, topics
from actions.matching import introductions
from actions.organising import broadcasts, desk, sending
from actions.pledging import agreeing, deadlines, drafting, notes, partners, talks
from db.models import Draft, DraftKind
from domain.nudging import Period
from domain.outcomes.choices import ContactKind, Direction, Question
from domain.outcomes.joining import CodeAsked
from domain.outcomes.matching import ContactWordsAsked
from domain.outcomes.organising.broadcasts import (
    BroadcastContentAsked,
    BroadcastPreview,
)
from domain.outcomes.organising.desk import WorkshopTitleAsked
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.nudges import AdviceAsked, NoteAsked
from domain.outcomes.pledging.pledges import DeadlineAsked, PartnerNameAsked, SentenceAsked, TalkAsked

TOPIC_QUESTIONS = {Question.SEEKS: Direction.SEEKS, Question.OFFERS: Direction.OFFERS}


@dataclass(frozen=True)
class TypedWords:
    """What was typed, in which message, and the object and details of the draft that awaited it."""

    text: str
    message_id: int
    of: int
    details: drafts.Details

    @property
    def period(self) -> Period:
        """The question the words go with. Raises ValueError for a draft that names none."""
        if self.details.period is None:
            raise ValueError("the draft names no period")
        return self.details.period

    @property
    def contact(self) -> ContactKind:
        """The way to be reached that was asked for. Raises ValueError for a draft that names none."""
        if self.details.contact is None:
            raise ValueError("the draft names no way to be reached")
        return self.details.contact


@dataclass(frozen=True)
class Awaited:
    """`ask`: what its question says, from the object's id; `hear`: the action that takes the words."""

    ask: Callable[[int], Payload]
    hear: Callable[[Turn, TypedWords], Awaitable[None]]


async def ask_again(turn: Turn, draft: Draft) -> None:
    """Once more what the draft was asked with."""
    details, object_id = drafts.details_of(draft), draft.object_id or 0
    match draft.kind:
        case DraftKind.EDIT:
            await profile.ask_again(turn)
        case DraftKind.CODE:
            turn.tell(CodeAsked(joined=bool(turn.me.memberships)))
        case DraftKind.CONTACT if details.contact is not None:
            turn.tell(ContactWordsAsked.Payload(object_id, details.contact))
        case _:
            turn.tell(_AWAITED[draft.kind].ask(object_id))


async def hear(turn: Turn, draft: Draft, text: str, message_id: int) -> None:
    """Hand the words to the action they were asked for. Raises Refusal where that cannot take them."""
    typed = TypedWords(text, message_id, draft.object_id or 0, drafts.details_of(draft))
    match draft.kind:
        case DraftKind.EDIT if typed.details.question is not None:
            await hear_line(turn, typed.details.question, text)
        case DraftKind.CODE:
            await entry.code(turn, text)
            await drafts.end(turn)
        case DraftKind.CONTACT:
            await introductions.hear_contact(turn, typed.of, typed.contact, text)
        case _:
            await _AWAITED[draft.kind].hear(turn, typed)


async def hear_line(turn: Turn, question: Question, text: str) -> None:
    """Words for one line of the profile."""
    if question in TOPIC_QUESTIONS:
        await topics.hear(turn, TOPIC_QUESTIONS[question], text)
    else:
        await profile.hear(turn, question, text)


_AWAITED: dict[DraftKind, Awaited] = {
    DraftKind.PARTNER_NAME: Awaited(
        lambda _: PartnerNameAsked(), lambda turn, said: partners.receive_name(turn, said.text)
    ),
    DraftKind.SENTENCE: Awaited(
        SentenceAsked.Payload, lambda turn, said: drafting.receive_sentence(turn, said.of, said.text)
    ),
    DraftKind.ADJUST: Awaited(
        SentenceAsked.Payload, lambda turn, said: agreeing.receive_other_words(turn, said.of, said.text)
    ),
    DraftKind.DEADLINE: Awaited(
        DeadlineAsked.Payload, lambda turn, said: deadlines.receive(turn, said.of, said.text)
    ),
    DraftKind.TALK: Awaited(
        lambda pledge_id: TalkAsked.Payload(pledge_id, typed=True),
        lambda turn, said: talks.receive(turn, said.of, said.text, change=said.details.change),
    ),
    DraftKind.NOTE: Awaited(
        NoteAsked.Payload, lambda turn, said: notes.receive(turn, said.of, said.period, said.text)
    ),
    DraftKind.ADVICE: Awaited(
        AdviceAsked, lambda turn, said: notes.receive_advice(turn, said.of, said.period, said.text)
    ),
    DraftKind.WORKSHOP_TITLE: Awaited(
        lambda _: WorkshopTitleAsked(), lambda turn, said: desk.receive_title(turn, said.text)
    ),
    DraftKind.BROADCAST_CONTENT: Awaited(
        BroadcastContentAsked.Payload,
        lambda turn, said: broadcasts.receive_content(turn, said.of, said.message_id),
    ),
    DraftKind.BROADCAST_COUNT: Awaited(
        lambda broadcast_id: BroadcastPreview.Payload(broadcast_id, typed=True),
        lambda turn, said: sending.receive_count(turn, said.of, said.text),
    ),
}
"""The kinds that are asked and heard by their object alone; those that need more stand in the two functions above.
`UNASKED` is in neither: it keeps words and awaits none."""

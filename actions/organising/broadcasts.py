"""An organiser prepares a broadcast: one message, a segment, and a preview for whoever confirms it (`sending`)."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.organising import desk, early_words, segments, team
from db import intact, queries, reach
from db.models import (
    Broadcast,
    BroadcastState,
    DraftKind,
    Person,
    Workshop,
)
from domain import places
from domain.labels import spelt
from domain.outcomes.organising.broadcasts import (
    BroadcastContentAsked,
    BroadcastCopy,
    BroadcastDropped,
    BroadcastPreview,
    BroadcastToConfirm,
    BroadcastWaiting,
    Segment,
    SegmentAsked,
)
from domain.outcomes.organising.desk import DeskTask, WorkshopAsked
from domain.outcomes.small import EditTaken
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.team import NO_WORKSHOP, Duty

_LONGEST_CHOICE = 60  # characters: what is longer was not meant to choose recipients


async def begin(turn: Turn) -> None:
    """`/ankuendigung`: ask in which workshop, if there are several."""
    await desk.organiser(turn)
    await early_words.forget(turn)
    await desk.choose_workshop(turn, DeskTask.BROADCAST, ask_content)


async def ask_content(turn: Turn, workshop_id: int) -> None:
    """The next message is the broadcast, or the one that came before the workshop was chosen.

    From here on it belongs to this workshop, whichever comes after it.
    """
    workshop = await desk.chosen(turn, workshop_id)
    if early := await early_words.take(turn, workshop.id):
        await _store(turn, workshop.id, *early)
        return
    await drafts.await_words(turn, DraftKind.BROADCAST_CONTENT, workshop.id)
    turn.tell(BroadcastContentAsked.Payload(workshop.id))


async def receive_content(turn: Turn, workshop_id: int, message_id: int) -> None:
    """Take the organiser's own message, a text or a photo with words below it, of which only these are kept.

    Raises TooLong if there is no room for the line that says who it is from.
    """
    workshop = await desk.chosen(turn, workshop_id)
    await _store(turn, workshop.id, message_id, _words_of(turn))


async def _store(turn: Turn, workshop_id: int, message_id: int, words: dict[str, Any] | None) -> None:
    broadcast = Broadcast(
        workshop_id=workshop_id,
        author_chat_id=turn.chat_id,
        message_id=message_id,
        words=words,
        state=BroadcastState.DRAFT,
        created_at=turn.now,
    )
    turn.session.add(broadcast)
    await turn.session.flush()
    await drafts.end(turn)
    turn.tell(SegmentAsked.Payload(broadcast.id))


async def receive_early(turn: Turn, content: str, message_id: int) -> bool:
    """Take a message that comes while a workshop or recipients are asked for: it is the announcement, or its new text.

    Returns False if neither is asked for right above, and for words that may have been meant to choose recipients.
    Raises TooLong like `receive_content`.
    """
    runs = turn.person is not None and turn.scope(Duty.RUN) != NO_WORKSHOP
    shown = await transcript.shown(turn.session, turn.chat_id, 1) if runs else []
    asked = shown[0].payload if shown else None
    if isinstance(asked, WorkshopAsked.Payload) and asked.task is DeskTask.BROADCAST:
        return await _receive_for_workshop(turn, asked, content, message_id)
    broadcast = (
        await turn.session.get(Broadcast, asked.broadcast_id, with_for_update=True)
        if isinstance(asked, SegmentAsked.Payload) and _is_content(turn, content)
        else None
    )
    if broadcast is None or broadcast.state is not BroadcastState.DRAFT:
        return False
    if not turn.does(Duty.RUN, broadcast.workshop_id):
        return False
    answered = await drafts.made_of(turn, broadcast.message_id)
    if answered is not None:
        drafts.note_answer(answered, message_id, content)
    broadcast.message_id, broadcast.words = message_id, _words_of(turn)
    turn.tell(EditTaken())
    turn.tell(SegmentAsked.Payload(broadcast.id))
    return True


async def _receive_for_workshop(
    turn: Turn, asked: WorkshopAsked.Payload, content: str, message_id: int
) -> bool:
    """Part of a workshop's name chooses it, of several none; anything else is kept as the announcement."""
    said = spelt(content)
    there = team.within(Workshop.id, turn.scope(Duty.RUN))
    named = [
        each.id
        for each in await queries.workshops(turn.session, there)
        if f" {said} " in f" {spelt(each.title)} "
    ]
    if not named:
        await early_words.keep(turn, content, message_id, _words_of(turn))
        turn.tell(WorkshopAsked.Payload(asked.task, asked.page, kept=True))
    elif len(named) == 1:
        await ask_content(turn, named[0])
    return len(named) <= 1


def _is_content(turn: Turn, content: str) -> bool:
    a_picture = turn.written is not None and turn.written.photo
    return a_picture or len(content) > _LONGEST_CHOICE or "\n" in content


def _words_of(turn: Turn) -> dict[str, Any] | None:
    """The message's own words, as they are stored. Raises TooLong like `receive_content`."""
    if turn.written is None:
        return None
    turn.written.check()
    return turn.written.stored()


async def ask_whom(turn: Turn, broadcast_id: int) -> None:
    """Back from the question which role or Land. Raises Refusal like `draft_of_mine`."""
    broadcast = await draft_of_mine(turn, broadcast_id)
    turn.tell(SegmentAsked.Payload((await _anew(turn, broadcast)).id), edit=True)


async def reword(turn: Turn, message_id: int) -> bool:
    """The organiser's message was edited: nobody has confirmed it as it reads now, so that it is previewed anew.

    Returns False if what was made of the message is settled. Raises Refusal like `choose`.
    """
    made = select(Broadcast.id).where(
        Broadcast.author_chat_id == turn.chat_id,
        Broadcast.message_id == message_id,
        Broadcast.state == BroadcastState.DRAFT,
    )
    broadcast_id = await turn.session.scalar(made.order_by(Broadcast.id.desc()).limit(1))
    if broadcast_id is None:
        return await early_words.reword(turn, message_id, _words_of(turn))
    broadcast = await draft_of_mine(turn, broadcast_id)
    broadcast.words = _words_of(turn)
    if broadcast.segment is None:
        turn.tell(EditTaken())
        turn.tell(SegmentAsked.Payload(broadcast.id))
    else:
        segment, value = broadcast.segment, broadcast.segment_value
        await _preview(turn, await _anew(turn, broadcast), segment, value)
    return True


async def choose(turn: Turn, broadcast_id: int, segment: Segment) -> None:
    """Everybody and MPs are chosen with one tap; a role or a Land is asked for next.

    Raises Refusal like `draft_of_mine`, and Refusal(NO_RECIPIENTS) if it would reach nobody.
    """
    broadcast = await _anew(turn, await draft_of_mine(turn, broadcast_id))
    if segment in (Segment.ROLE, Segment.LAND):
        turn.tell(SegmentAsked.Payload(broadcast.id, step=segment), edit=True)
    else:
        await _preview(turn, broadcast, segment, None)


async def choose_value(turn: Turn, broadcast_id: int, segment: Segment, value: str) -> None:
    """This role or this Land. Raises Refusal like `choose`, and Refusal(STALE_BUTTON) for a value that is neither."""
    broadcast = await draft_of_mine(turn, broadcast_id)
    known: Collection[str] = set(Role) if segment is Segment.ROLE else places.LAENDER
    if segment not in (Segment.ROLE, Segment.LAND) or value not in known:
        raise Refusal(Reason.STALE_BUTTON)
    await _preview(turn, await _anew(turn, broadcast), segment, value)


async def _anew(turn: Turn, broadcast: Broadcast) -> Broadcast:
    """Choosing again after the preview makes another broadcast of the same message.

    The one that a second organiser was shown can no longer be confirmed, so that nobody confirms other recipients
    than they have read.
    """
    if broadcast.segment is None:
        return broadcast
    broadcast.state = BroadcastState.DROPPED
    again = Broadcast(
        workshop_id=broadcast.workshop_id,
        author_chat_id=broadcast.author_chat_id,
        message_id=broadcast.message_id,
        words=broadcast.words,
        state=BroadcastState.DRAFT,
        created_at=turn.now,
    )
    turn.session.add(again)
    await turn.session.flush()
    await drafts.end(turn)
    return again


async def _preview(turn: Turn, broadcast: Broadcast, segment: Segment, value: str | None) -> None:
    """Show the message as it will look, and the exact count. A second organiser confirms it, or the count is typed."""
    broadcast.segment, broadcast.segment_value = segment, value
    if not await segments.count(turn.session, broadcast, turn.now):
        raise Refusal(Reason.NO_RECIPIENTS)
    others = await second_organisers(turn, broadcast)
    turn.tell(BroadcastCopy.Payload(broadcast.id))
    turn.tell(BroadcastPreview.Payload(broadcast.id, typed=not others))
    if not others:
        await drafts.await_words(turn, DraftKind.BROADCAST_COUNT, broadcast.id)
        return
    for second in others:
        turn.news(second, BroadcastCopy.Payload(broadcast.id))
        turn.news(second, BroadcastToConfirm.Payload(broadcast.id))
    turn.tell(
        BroadcastWaiting.Payload(broadcast.id, second_organisers=tuple([second.id for second in others]))
    )


async def second_organisers(turn: Turn, broadcast: Broadcast) -> Sequence[Person]:
    """The other organisers of its workshop whom the bot can write to, without those who are pausing."""
    organisers = await team.within_reach(turn.session, turn.operator, Duty.RUN, broadcast.workshop_id)
    return [
        each for each in organisers if each.chat_id != turn.chat_id and not reach.is_paused(each, turn.now)
    ]


async def drop(turn: Turn, broadcast_id: int) -> None:
    """The author thinks again, or a second organiser says no, and the author is told.

    Raises Refusal like `unconfirmed`, and STALE_BUTTON for another organiser before a segment is chosen.
    """
    broadcast = await unconfirmed(turn, broadcast_id)
    mine = broadcast.author_chat_id == turn.chat_id
    if not mine and broadcast.segment is None:
        raise Refusal(Reason.STALE_BUTTON)
    broadcast.state = BroadcastState.DROPPED
    if mine:
        await drafts.end(turn)
    elif author := await intact.person_in_chat(turn.session, broadcast.author_chat_id):
        turn.news(author, BroadcastDropped(by_other=True))
    turn.tell(BroadcastDropped(), edit=True)


async def draft_of_mine(turn: Turn, broadcast_id: int) -> Broadcast:
    """A broadcast of my own that nobody has confirmed yet. Raises Refusal(STALE_BUTTON) for any other."""
    broadcast = await unconfirmed(turn, broadcast_id)
    if broadcast.author_chat_id != turn.chat_id:
        raise Refusal(Reason.STALE_BUTTON)
    return broadcast


async def unconfirmed(turn: Turn, broadcast_id: int) -> Broadcast:
    """A broadcast that nobody has confirmed yet, locked for this turn. Raises Refusal(STALE_BUTTON) for any other."""
    broadcast = await turn.session.get(Broadcast, broadcast_id, with_for_update=True)
    if broadcast is None or broadcast.state is not BroadcastState.DRAFT:
        raise Refusal(Reason.STALE_BUTTON)
    return broadcast

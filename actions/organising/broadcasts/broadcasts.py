"""An organiser's own message becomes a broadcast; whom it goes to is next (`composing`)."""

from typing import Any

from sqlalchemy import select

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.broadcasts import composing, early_words
from actions.organising.broadcasts.composing import draft_of_mine, unconfirmed
from actions.organising.team import team
from db import intact, queries
from db.models import Broadcast, BroadcastState, DraftKind, Workshop
from domain.labels import spelt
from domain.outcomes.organising.broadcasts import BroadcastContentAsked, BroadcastDropped, SegmentAsked, Whole
from domain.outcomes.organising.desk import DeskTask, WorkshopAsked
from domain.outcomes.small import EditTaken
from domain.refusal import Reason, Refusal
from domain.team import NO_WORKSHOP, Duty
from domain.written import Written

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
    """Take the organiser's own message. Of a photo, a video or a file only the words below it are kept, and of an album
    Telegram's ids of what is in it.

    Raises TooLong if there is no room for the line that says who it is from.
    """
    workshop = await desk.chosen(turn, workshop_id)
    await _store(turn, workshop.id, message_id, _words_of(turn))


async def _store(turn: Turn, workshop_id: int, message_id: int, words: dict[str, Any] | None) -> None:
    turn.tell(SegmentAsked.Payload((await _keep(turn, workshop_id, message_id, words)).id))


async def _keep(turn: Turn, workshop_id: int, message_id: int, words: dict[str, Any] | None) -> Broadcast:
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
    return broadcast


async def begin_notice(turn: Turn, workshop_id: int, written: Written) -> None:
    """Preview these words as a notice of the day. Raises Refusal like `composing.preview`, and STALE_BUTTON on another
    day than the workshop's.
    """
    broadcast = await _keep(turn, workshop_id, 0, written.stored())
    await composing.choose(turn, broadcast.id, Whole.NOTICE)


async def receive_next(turn: Turn) -> bool:
    """Take the next picture or file of the album that a broadcast of mine begins with; previewed already, it is
    previewed again. Returns False if it belongs to none.
    """
    drafted = select(Broadcast).where(
        Broadcast.author_chat_id == turn.chat_id, Broadcast.state == BroadcastState.DRAFT
    )
    newest = await turn.session.scalar(drafted.order_by(Broadcast.id.desc()).limit(1).with_for_update())
    said = Written.read(newest.words) if newest is not None and newest.words is not None else None
    if newest is None or said is None or turn.written is None or said.group != turn.written.group:
        return False
    album = said.with_next(turn.written)
    album.check()
    newest.words = album.stored()
    if newest.expected is not None:
        await composing.preview(turn, newest.id)
    return True


async def receive_early(turn: Turn, content: str, message_id: int) -> bool:
    """Take a message that comes while a workshop or recipients are asked for: it is the broadcast, or its new text.

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
    """Part of a workshop's name chooses it, of several none; anything else is kept as the broadcast."""
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
    a_picture = turn.written is not None and turn.written.media
    return a_picture or len(content) > _LONGEST_CHOICE or "\n" in content


def _words_of(turn: Turn) -> dict[str, Any] | None:
    """The message's own words, as they are stored. Raises TooLong like `receive_content`."""
    if turn.written is None:
        return None
    turn.written.check()
    return turn.written.stored()


async def reword(turn: Turn, message_id: int) -> bool:
    """The organiser's message was edited: nobody has confirmed it as it reads now, so that it is previewed again.

    Returns False if what was made of the message is settled. Raises Refusal like `composing.preview`.
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
    if broadcast.expected is None:
        turn.tell(EditTaken())
        turn.tell(SegmentAsked.Payload(broadcast.id))
    else:
        await composing.preview(turn, broadcast.id)
    return True


async def drop(turn: Turn, broadcast_id: int) -> None:
    """The author thinks again, or a second organiser says no, and the author is told.

    Raises Refusal like `unconfirmed`, and STALE_BUTTON for another organiser before a segment is chosen.
    """
    broadcast = await unconfirmed(turn, broadcast_id)
    mine = broadcast.author_chat_id == turn.chat_id
    if not mine and broadcast.expected is None:
        raise Refusal(Reason.STALE_BUTTON)
    broadcast.state = BroadcastState.DROPPED
    if mine:
        await drafts.end(turn)
    elif author := await intact.person_in_chat(turn.session, broadcast.author_chat_id):
        turn.news(author, BroadcastDropped(by_other=True))
    turn.tell(BroadcastDropped(), edit=True)

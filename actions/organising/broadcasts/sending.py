"""A broadcast is confirmed: by a second organiser, or by its author, who types the exact count."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts, outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.organising.broadcasts import running, segments, workshops_chosen
from actions.organising.broadcasts.composing import (
    draft_of_mine,
    preview_card,
    second_organisers,
    sights,
    unconfirmed,
)
from db import intact
from db.models import Broadcast, BroadcastState
from domain.outcomes.organising.broadcasts import (
    BroadcastCopy,
    BroadcastProgress,
    BroadcastToConfirm,
    NoticeSent,
)
from domain.outcomes.small import Refused
from domain.refusal import Reason, Refusal


async def receive_count(turn: Turn, broadcast_id: int, text: str) -> None:
    """Without a second organiser, the author types how many people it reaches: only the exact count sends it.

    Otherwise the preview is shown again, with the count of now. Raises Refusal like `draft_of_mine`, and
    Refusal(NO_RECIPIENTS) if it would reach nobody.
    """
    broadcast = await draft_of_mine(turn, broadcast_id)
    count = await _count(turn, broadcast)
    if text.strip() != str(count):
        turn.tell(Refused(Reason.WRONG_COUNT))
        turn.tell(await preview_card(turn, broadcast, typed=True))
        return
    await drafts.end(turn)
    await _confirm(turn, broadcast, count)


async def confirm(turn: Turn, broadcast_id: int, count: int) -> None:
    """The second organiser confirms that it goes to this many people; if there are more or fewer by now, asks again. A
    notice of the day is let out by its author.

    Raises Refusal(STALE_BUTTON) for anybody else, for whoever was not shown the message, and once its author is no
    organiser any more; Refusal(NO_RECIPIENTS) if it would reach nobody.
    """
    broadcast = await unconfirmed(turn, broadcast_id)
    mine = broadcast.author_chat_id == turn.chat_id
    if mine is not broadcast.notice or broadcast.expected is None:
        raise Refusal(Reason.STALE_BUTTON)
    if broadcast.notice:
        await _let_out(turn, broadcast)
        return
    shown = await transcript.arrived_about(turn.session, turn.chat_id, BroadcastCopy.Payload, broadcast.id)
    if shown is None or not await may_announce(turn.session, broadcast, turn.operator):
        raise Refusal(Reason.STALE_BUTTON)
    if await _count(turn, broadcast) == count:
        await _confirm(turn, broadcast, count)
    else:
        turn.tell(BroadcastToConfirm.Payload(broadcast.id, changed=True))


async def _let_out(turn: Turn, notice: Broadcast) -> None:
    """Whoever is in the hall gets it, even if more have come since: newcomers hold up no notice. The other
    organisers are told.

    Raises Refusal(STALE_BUTTON) once its day is over, and Refusal(NO_RECIPIENTS) like `confirm`.
    """
    if not await segments.may_be_notice(sights(turn), notice):
        raise Refusal(Reason.STALE_BUTTON)
    await _confirm(turn, notice, await _count(turn, notice))
    for other in await second_organisers(turn, notice):
        turn.news(other, BroadcastCopy.Payload(notice.id))
        turn.news(other, NoticeSent.Payload(notice.id))


async def may_announce(session: AsyncSession, broadcast: Broadcast, operator: Operator) -> bool:
    """Whether its author still organises any of its workshops. Asked when it is confirmed, and for each copy."""
    return bool(await workshops_chosen.reached(session, operator, broadcast))


async def _count(turn: Turn, broadcast: Broadcast) -> int:
    """How many people it goes to. No word of theirs is read, so that none can be in the way."""
    count = await segments.count(sights(turn), broadcast)
    if not count:
        raise Refusal(Reason.NO_RECIPIENTS)
    return count


async def _confirm(turn: Turn, broadcast: Broadcast, count: int) -> None:
    """It sets out, or waits for its time.

    Media are copied from the preview, if that has arrived in the author's chat: what the author edits later was not
    confirmed.
    """
    broadcast.message_id = await _previewed(turn, broadcast) or broadcast.message_id
    broadcast.expected = count
    broadcast.confirmed_at, broadcast.confirmed_by = turn.now, turn.chat_id
    broadcast.state = BroadcastState.SCHEDULED
    if goes(broadcast, turn.now):
        await running.set_out(sights(turn), broadcast)
    for chat_id in dict.fromkeys((broadcast.author_chat_id, turn.chat_id)):
        await _show_progress(turn, broadcast, chat_id)


def goes(broadcast: Broadcast, now: datetime) -> bool:
    """Whether it is time for a broadcast that was confirmed."""
    return broadcast.goes_at is None or broadcast.goes_at <= now


async def _previewed(turn: Turn, broadcast: Broadcast) -> int | None:
    """The message that shows the preview to the author, before any copy is owed."""
    shown = await transcript.arrived_about(
        turn.session, broadcast.author_chat_id, BroadcastCopy.Payload, broadcast.id
    )
    return shown.message if shown is not None else None


async def _show_progress(turn: Turn, broadcast: Broadcast, chat_id: int) -> None:
    person = await intact.person_in_chat(turn.session, chat_id)
    outbox.owe(
        turn.session,
        BroadcastProgress.Payload(broadcast.id),
        outbox.Recipient(chat_id, person.id if person else None),
        turn.now,
        key=running.progress_key(broadcast, author=chat_id == broadcast.author_chat_id),
        thread=turn.thread if chat_id == turn.chat_id else None,
    )

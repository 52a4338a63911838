"""A broadcast is confirmed, sent and reported: the exact count, a copy for everybody, and what became of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts, entries, outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected
from actions.exchange.turn import Turn
from actions.organising import segments, team
from actions.organising.broadcasts import draft_of_mine, unconfirmed
from db import intact
from db.models import Broadcast, BroadcastState, Person, Priority, SendState
from domain.outcomes.organising.broadcasts import (
    BroadcastCopy,
    BroadcastPreview,
    BroadcastProgress,
    BroadcastToConfirm,
)
from domain.outcomes.small import Refused
from domain.refusal import Reason, Refusal
from domain.team import Duty


async def receive_count(turn: Turn, broadcast_id: int, text: str) -> None:
    """Without a second organiser, the author types how many people it reaches: only the exact count sends it.

    Otherwise the preview is shown again, with the count of now. Raises Refusal like `draft_of_mine`, and
    Refusal(NO_RECIPIENTS) if it would reach nobody.
    """
    broadcast = await draft_of_mine(turn, broadcast_id)
    people = await _recipients(turn, broadcast)
    if text.strip() != str(len(people)):
        turn.tell(Refused(Reason.WRONG_COUNT))
        turn.tell(BroadcastPreview.Payload(broadcast.id, typed=True))
        return
    await drafts.end(turn)
    await _confirm(turn, broadcast, people)


async def confirm(turn: Turn, broadcast_id: int, count: int) -> None:
    """The second organiser confirms that it goes to so many people; if these are more or fewer by now, asks again.

    Raises Refusal(STALE_BUTTON) for the author, for whoever was not shown the message, and once its author is no
    organiser any more; Refusal(NO_RECIPIENTS) if it would reach nobody.
    """
    broadcast = await unconfirmed(turn, broadcast_id)
    if broadcast.author_chat_id == turn.chat_id or broadcast.segment is None:
        raise Refusal(Reason.STALE_BUTTON)
    shown = await transcript.arrived_about(turn.session, turn.chat_id, BroadcastCopy.Payload, broadcast.id)
    if shown is None or not await may_announce(turn.session, broadcast, turn.operator):
        raise Refusal(Reason.STALE_BUTTON)
    people = await _recipients(turn, broadcast)
    if len(people) == count:
        await _confirm(turn, broadcast, people)
    else:
        turn.tell(BroadcastToConfirm.Payload(broadcast.id, changed=True))


async def may_announce(session: AsyncSession, broadcast: Broadcast, operator: Operator) -> bool:
    """Whether its author still organises its workshop. Asked when it is confirmed, and for each copy that goes out."""
    author, workshop_id = broadcast.author_chat_id, broadcast.workshop_id
    return await team.may(session, operator, author, Duty.RUN, workshop_id)


async def _recipients(turn: Turn, broadcast: Broadcast) -> Sequence[outbox.Recipient]:
    """Everybody it goes to. No word of theirs is read, so that none can be in the way."""
    rule = segments.recipients(broadcast, turn.now)
    people = await turn.session.execute(select(Person.chat_id, Person.id).where(*rule))
    to = [outbox.Recipient(chat_id, person_id) for chat_id, person_id in people if chat_id is not None]
    if not to:
        raise Refusal(Reason.NO_RECIPIENTS)
    return to


async def _confirm(turn: Turn, broadcast: Broadcast, people: Sequence[outbox.Recipient]) -> None:
    """Owe a copy to each of them in the transaction of the confirmation: nobody is left out or served twice.

    A photo is copied from the preview, if that has arrived in the author's chat: what the author edits later was not
    confirmed.
    """
    broadcast.message_id = await _previewed(turn, broadcast) or broadcast.message_id
    broadcast.state, broadcast.confirmed_at = BroadcastState.CONFIRMED, turn.now
    broadcast.confirmed_by = turn.chat_id
    for each in people:
        _owe_copy(turn, broadcast, each)
    for chat_id in dict.fromkeys((broadcast.author_chat_id, turn.chat_id)):
        await _show_progress(turn, broadcast, chat_id)


async def _previewed(turn: Turn, broadcast: Broadcast) -> int | None:
    """The message that shows the preview to the author, before any copy is owed."""
    shown = await transcript.arrived_about(
        turn.session, broadcast.author_chat_id, BroadcastCopy.Payload, broadcast.id
    )
    return shown.message if shown is not None else None


def _progress_key(broadcast: Broadcast, *, author: bool) -> str:
    """The key of the row that shows the progress to the author, or else to the second organiser."""
    return f"progress:{broadcast.id}" if author else f"progress:{broadcast.id}:second"


async def _show_progress(turn: Turn, broadcast: Broadcast, chat_id: int) -> None:
    person = await intact.person_in_chat(turn.session, chat_id)
    outbox.owe(
        turn.session,
        BroadcastProgress.Payload(broadcast.id),
        outbox.Recipient(chat_id, person.id if person else None),
        turn.now,
        key=_progress_key(broadcast, author=chat_id == broadcast.author_chat_id),
        thread=turn.thread if chat_id == turn.chat_id else None,
    )


def _owe_copy(turn: Turn, broadcast: Broadcast, to: outbox.Recipient) -> None:
    outbox.owe(
        turn.session,
        BroadcastCopy.Payload(broadcast.id),
        to,
        turn.now,
        priority=Priority.BROADCAST,
        key=f"broadcast:{broadcast.id}:{to.person_id}",
    )


async def send_again(turn: Turn, broadcast_id: int) -> None:
    """Send it once more to those who did not get it, or perhaps did not, and may still be written to.

    Raises Refusal(STALE_BUTTON) while it is under way, once its words are gone, or its author is no organiser any more;
    Refusal(NO_RECIPIENTS) if nobody is left of them.
    """
    broadcast = await turn.session.get(Broadcast, broadcast_id, with_for_update=True)
    if broadcast is None or broadcast.state is not BroadcastState.FINISHED or broadcast.words is None:
        raise Refusal(Reason.STALE_BUTTON)
    if not await may_announce(turn.session, broadcast, turn.operator):
        raise Refusal(Reason.STALE_BUTTON)
    people = select(Person.id).where(*segments.recipients(broadcast, turn.now))
    copy = BroadcastCopy.Payload(broadcast.id)
    if not await outbox.owe_again(turn.session, copy, people, turn.now, Priority.BROADCAST):
        raise Refusal(Reason.NO_RECIPIENTS)
    broadcast.state, broadcast.confirmed_at = BroadcastState.CONFIRMED, turn.now
    turn.tell(BroadcastProgress.Payload(broadcast.id), edit=True)


# --- the report


async def progress(session: AsyncSession, broadcast: Broadcast) -> BroadcastProgress:
    """What became of the copies, counted from their rows. Each is in exactly one figure, or still open."""
    tally = await transcript.tally(session, BroadcastCopy.Payload, broadcast.id, Priority.BROADCAST)

    def total(*states: SendState, gone: bool | None = None) -> int:
        return sum(each.count for each in tally if each.state in states and gone in (None, each.unreachable))

    return BroadcastProgress(
        broadcast_id=broadcast.id,
        total=sum(each.count for each in tally),
        delivered=total(SendState.SENT),
        unreachable=total(SendState.DEAD, SendState.CANCELLED, gone=True),
        failed=total(SendState.DEAD, gone=False),
        repeats=sum(each.count for each in tally if each.repeated and each.state is SendState.SENT),
        undecided=total(SendState.UNDECIDED),
        withdrawn=total(SendState.CANCELLED, gone=False),
        finished=total(*outbox.OPEN) == 0,
    )


_IS_RUNNING = Broadcast.state == BroadcastState.CONFIRMED
_RUNNING = select(Broadcast.id).where(_IS_RUNNING)


def informing(now: datetime) -> Pass:
    """The pass that edits the progress of running broadcasts; the last edit is the report."""

    async def inform(session: AsyncSession, broadcast_id: int) -> None:
        own = select(Broadcast).where(Broadcast.id == broadcast_id, _IS_RUNNING)
        broadcast = await session.scalar(own.with_for_update())
        if broadcast is not None:
            await _inform(session, broadcast, now)

    return Pass(Selected(_RUNNING), inform)


async def _inform(session: AsyncSession, broadcast: Broadcast, now: datetime) -> None:
    report = await progress(session, broadcast)
    if report.finished:
        broadcast.state = BroadcastState.FINISHED
    for author in (True, False):
        shown = await transcript.owed_as(session, _progress_key(broadcast, author=author))
        if shown is not None:
            await _edit_progress(session, shown, report, broadcast.confirmed_at, now)


async def _edit_progress(
    session: AsyncSession,
    shown: entries.Entry,
    report: BroadcastProgress,
    since: datetime | None,
    now: datetime,
) -> None:
    """One edit at a time, and only if a figure has changed: the key carries the figures, and when it was let out."""
    done = report.delivered + report.unreachable + report.failed + report.undecided + report.withdrawn
    run = int(since.timestamp()) if since is not None else 0
    key = f"{shown.row.key}:{run}:{done}:{int(report.finished)}"
    if await transcript.was_owed(session, key):
        return
    if not report.finished and await transcript.is_being_changed(session, shown.row.id):
        return
    payload = BroadcastProgress.Payload(report.broadcast_id)
    outbox.owe(session, payload, shown.recipient, now, key=key, edits_row=shown.row.id)

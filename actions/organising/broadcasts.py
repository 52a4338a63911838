"""Organisers speak to many: one message, a segment, an exact count, a second look, and a report."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts, outbox, transcript
from actions.exchange.turn import Turn
from actions.organising import desk, segments
from db import queries, reach
from db.models import (
    Broadcast,
    BroadcastState,
    DraftKind,
    Person,
    Priority,
    SendState,
)
from domain import places
from domain.outcomes.organising import (
    BroadcastContentAsked,
    BroadcastCopy,
    BroadcastDropped,
    BroadcastPreview,
    BroadcastProgress,
    BroadcastToConfirm,
    BroadcastWaiting,
    DeskTask,
    Segment,
    SegmentAsked,
)
from domain.outcomes.small import Refused
from domain.refusal import Reason, Refusal
from domain.roles import Role


async def begin(turn: Turn) -> None:
    await desk.choose_workshop(turn, DeskTask.BROADCAST, ask_content)


async def ask_content(turn: Turn, workshop_id: int) -> None:
    """From here on the announcement belongs to this workshop, whichever comes after it."""
    workshop = await desk.chosen(turn, workshop_id)
    await drafts.await_words(turn, DraftKind.BROADCAST_CONTENT, workshop.id)
    turn.tell(BroadcastContentAsked.Payload(workshop.id))


async def hear_content(turn: Turn, workshop_id: int, message_id: int) -> None:
    """The organiser's own message, text or photo with caption: it is copied, never stored."""
    broadcast = Broadcast(
        workshop_id=(await desk.chosen(turn, workshop_id)).id,
        author_chat_id=turn.chat_id,
        message_id=message_id,
        state=BroadcastState.DRAFT,
        created_at=turn.now,
    )
    turn.session.add(broadcast)
    await turn.session.flush()
    await drafts.end(turn)
    turn.tell(SegmentAsked.Payload(broadcast.id))


async def choose(turn: Turn, broadcast_id: int, segment: Segment) -> None:
    """Everybody and MPs are chosen at once; role and Land ask which."""
    broadcast = await _anew(turn, await _draft(turn, broadcast_id))
    if segment in (Segment.ROLE, Segment.LAND):
        turn.tell(SegmentAsked.Payload(broadcast.id, step=segment), edit=True)
    else:
        await _preview(turn, broadcast, segment, None)


async def choose_value(turn: Turn, broadcast_id: int, segment: Segment, value: str) -> None:
    broadcast = await _draft(turn, broadcast_id)
    known: Collection[str] = set(Role) if segment is Segment.ROLE else places.LAENDER
    if segment not in (Segment.ROLE, Segment.LAND) or value not in known:
        raise Refusal(Reason.STALE_BUTTON)
    await _preview(turn, await _anew(turn, broadcast), segment, value)


async def _anew(turn: Turn, broadcast: Broadcast) -> Broadcast:
    """Chosen again after the preview: another announcement of the same message. What a second organiser was shown
    can no longer be confirmed, so nobody confirms other recipients than they read.
    """
    if broadcast.segment is None:
        return broadcast
    broadcast.state = BroadcastState.DROPPED
    again = Broadcast(
        workshop_id=broadcast.workshop_id,
        author_chat_id=broadcast.author_chat_id,
        message_id=broadcast.message_id,
        state=BroadcastState.DRAFT,
        created_at=turn.now,
    )
    turn.session.add(again)
    await turn.session.flush()
    await drafts.end(turn)
    return again


async def _preview(turn: Turn, broadcast: Broadcast, segment: Segment, value: str | None) -> None:
    """The message as it will look, then the exact count; a second organiser confirms, or the count is typed."""
    broadcast.segment, broadcast.segment_value = segment, value
    if not await segments.count(turn.session, broadcast, turn.now):
        raise Refusal(Reason.NO_RECIPIENTS)
    others = await second_organisers(turn)
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


async def second_organisers(turn: Turn) -> Sequence[Person]:
    """The other organisers whom the bot can write to."""
    others = [chat_id for chat_id in turn.operator.owners if chat_id != turn.chat_id]
    return (
        await turn.session.scalars(
            select(Person).where(Person.chat_id.in_(others), reach.reachable()).order_by(Person.id)
        )
    ).all()


async def hear_count(turn: Turn, broadcast_id: int, text: str) -> None:
    """The sender types how many people it reaches; anything else sends nothing, and the count of now is shown."""
    broadcast = await _draft(turn, broadcast_id)
    people = await _recipients(turn, broadcast)
    if text.strip() != str(len(people)):
        turn.tell(Refused(Reason.WRONG_COUNT))
        turn.tell(BroadcastPreview.Payload(broadcast.id, typed=True))
        return
    await drafts.end(turn)
    await _confirm(turn, broadcast, people)


async def confirm(turn: Turn, broadcast_id: int, count: int) -> None:
    """The second organiser's tap, to so many people. Where they are more or fewer by now, the new count is shown."""
    broadcast = await _open(turn, broadcast_id)
    if broadcast.author_chat_id == turn.chat_id or broadcast.segment is None:
        raise Refusal(Reason.STALE_BUTTON)
    people = await _recipients(turn, broadcast)
    if len(people) == count:
        await _confirm(turn, broadcast, people)
    else:
        turn.tell(BroadcastToConfirm.Payload(broadcast.id, changed=True))


async def _recipients(turn: Turn, broadcast: Broadcast) -> Sequence[Person]:
    rule = segments.recipients(broadcast, turn.now)
    people = (await turn.session.scalars(select(Person).where(*rule))).all()
    if not people:
        raise Refusal(Reason.NO_RECIPIENTS)
    return people


async def _confirm(turn: Turn, broadcast: Broadcast, people: Sequence[Person]) -> None:
    """One outbox row for everybody, in one transaction with the confirmation: no gap, no double, whatever dies.

    From here on the preview is copied, once it stands in the author's chat: what the author edits later was not
    confirmed.
    """
    broadcast.message_id = await _previewed(turn, broadcast) or broadcast.message_id
    broadcast.state, broadcast.confirmed_at = BroadcastState.CONFIRMED, turn.now
    broadcast.confirmed_by = turn.chat_id
    for person in people:
        _owe_copy(turn, broadcast, person)
    for chat_id in dict.fromkeys((broadcast.author_chat_id, turn.chat_id)):
        await _show_progress(turn, broadcast, chat_id)


async def _previewed(turn: Turn, broadcast: Broadcast) -> int | None:
    """The message that shows the preview to the author, before any copy is owed."""
    shown = await transcript.arrived_about(
        turn.session, broadcast.author_chat_id, BroadcastCopy.Payload, broadcast.id
    )
    return shown.message if shown is not None else None


def _progress_key(broadcast: Broadcast, *, author: bool) -> str:
    """Of the message that shows the progress: to the author, or to the second organiser."""
    return f"progress:{broadcast.id}" if author else f"progress:{broadcast.id}:second"


async def _show_progress(turn: Turn, broadcast: Broadcast, chat_id: int) -> None:
    person = await queries.person_in_chat(turn.session, chat_id)
    outbox.owe(
        turn.session,
        BroadcastProgress.Payload(broadcast.id),
        outbox.Recipient(chat_id, person.id if person else None),
        turn.now,
        key=_progress_key(broadcast, author=chat_id == broadcast.author_chat_id),
    )


def _owe_copy(turn: Turn, broadcast: Broadcast, person: Person) -> None:
    outbox.owe(
        turn.session,
        BroadcastCopy.Payload(broadcast.id),
        outbox.Recipient.of(person),
        turn.now,
        priority=Priority.BROADCAST,
        key=f"broadcast:{broadcast.id}:{person.id}",
    )


async def drop(turn: Turn, broadcast_id: int) -> None:
    """The author thinks again, or a second organiser says no: then the author is told."""
    broadcast = await _open(turn, broadcast_id)
    mine = broadcast.author_chat_id == turn.chat_id
    if not mine and broadcast.segment is None:
        raise Refusal(Reason.STALE_BUTTON)
    broadcast.state = BroadcastState.DROPPED
    if mine:
        await drafts.end(turn)
    elif author := await queries.person_in_chat(turn.session, broadcast.author_chat_id):
        turn.news(author, BroadcastDropped(by_other=True))
    turn.tell(BroadcastDropped(), edit=True)


async def _draft(turn: Turn, broadcast_id: int) -> Broadcast:
    """My own announcement that nobody confirmed yet."""
    broadcast = await _open(turn, broadcast_id)
    if broadcast.author_chat_id != turn.chat_id:
        raise Refusal(Reason.STALE_BUTTON)
    return broadcast


async def _open(turn: Turn, broadcast_id: int) -> Broadcast:
    desk.check(turn)
    broadcast = await turn.session.get(Broadcast, broadcast_id, with_for_update=True)
    if broadcast is None or broadcast.state is not BroadcastState.DRAFT:
        raise Refusal(Reason.STALE_BUTTON)
    return broadcast


# --- what became of it


async def progress(session: AsyncSession, broadcast: Broadcast) -> BroadcastProgress:
    """Counted from the rows themselves. Every row is in exactly one figure or still open."""
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


async def keep_informed(session: AsyncSession, now: datetime) -> int:
    """The clock: edit the progress of running broadcasts; the last edit is the report. How many still run."""
    running = await session.scalars(select(Broadcast).where(Broadcast.state == BroadcastState.CONFIRMED))
    still = 0
    for broadcast in running.all():
        report = await progress(session, broadcast)
        if report.finished:
            broadcast.state = BroadcastState.FINISHED
        else:
            still += 1
        for author in (True, False):
            key = _progress_key(broadcast, author=author)
            shown = await transcript.owed_as(session, key)
            if shown is not None:
                await _edit_progress(session, shown, report, now)
    return still


async def _edit_progress(
    session: AsyncSession, shown: transcript.Entry, report: BroadcastProgress, now: datetime
) -> None:
    """One edit at a time and only when a figure changed: the key carries the figures."""
    done = report.delivered + report.unreachable + report.failed + report.undecided + report.withdrawn
    key = f"{shown.row.key}:{done}:{int(report.finished)}"
    if await transcript.was_owed(session, key):
        return
    if not report.finished and await transcript.is_being_changed(session, shown.row.id):
        return
    payload = BroadcastProgress.Payload(report.broadcast_id)
    outbox.owe(session, payload, shown.recipient, now, key=key, edits_row=shown.row.id)

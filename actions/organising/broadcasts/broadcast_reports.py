"""How a broadcast goes: its progress, which is edited while it runs and is its report in the end."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries, mailings, outbox, transcript
from actions.exchange.mailings import CopyTally, Mailing
from actions.exchange.passes import Pass, Selected
from actions.organising.broadcasts import stopping
from actions.organising.broadcasts.running import copies, locked, progress_key
from db.models import Broadcast, BroadcastEnd, BroadcastState, SendState
from domain.outcomes.organising.broadcasts import BroadcastProgress, BroadcastTakenBack, Phase

_PHASES = {
    BroadcastState.SCHEDULED: Phase.SCHEDULED,
    BroadcastState.HALTED: Phase.HALTED,
    BroadcastState.FINISHED: Phase.FINISHED,
}
_ENDS = {BroadcastEnd.CALLED_OFF: Phase.CALLED_OFF, BroadcastEnd.RECALLED: Phase.RECALLED}


async def progress(session: AsyncSession, broadcast: Broadcast, now: datetime) -> BroadcastProgress:
    """What became of the copies, counted from their rows. Each is in exactly one figure, or still open."""
    tally = await mailings.tally(session, copies(broadcast.id))
    owed = sum(each.count for each in tally)
    begun = broadcast.state is not BroadcastState.SCHEDULED and broadcast.owed_up_to is None
    everybody = owed if begun else max(owed, broadcast.expected or 0)
    halted = sum(each.count for each in tally if each.halted)
    deleted, undeletable = await _deletions(session, broadcast)
    return BroadcastProgress(
        broadcast_id=broadcast.id,
        total=everybody,
        delivered=_total(tally, SendState.SENT),
        unreachable=_total(tally, SendState.DEAD, SendState.CANCELLED, gone=True),
        failed=_total(tally, SendState.DEAD, gone=False),
        repeats=sum(each.count for each in tally if each.repeated and each.state is SendState.SENT),
        undecided=_total(tally, SendState.UNDECIDED),
        withdrawn=_total(tally, SendState.CANCELLED, gone=False) - halted,
        unsent=halted + (everybody - owed if _is_stopped(broadcast) else 0),
        deleted=deleted,
        undeletable=undeletable,
        finished=await _is_over(session, broadcast, tally),
        phase=phase(broadcast),
        recall_until=stopping.recallable_until(broadcast, now),
        run=stopping.run_of(broadcast),
    )


def _total(tally: list[CopyTally], *states: SendState, gone: bool | None = None) -> int:
    return sum(each.count for each in tally if each.state in states and gone in (None, each.unreachable))


def _is_stopped(broadcast: Broadcast) -> bool:
    return broadcast.ended is not None or broadcast.state is BroadcastState.HALTED


async def _deletions(session: AsyncSession, broadcast: Broadcast) -> tuple[int, int]:
    """How many copies were deleted, and of how many that was refused."""
    if broadcast.ended is not BroadcastEnd.RECALLED:
        return 0, 0
    tally = await mailings.tally(session, Mailing(BroadcastTakenBack.Payload, broadcast.id))
    return _total(tally, SendState.SENT), _total(tally, SendState.DEAD, SendState.CANCELLED)


async def _is_over(session: AsyncSession, broadcast: Broadcast, tally: list[CopyTally]) -> bool:
    """Whether nothing moves any more. What is halted may go on."""
    waits = broadcast.state in (BroadcastState.HALTED, BroadcastState.SCHEDULED)
    if waits or _total(tally, *outbox.OPEN):
        return False
    if broadcast.ended is BroadcastEnd.RECALLED:
        return await mailings.is_taken_back(session, copies(broadcast.id), BroadcastTakenBack.Payload)
    return broadcast.ended is not None or broadcast.owed_up_to is None


def phase(broadcast: Broadcast) -> Phase:
    if broadcast.ended is not None:
        return _ENDS[broadcast.ended]
    if broadcast.state in _PHASES:
        return _PHASES[broadcast.state]
    return Phase.RUNNING


_SHOWN = Broadcast.state.in_((BroadcastState.CONFIRMED, BroadcastState.HALTED))
_TO_SHOW = select(Broadcast.id).where(_SHOWN)


def informing(now: datetime) -> Pass:
    """The pass that edits the progress of running broadcasts; the last edit is the report."""

    async def inform(session: AsyncSession, broadcast_id: int) -> None:
        broadcast = await locked(session, broadcast_id, _SHOWN)
        if broadcast is not None:
            await _inform(session, broadcast, now)

    return Pass(Selected(_TO_SHOW), inform)


async def _inform(session: AsyncSession, broadcast: Broadcast, now: datetime) -> None:
    report = await progress(session, broadcast, now)
    if report.finished:
        broadcast.state = BroadcastState.FINISHED
    for author in (True, False):
        shown = await transcript.owed_as(session, progress_key(broadcast, author=author))
        if shown is not None:
            await _edit_progress(session, shown, report, now)


async def _edit_progress(
    session: AsyncSession,
    shown: entries.Entry,
    report: BroadcastProgress,
    now: datetime,
) -> None:
    """One edit at a time, and only if something has changed: the key carries the figures, and when it was let out."""
    done = report.delivered + report.unreachable + report.failed + report.undecided + report.withdrawn
    gone = report.unsent + report.deleted + report.undeletable
    how = f"{report.phase}:{int(report.finished)}"
    key = f"{shown.row.key}:{report.run}:{done}:{gone}:{how}"
    if await transcript.was_owed(session, key):
        return
    if not report.finished and await transcript.is_being_changed(session, shown.row.id):
        return
    payload = BroadcastProgress.Payload(report.broadcast_id)
    outbox.owe(session, payload, shown.recipient, now, key=key, edits_row=shown.row.id)

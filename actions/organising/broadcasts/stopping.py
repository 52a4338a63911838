"""An organiser stops a broadcast: halts it, calls it off, recalls it; or sends it again to those who missed it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import mailings, outbox
from actions.exchange.passes import Pass, Selected
from actions.exchange.turn import Turn
from actions.organising.broadcasts import segments, sending
from actions.organising.broadcasts.composing import sights
from actions.organising.broadcasts.running import BATCH, IS_RUNNING, copies, in_batches, locked
from db.models import Broadcast, BroadcastEnd, BroadcastState, Person, Priority
from domain.outcomes.organising.broadcasts import BroadcastCopy, BroadcastProgress, BroadcastTakenBack
from domain.refusal import Reason, Refusal
from domain.versions import version_of

RECALLABLE = timedelta(minutes=2)
"""How long after it has set out all of it can be taken back; as long as it is under way, in any case."""
_UNDER_WAY = (BroadcastState.CONFIRMED, BroadcastState.HALTED)


async def halt(turn: Turn, broadcast_id: int) -> None:
    """Nothing more goes out until somebody lets it go on. Raises Refusal(STALE_BUTTON) if it is not running."""
    broadcast = await _under_way(turn, broadcast_id, BroadcastState.CONFIRMED)
    broadcast.state = BroadcastState.HALTED
    await mailings.halt(turn.session, copies(broadcast.id))
    _show(turn, broadcast)


async def go_on(turn: Turn, broadcast_id: int) -> None:
    """Go on where it was halted: nobody gets it twice. Raises Refusal(STALE_BUTTON) if it was not
    halted, or once its words are gone.
    """
    broadcast = await _under_way(turn, broadcast_id, BroadcastState.HALTED)
    if broadcast.words is None:
        raise Refusal(Reason.STALE_BUTTON)
    broadcast.state = BroadcastState.CONFIRMED
    await mailings.go_on(turn.session, copies(broadcast.id), turn.now)
    _show(turn, broadcast)


async def call_off(turn: Turn, broadcast_id: int) -> None:
    """What has not gone out never does; what has arrived stays. Raises Refusal(STALE_BUTTON) if it is over."""
    await _end(turn, await _under_way(turn, broadcast_id, *_UNDER_WAY), BroadcastEnd.CALLED_OFF)


async def recall(turn: Turn, broadcast_id: int) -> None:
    """What has not gone out never does, and what has arrived is deleted where Telegram allows it.

    Raises Refusal(TOO_LATE_TO_RECALL) after that, and Refusal(STALE_BUTTON) if it was ended early or never set out.
    """
    broadcast = await _under_way(turn, broadcast_id, *_UNDER_WAY, BroadcastState.FINISHED)
    if recallable_until(broadcast, turn.now) is None:
        raise Refusal(Reason.TOO_LATE_TO_RECALL)
    await _end(turn, broadcast, BroadcastEnd.RECALLED)


def recallable_until(broadcast: Broadcast, now: datetime) -> datetime | None:
    """Until when all of it can be taken back, if it is not under way for longer; None once that is over."""
    if (
        broadcast.confirmed_at is None
        or broadcast.ended is not None
        or broadcast.state is BroadcastState.SCHEDULED
    ):
        return None
    until = broadcast.confirmed_at + RECALLABLE
    return until if broadcast.state in _UNDER_WAY or now < until else None


async def _end(turn: Turn, broadcast: Broadcast, how: BroadcastEnd) -> None:
    broadcast.state, broadcast.ended = BroadcastState.CONFIRMED, how
    await mailings.halt(turn.session, copies(broadcast.id), for_good=True)
    _show(turn, broadcast)


async def _under_way(turn: Turn, broadcast_id: int, *states: BroadcastState) -> Broadcast:
    """A broadcast in one of these states that nobody has ended, locked for this turn.

    Raises Refusal(STALE_BUTTON) for any other.
    """
    broadcast = await locked(
        turn.session, broadcast_id, Broadcast.state.in_(states), Broadcast.ended.is_(None)
    )
    if broadcast is None:
        raise Refusal(Reason.STALE_BUTTON)
    return broadcast


def _show(turn: Turn, broadcast: Broadcast) -> None:
    turn.tell(BroadcastProgress.Payload(broadcast.id), edit=True)


def run_of(broadcast: Broadcast) -> int:
    """When it was let out last, in seconds."""
    return int(broadcast.confirmed_at.timestamp()) if broadcast.confirmed_at is not None else 0


async def send_again(turn: Turn, broadcast_id: int, seen: int) -> None:
    """Send it once more to those who did not get it, or perhaps did not, and may still be written to. `seen`: the
    version of the report; if somebody has sent it again since, what became of that is shown.

    Raises Refusal(STALE_BUTTON) while it is under way, if it was ended early, once its words are gone, or its author
    is no longer an organiser; Refusal(NO_RECIPIENTS) if nobody is left of them.
    """
    broadcast = await _under_way(turn, broadcast_id, BroadcastState.FINISHED)
    if broadcast.words is None or not await sending.may_announce(turn.session, broadcast, turn.operator):
        raise Refusal(Reason.STALE_BUTTON)
    if seen != version_of(run_of(broadcast)):
        _show(turn, broadcast)
        return
    people = select(Person.id).where(*await segments.recipients(sights(turn), broadcast))
    copy = BroadcastCopy.Payload(broadcast.id)
    if not await outbox.owe_again(turn.session, copy, people, turn.now, Priority.BROADCAST):
        raise Refusal(Reason.NO_RECIPIENTS)
    broadcast.state, broadcast.confirmed_at = BroadcastState.CONFIRMED, turn.now
    _show(turn, broadcast)


_RECALLED = (IS_RUNNING, Broadcast.ended == BroadcastEnd.RECALLED)
_TO_TAKE_BACK = select(Broadcast.id).where(*_RECALLED)


def taking_back(now: datetime) -> Pass:
    """The pass that deletes what has arrived of broadcasts that were recalled, as fast as that goes out."""

    async def find(session: AsyncSession) -> Iterable[int]:
        return await in_batches(session, _TO_TAKE_BACK, BroadcastTakenBack.Payload)

    async def take_back(session: AsyncSession, broadcast_id: int) -> None:
        if await locked(session, broadcast_id, *_RECALLED) is not None:
            back = BroadcastTakenBack.Payload(broadcast_id)
            await mailings.take_back(session, copies(broadcast_id), back, now, BATCH)

    return Pass(Selected(_TO_TAKE_BACK, narrowed=find), take_back)

"""A broadcast for later: its time is typed, read by the operator's clock, and changed until it sets out."""

from datetime import datetime, timedelta

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising.broadcasts import composing
from actions.organising.broadcasts.composing import broadcast_of_mine
from actions.organising.broadcasts.running import locked
from db.models import Broadcast, BroadcastState, DraftKind
from domain.calendar import instant
from domain.days import parse_day, time_of_day
from domain.outcomes.organising.broadcasts import BroadcastDropped, BroadcastTimeAsked
from domain.refusal import Reason, Refusal

FURTHEST = timedelta(days=60)


async def ask(turn: Turn, broadcast_id: int) -> None:
    """The next words say when it goes out. Raises Refusal like `broadcast_of_mine`."""
    broadcast = await broadcast_of_mine(turn, broadcast_id)
    await drafts.await_words(turn, DraftKind.BROADCAST_TIME, broadcast.id)
    turn.tell(BroadcastTimeAsked.Payload(broadcast.id))


async def receive(turn: Turn, broadcast_id: int, text: str) -> None:
    """Take a time, today if no day is named, and preview it again, since the time is confirmed with the rest.

    Raises Refusal(UNKNOWN_TIME) for what names no time from now on, or one further ahead than FURTHEST, and Refusal
    like `composing.preview`.
    """
    broadcast = await broadcast_of_mine(turn, broadcast_id)
    at = time_of_day(text)
    day = parse_day(text, turn.today) or turn.today
    goes_at = instant(day, at, turn.operator.zone) if at is not None else None
    if goes_at is None or not turn.now < goes_at <= turn.now + FURTHEST:
        raise Refusal(Reason.UNKNOWN_TIME)
    await _preview(turn, broadcast, goes_at)


async def at_once(turn: Turn, broadcast_id: int) -> None:
    """It goes out as soon as it is confirmed. Raises Refusal like `composing.preview`."""
    await _preview(turn, await broadcast_of_mine(turn, broadcast_id), None)


async def _preview(turn: Turn, broadcast: Broadcast, goes_at: datetime | None) -> None:
    broadcast.goes_at = goes_at
    await drafts.end(turn)
    await composing.preview(turn, broadcast.id)


async def change(turn: Turn, broadcast_id: int) -> None:
    """Its author thinks again of one that was confirmed for later: it is previewed, and has to be confirmed again.

    Raises Refusal(STALE_BUTTON) for anybody else, and once it has set out.
    """
    broadcast = await _scheduled(turn, broadcast_id)
    if broadcast.author_chat_id != turn.chat_id:
        raise Refusal(Reason.STALE_BUTTON)
    broadcast.state = BroadcastState.DRAFT
    await composing.preview(turn, broadcast.id)


async def call_off(turn: Turn, broadcast_id: int) -> None:
    """It never sets out. Raises Refusal(STALE_BUTTON) once it has."""
    broadcast = await _scheduled(turn, broadcast_id)
    broadcast.state = BroadcastState.DROPPED
    turn.tell(BroadcastDropped(), edit=True)


async def _scheduled(turn: Turn, broadcast_id: int) -> Broadcast:
    found = await locked(turn.session, broadcast_id, Broadcast.state == BroadcastState.SCHEDULED)
    if found is None:
        raise Refusal(Reason.STALE_BUTTON)
    return found

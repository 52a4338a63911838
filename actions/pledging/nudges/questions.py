"""The question that a button is about."""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, or_, select, union_all

from actions.exchange import entries, transcript
from actions.exchange.turn import Turn
from actions.pledging import pledges
from db.models import Nudge, Pledge
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.pledging.snoozes import NextAsked
from domain.refusal import Reason, Refusal


async def show_next(turn: Turn, pledge_id: int) -> None:
    """When I am asked next about this pledge. Raises Refusal(STALE_BUTTON) if it is not mine."""
    pledge = await pledges.mine(turn, pledge_id)
    turn.tell(NextAsked.Payload(pledge.id))


async def turn_page(turn: Turn, row_id: int, pledge_id: int) -> None:
    """Show the page with this pledge in the message that asks about it. Raises Refusal(STALE_BUTTON) if it is not mine,
    or the tap was in no such message.
    """
    pledge = await pledges.mine(turn, pledge_id)
    asked = select(Nudge).where(
        asked_by(row_id), Nudge.pledge_id == pledge.id, Nudge.person_id == turn.party.id
    )
    nudge = await turn.session.scalar(asked)
    pressed = await pressed_in(turn, nudge) if nudge is not None else None
    if pressed is None:
        raise Refusal(Reason.STALE_BUTTON)
    turn.tell(Nudged.Payload(pressed, at=pledge.id), edit=True)


async def of_mine(turn: Turn, pledge: Pledge, period: Period) -> Nudge:
    """The question about this period that was planned for me. Raises Refusal(STALE_BUTTON) if there is none."""
    nudge = await turn.session.scalar(
        select(Nudge).where(
            Nudge.pledge_id == pledge.id, Nudge.person_id == turn.party.id, Nudge.period == period
        )
    )
    if nudge is None:
        raise Refusal(Reason.STALE_BUTTON)
    return nudge


async def pressed_in(turn: Turn, nudge: Nudge) -> int | None:
    """The row of the very message that asked this, first or again, if the tap was in it or in one that took its place
    because it was gone; else None.
    """
    if turn.pressed is None:
        return None
    rows = [row for row in (nudge.outbox_id, nudge.again_id) if row is not None]
    for row in rows:
        asked = await transcript.arrived(turn.session, (row,))
        if asked is not None and asked.is_in(turn.pressed):
            return row
    pressed = await transcript.shown_in(turn.session, turn.chat_id, turn.pressed)
    first = asked_first(pressed) if pressed is not None else None
    return first if first in rows else None


def asked_by(row_id: Any) -> ColumnElement[bool]:
    """The condition that this row of the outbox asked a question, first or again."""
    return or_(Nudge.outbox_id == row_id, Nudge.again_id == row_id)


def messages(*which: ColumnElement[bool]) -> CompoundSelect[int | None]:
    """The rows of the outbox that asked these questions, first or again."""
    return union_all(
        select(Nudge.outbox_id).where(Nudge.outbox_id.is_not(None), *which),
        select(Nudge.again_id).where(Nudge.again_id.is_not(None), *which),
    )


def asked_first(entry: entries.Entry) -> int | None:
    """The id of the row that asked first what this message asks; None if it asks about no pledge."""
    payload = entry.payload
    return (payload.first or entry.row.id) if isinstance(payload, Nudged.Payload) else None

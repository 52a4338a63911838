"""The question that a button is about."""

from sqlalchemy import select

from actions.exchange import entries, transcript
from actions.exchange.turn import Turn
from db.models import Nudge, Pledge
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged
from domain.refusal import Reason, Refusal


async def of_mine(turn: Turn, pledge: Pledge, period: Period) -> Nudge:
    """The question about this period that was planned for me. Raises Refusal(STALE_BUTTON) if there is none."""
    nudge = await turn.session.scalar(
        select(Nudge).where(
            Nudge.pledge_id == pledge.id, Nudge.person_id == turn.me.id, Nudge.period == period
        )
    )
    if nudge is None:
        raise Refusal(Reason.STALE_BUTTON)
    return nudge


async def was_pressed(turn: Turn, nudge: Nudge) -> bool:
    """Whether the tap was in the very message that asked this, or in one that took its place because it was gone."""
    if nudge.outbox_id is None or turn.pressed is None:
        return False
    asked = await transcript.arrived(turn.session, (nudge.outbox_id,))
    if asked is not None and asked.is_in(turn.pressed):
        return True
    pressed = await transcript.shown_in(turn.session, turn.chat_id, turn.pressed)
    return pressed is not None and asked_first(pressed) == nudge.outbox_id


def asked_first(entry: entries.Entry) -> int | None:
    """The id of the row that asked first what this message asks; None if it asks about no pledge."""
    payload = entry.payload
    return (payload.first or entry.row.id) if isinstance(payload, Nudged.Payload) else None

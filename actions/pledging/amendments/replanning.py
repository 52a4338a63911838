"""Both have moved the day of a pledge: its questions follow."""

from datetime import datetime

from sqlalchemy import select

from actions.exchange.turn import Turn
from actions.pledging.nudges import nudges
from db.models import Nudge, Pledge
from domain import nudging
from domain.nudging import PassedOver, Period


async def plan_anew(turn: Turn, pledge: Pledge) -> None:
    """Both have moved the day: what is still to be asked follows it, and what counts down to it is asked again.

    Raises ValueError for a pledge that was not made.
    """
    for person_id in pledge.parties:
        due = await nudges.due_to(turn, pledge, person_id)
        mine = select(Nudge).where(Nudge.pledge_id == pledge.id, Nudge.person_id == person_id)
        for nudge in await turn.session.scalars(mine):
            _move(nudge, due.pop(nudge.period, None), turn.now)
        turn.session.add_all(
            Nudge(pledge_id=pledge.id, person_id=person_id, period=period, due_at=at)
            for period, at in due.items()
            if at > turn.now
        )


def _move(nudge: Nudge, due: datetime | None, now: datetime) -> None:
    """The question falls due then; None: it is planned no more. What counts down to the day is asked again, unless the
    time for that is over; anything else that was asked, or that waits to be, is left alone.
    """
    counts_down, was_asked = nudge.period in nudging.COUNTING_DOWN, nudge.asked_at is not None
    if due is None or (counts_down and due <= now):
        if not (was_asked or nudge.passed_over):
            nudge.passed_over, nudge.passed_over_for = True, PassedOver.LATER
    elif due > now and (counts_down or not was_asked):
        _plan_for(nudge, due, counts_down=counts_down)


def _plan_for(nudge: Nudge, due: datetime, *, counts_down: bool) -> None:
    if nudge.passed_over_for in (None, PassedOver.LATER) or nudge.period is Period.DEADLINE:
        nudge.passed_over, nudge.passed_over_for = False, None
    if counts_down:
        nudge.due_at, nudge.outbox_id, nudge.asked_at = due, None, None
        nudge.again_id, nudge.asked_again_at = None, None

"""Both have moved the day of a pledge: its questions follow."""

from datetime import datetime

from sqlalchemy import select

from actions.exchange.turn import Turn
from db.models import Nudge, Person, Pledge
from domain import nudging
from domain.nudging import PassedOver, Period


async def plan_anew(turn: Turn, pledge: Pledge) -> None:
    """Both have moved the day: what is still to be asked follows it, and what counts down to it is asked again.

    Raises ValueError for a pledge that was not made.
    """
    if pledge.made_on is None or pledge.deadline is None:
        raise ValueError("only a pledge that was made has questions")
    for person_id in pledge.parties:
        land = await turn.session.scalar(select(Person.land).where(Person.id == person_id)) or None
        planned = nudging.plan(pledge.made_on, pledge.deadline, zone=turn.operator.zone, land=land)
        to_come = {q.period: q.due for q in planned if q.due > turn.now}
        mine = select(Nudge).where(Nudge.pledge_id == pledge.id, Nudge.person_id == person_id)
        for nudge in await turn.session.scalars(mine):
            _move(nudge, to_come.pop(nudge.period, None))
        turn.session.add_all(
            Nudge(pledge_id=pledge.id, person_id=person_id, period=period, due_at=due)
            for period, due in to_come.items()
        )


def _move(nudge: Nudge, due: datetime | None) -> None:
    """The question falls due then, or, if None, not any more unless it was asked. A month's own day does not move."""
    counts_down = nudge.period in nudging.COUNTING_DOWN
    if due is None and nudge.asked_at is None and not nudge.passed_over:
        nudge.passed_over, nudge.passed_over_for = True, PassedOver.LATER
    if due is None or (nudge.asked_at is not None and not counts_down):
        return
    if nudge.passed_over_for in (None, PassedOver.LATER) or nudge.period is Period.DEADLINE:
        nudge.passed_over, nudge.passed_over_for = False, None
    if counts_down:
        nudge.due_at, nudge.outbox_id, nudge.asked_at = due, None, None
        nudge.again_id, nudge.asked_again_at = None, None

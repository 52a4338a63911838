"""A question comes again later, because its reader asked for that."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from actions.exchange import outbox
from actions.exchange.turn import Turn
from actions.pledging import history, questions
from db.models import Nudge, Pledge
from domain import nudging
from domain.calendar import asking_hours
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Snoozed
from domain.pledges import State
from domain.refusal import Reason, Refusal


async def snooze(turn: Turn, nudge_id: int, weeks: int) -> None:
    """Ask the unanswered monthly questions of this message again in one or two weeks. `nudge_id`: its outbox row.

    Whatever would be asked about the same pledges until then waits, too; then only the latest is asked. Raises
    Refusal(STALE_BUTTON) if no such question is left, or for another number of weeks.
    """
    if weeks not in nudging.SNOOZE_WEEKS:
        raise Refusal(Reason.STALE_BUTTON)
    until = asking_hours(turn.now + timedelta(weeks=weeks), turn.operator.zone, turn.me.land or None)
    firsts = set(await turn.session.scalars(select(Nudge.outbox_id).where(Nudge.again_id == nudge_id)))
    moved = await turn.session.scalars(
        update(Nudge)
        .where(
            questions.asked_by(nudge_id),
            Nudge.person_id == turn.me.id,
            Nudge.period != Period.DEADLINE,
            Nudge.passed_over.is_(False),
            Nudge.pledge_id.in_(select(Pledge.id).where(Pledge.state == State.ACTIVE)),
            ~history.has_answered(Nudge.pledge_id, Nudge.person_id, Nudge.period),
        )
        .values(outbox_id=None, asked_at=None, again_id=None, asked_again_at=None, due_at=until)
        .returning(Nudge.pledge_id)
        .execution_options(synchronize_session=False)
    )
    pledges = set(moved.all())
    if not pledges:
        raise Refusal(Reason.STALE_BUTTON)
    await _hold_until(turn, pledges, until)
    snoozed = Snoozed(turn.operator.day(until))
    for first in filter(None, firsts):
        outbox.owe(turn.session, snoozed, outbox.Recipient.of(turn.me), turn.now, edits_row=first)
    turn.tell(snoozed, edit=True)


async def _hold_until(turn: Turn, pledges: set[int], until: datetime) -> None:
    await turn.session.execute(
        update(Nudge)
        .where(
            Nudge.pledge_id.in_(pledges),
            Nudge.person_id == turn.me.id,
            Nudge.asked_at.is_(None),
            Nudge.period != Period.DEADLINE,
            Nudge.due_at < until,
        )
        .values(due_at=until)
        .execution_options(synchronize_session=False)
    )

"""Questions that are no longer asked, and why."""

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.turn import Turn
from actions.pledging import history
from db.models import Nudge, Pledge
from domain.nudging import PassedOver, Period
from domain.pledges import Status


async def pass_over(session: AsyncSession, *which: ColumnElement[bool], why: PassedOver) -> None:
    """What meets these conditions on questions is not asked, nor again."""
    passed = update(Nudge).where(Nudge.passed_over.is_(False), *which)
    passed = passed.values(passed_over=True, passed_over_for=why)
    await session.execute(passed.execution_options(synchronize_session=False))


async def answered(turn: Turn, question: Nudge, status: Status | None) -> None:
    """Ask nothing that I have answered from the card, and after "nicht geklappt" nothing more until the deadline.

    `status` None: the answer was taken back, so that what is still to come is asked again.
    """
    to_come = (
        Nudge.pledge_id == question.pledge_id,
        Nudge.person_id == turn.party.id,
        Nudge.asked_at.is_(None),
        Nudge.period != Period.DEADLINE,
    )
    await turn.session.execute(
        update(Nudge).where(*to_come, Nudge.due_at > turn.now).values(passed_over=False, passed_over_for=None)
    )
    if status is None:
        return
    until = () if status is Status.FAILED else (Nudge.period == question.period,)
    await pass_over(turn.session, *to_come, *until, why=PassedOver.HEARD)


async def due(turn: Turn, pledge: Pledge) -> None:
    """Ask neither party what fell due until now, except how it ended: they have just said how it stands."""
    await pass_over(
        turn.session,
        Nudge.pledge_id == pledge.id,
        Nudge.asked_at.is_(None),
        Nudge.due_at <= turn.now,
        Nudge.period != Period.DEADLINE,
        why=PassedOver.HEARD,
    )


async def again(turn: Turn, pledge: Pledge) -> None:
    """Ask me nothing again that I was asked until now: I have just said how I see it."""
    await pass_over(
        turn.session,
        Nudge.pledge_id == pledge.id,
        Nudge.person_id == turn.party.id,
        Nudge.asked_at.is_not(None),
        Nudge.asked_again_at.is_(None),
        Nudge.period != Period.DEADLINE,
        ~history.has_answered(Nudge.pledge_id, Nudge.person_id, Nudge.period),
        why=PassedOver.HEARD,
    )


async def ended(session: AsyncSession, pledge: Pledge) -> None:
    """The pledge is over, so that nothing more is asked about it."""
    await pass_over(session, Nudge.pledge_id == pledge.id, Nudge.asked_at.is_(None), why=PassedOver.ENDED)

"""A question comes again later, because its reader asked for that."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select, update

from actions.exchange import outbox, parties
from actions.exchange.turn import Turn
from actions.pledging import history
from actions.pledging.nudges import next_questions, questions, terms
from db.models import Nudge, Pledge
from domain import nudging
from domain.calendar import USUAL_HOUR, instant
from domain.nudging import Period, Snooze
from domain.outcomes.pledging.snoozes import Snoozed
from domain.pledges import State
from domain.refusal import Reason, Refusal


async def snooze(turn: Turn, nudge_id: int, how: Snooze) -> None:
    """Ask the unanswered questions of this message again later. `nudge_id`: its outbox row.

    Whatever would be asked about the same pledges until then waits, too; then only the latest is asked. Only the
    deadline's day, and the questions 14 and 3 days before it, keep theirs. Without a sitting week near, it is a week.
    Raises Refusal(STALE_BUTTON) if no such question is left.
    """
    asked = await turn.session.scalar(select(Nudge.person_id).where(questions.asked_by(nudge_id)).limit(1))
    if not await parties.take_part(turn, (asked,)):
        raise Refusal(Reason.STALE_BUTTON)
    until = await _until(turn, how)
    firsts = set(await turn.session.scalars(select(Nudge.outbox_id).where(Nudge.again_id == nudge_id)))
    pledges = await _put_off(turn, nudge_id, until)
    if not pledges:
        raise Refusal(Reason.STALE_BUTTON)
    await _hold_until(turn, pledges, until)
    snoozed = await _snoozed(turn, pledges, until)
    for first in filter(None, firsts):
        outbox.owe(turn.session, snoozed, outbox.Recipient.of(turn.party), turn.now, edits_row=first)
    turn.tell(snoozed, edit=True)


async def _until(turn: Turn, how: Snooze) -> date:
    known, me = await terms.known(turn.session), turn.party
    until = nudging.snooze_until(how, turn.today, me.land or None, me.role, known)
    return until or nudging.snooze_until(Snooze.WEEK, turn.today, None, None, known) or turn.today


async def _put_off(turn: Turn, nudge_id: int, until: date) -> set[int]:
    """The ids of the pledges whose questions were put off."""
    moved = await turn.session.scalars(
        update(Nudge)
        .where(
            questions.asked_by(nudge_id),
            Nudge.person_id == turn.party.id,
            Nudge.period != Period.DEADLINE,
            Nudge.passed_over.is_(False),
            Nudge.pledge_id.in_(select(Pledge.id).where(Pledge.state == State.ACTIVE)),
            ~history.has_answered(Nudge.pledge_id, Nudge.person_id, Nudge.period),
        )
        .values(
            outbox_id=None,
            asked_at=None,
            again_id=None,
            asked_again_at=None,
            due_at=instant(until, USUAL_HOUR, turn.operator.zone),
        )
        .returning(Nudge.pledge_id)
        .execution_options(synchronize_session=False)
    )
    return set(moved.all())


async def _hold_until(turn: Turn, pledges: Collection[int], until: date) -> None:
    later = instant(until, USUAL_HOUR, turn.operator.zone)
    await turn.session.execute(
        update(Nudge)
        .where(
            Nudge.pledge_id.in_(pledges),
            Nudge.person_id == turn.party.id,
            Nudge.asked_at.is_(None),
            Nudge.period.not_in((*nudging.ONCE, Period.DEADLINE)),
            Nudge.due_at < later,
        )
        .values(due_at=later)
        .execution_options(synchronize_session=False)
    )


async def _snoozed(turn: Turn, pledges: Collection[int], until: date) -> Snoozed.Payload:
    """When the next question about these pledges really comes: their own day may be nearer."""
    about = Nudge.pledge_id.in_(pledges)
    found = await next_questions.next_for(turn.session, turn.party, turn.now, turn.operator, about)
    day = turn.operator.day(found.at) if found is not None and found.at is not None else until
    only = next(iter(pledges)) if len(pledges) == 1 else None
    return Snoozed.Payload(day, sooner=day < until, pledge_id=only)

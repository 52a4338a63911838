"""The question that a button is about, and what was answered to it."""

from sqlalchemy import Exists, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.exchange import entries, transcript
from actions.exchange.turn import Turn
from db.models import Nudge, Pledge, Report
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged
from domain.pledges import CLOSING, ENDINGS
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


async def answer(session: AsyncSession, pledge_id: int, person_id: int, period: Period) -> Report | None:
    """This party's answer to this question, if any. An answer without a status holds notes only."""
    return await session.scalar(
        select(Report).where(
            Report.pledge_id == pledge_id, Report.person_id == person_id, Report.period == period
        )
    )


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


async def last_report(session: AsyncSession, pledge: Pledge, person_id: int | None) -> Report | None:
    """The answer with a status that this party gave last; None if they never gave one.

    An ending that waits for the other is their last: a note to an older answer is no later word about the pledge.
    """
    return await session.scalar(
        select(Report)
        .where(Report.pledge_id == pledge.id, Report.person_id == person_id, Report.status.is_not(None))
        .order_by(Report.waits_since.is_(None), Report.at.desc(), Report.id.desc())
        .limit(1)
    )


async def how_it_ended(session: AsyncSession, pledge: Pledge, person_id: int | None) -> Report | None:
    """This party's answer at the deadline, or else their last one, if it is an ending; None: no word of theirs.

    What says before the deadline how it stands (teilweise, verschoben) is an ending only as a correction.
    """
    if person_id is None:
        return None
    at_deadline = await answer(session, pledge.id, person_id, Period.DEADLINE)
    if at_deadline is not None and at_deadline.status is not None:
        return at_deadline
    last = await last_report(session, pledge, person_id)
    if last is None or last.status in CLOSING:
        return last
    corrected = pledge.ended_at is not None and last.at >= pledge.ended_at and last.status in ENDINGS
    return last if corrected else None


def waits(pledge_id: InstrumentedAttribute[int]) -> Exists:
    """The condition that one party has said how this pledge ended, before its day, and the other did not object."""
    return exists().where(Report.pledge_id == pledge_id, Report.waits_since.is_not(None))


async def stop_waiting(session: AsyncSession, pledge: Pledge, person_id: int) -> None:
    """No ending that this party has said waits for the other's word any more."""
    await session.execute(
        update(Report)
        .where(Report.pledge_id == pledge.id, Report.person_id == person_id, Report.waits_since.is_not(None))
        .values(waits_since=None)
    )


async def my_report(turn: Turn, pledge: Pledge, period: Period) -> Report:
    """The row that holds my answer; if there was none, a new one without status and notes."""
    mine = await answer(turn.session, pledge.id, turn.me.id, period)
    if mine is None:
        mine = Report(pledge_id=pledge.id, person_id=turn.me.id, period=period, at=turn.now)
        turn.session.add(mine)
    return mine

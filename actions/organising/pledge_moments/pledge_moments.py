"""The pledge moment: opened by an organiser for some minutes, ended by them or by itself.

Who is asked follows from who is in the hall and has not been asked yet, so that whoever comes late, or was just
writing, is asked as soon as they may be. What it counts are the pledges of the workshop and the day, however they were
made.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import transcript
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.organising import desk
from db.models import Audit, Pledge, PledgeMoment, Workshop
from db.moments import NOW
from domain.calendar import instant
from domain.figures import told_within
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.pledge_moments import (
    MomentAsked,
    MomentDeclined,
    MomentOpened,
    MomentProgress,
)
from domain.pledge_moments import LENGTHS
from domain.pledges import State
from domain.refusal import Reason, Refusal


def of_moment(moment_id: int, *_: object) -> Select[int]:
    """The workshop of a pledge moment."""
    return select(PledgeMoment.workshop_id).where(PledgeMoment.id == moment_id)


async def latest(session: AsyncSession, workshop_id: int) -> PledgeMoment | None:
    """The last one of a workshop, over or not."""
    newest = select(PledgeMoment).where(PledgeMoment.workshop_id == workshop_id)
    return await session.scalar(newest.order_by(PledgeMoment.id.desc()).limit(1))


def is_running(moment: PledgeMoment, now: datetime) -> bool:
    return moment.closes_at > now


def _runs(last: PledgeMoment | None, now: datetime) -> bool:
    return last is not None and is_running(last, now)


# --- at the desk


async def begin(turn: Turn) -> None:
    """Ask in which workshop, if there are several."""
    await desk.choose_workshop(turn, DeskTask.MOMENT, ask)


async def ask(turn: Turn, workshop_id: int) -> None:
    """Ask for how long, or show the one that runs. Raises Refusal like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    _show(turn, workshop.id, await latest(turn.session, workshop.id))


def _show(turn: Turn, workshop_id: int, last: PledgeMoment | None, *, changed: bool = False) -> None:
    """The one that runs, or else for how long it is to be open."""
    if last is not None and is_running(last, turn.now):
        turn.tell(MomentProgress.Payload(last.id), edit=changed)
    else:
        turn.tell(MomentAsked.Payload(workshop_id, changed=changed), edit=changed)


async def choose_length(turn: Turn, workshop_id: int, minutes: int) -> None:
    """Ask once more, with whom it reaches, or show the one that runs. Raises Refusal like `desk.chosen`, or for another
    length.
    """
    workshop = await desk.chosen(turn, workshop_id)
    _check(minutes)
    last = await latest(turn.session, workshop.id)
    if _runs(last, turn.now):
        _show(turn, workshop.id, last, changed=True)
    else:
        turn.tell(MomentAsked.Payload(workshop.id, minutes), edit=True)


async def open_(turn: Turn, workshop_id: int, minutes: int, seen: int) -> None:
    """Open it, today: everybody in the hall is asked. `seen`: see `version`; if somebody else has opened one meanwhile,
    or one runs, that is shown. Raises Refusal like `choose_length`, and STALE_BUTTON on another day.
    """
    await desk.chosen(turn, workshop_id)
    _check(minutes)
    workshop = await turn.session.get_one(Workshop, workshop_id, with_for_update={"key_share": True})
    last = await latest(turn.session, workshop.id)
    if workshop.day != turn.today:
        raise Refusal(Reason.STALE_BUTTON)
    if version(last) != seen or _runs(last, turn.now):
        _show(turn, workshop.id, last, changed=True)
        return
    closes_at = turn.now + timedelta(minutes=minutes)
    moment = PledgeMoment(workshop_id=workshop.id, opened_at=turn.now, closes_at=closes_at)
    turn.session.add(moment)
    turn.session.add(
        Audit(organiser_chat_id=turn.chat_id, person_id=None, action="opened promise moment", at=turn.now)
    )
    await turn.session.flush()
    turn.tell(MomentProgress.Payload(moment.id), key=progress_key(moment.id))


async def show(turn: Turn, moment_id: int) -> None:
    """How it goes now. Raises Refusal like `_held`."""
    turn.tell(MomentProgress.Payload((await _held(turn, moment_id)).id), edit=True)


async def end(turn: Turn, moment_id: int) -> None:
    """It is over; if it is already, that is shown. Raises Refusal like `_held`."""
    moment = await _held(turn, moment_id)
    moment.closes_at = min(moment.closes_at, turn.now)
    turn.tell(MomentProgress.Payload(moment.id), edit=True)


async def _held(turn: Turn, moment_id: int) -> PledgeMoment:
    """Raises Refusal(STALE_BUTTON) for one that never was."""
    await desk.organiser(turn)
    moment = await turn.session.get(PledgeMoment, moment_id, with_for_update=True)
    if moment is None:
        raise Refusal(Reason.STALE_BUTTON)
    return moment


def _check(minutes: int) -> None:
    if minutes not in LENGTHS:
        raise Refusal(Reason.STALE_BUTTON)


def version(last: PledgeMoment | None) -> int:
    """Changes with each one that is opened in a workshop."""
    return last.id if last is not None else 0


def progress_key(moment_id: int) -> str:
    """The key of the row that shows the progress to whoever opened it."""
    return f"promise-moment:{moment_id}"


# --- in the hall


async def decline(turn: Turn, _moment_id: int) -> None:
    """Not now."""
    turn.tell(MomentDeclined(), edit=True)


# --- what it counts


@dataclass(frozen=True)
class MomentTally:
    """Exact numbers, which nobody is told as they are: pledges that were made, and those that wait for a yes."""

    made: int
    waiting: int


async def tally(session: AsyncSession, moment: PledgeMoment, operator: Operator) -> MomentTally:
    """The pledges of the workshop and the day of this moment, typed here, agreed at a table or entered from paper."""
    day = operator.day(moment.opened_at)
    here = select(func.count()).where(Pledge.workshop_id == moment.workshop_id)
    since = instant(day, time.min, operator.zone)
    made = await session.scalar(here.where(Pledge.made_on == day))
    waits = (Pledge.state == State.PROPOSED, Pledge.created_at >= since)
    return MomentTally(made or 0, await session.scalar(here.where(*waits)) or 0)


async def asked(session: AsyncSession, moment_id: int) -> int:
    """How many people have been asked in this moment."""
    return await transcript.number_arrived(session, MomentOpened.Payload, moment_id)


async def on_the_wall(
    session: AsyncSession, workshop_id: int, now: datetime, operator: Operator, whole: int | None
) -> int | None:
    """The pledges of the day while a moment runs in this workshop, as the hall may read them beside all that were made
    there, `whole`: None below five, where what is left of the whole would be a few, and if the whole is not told.
    """
    last = await latest(session, workshop_id)
    if whole is None or last is None or not is_running(last, now):
        return None
    return told_within((await tally(session, last, operator)).made, whole)


NEXT_END = select(func.min(PledgeMoment.closes_at)).where(PledgeMoment.closes_at > NOW)
"""When the next one ends by itself (`db.moments.as_of`); None if none runs."""

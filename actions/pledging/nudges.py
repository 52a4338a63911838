"""Nudges: planned when a pledge is made, asked in office hours, at most one message a day to each person."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts, entries, outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import FOR_CHANGE, Pass
from actions.exchange.turn import Turn
from actions.pledging import history
from db import reach
from db.models import Draft, Nudge, Person, Pledge, Priority
from domain import nudging
from domain.calendar import asking_hours
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged
from domain.pledges import State, Status


async def plan(turn: Turn, pledge: Pledge) -> None:
    """Plan every question about a pledge that was just made, to both parties, each by the holidays of their Land.

    Raises ValueError for a pledge that was not made.
    """
    if pledge.made_on is None or pledge.deadline is None:
        raise ValueError("only a pledge that was made has questions")
    for person_id in pledge.parties:
        land = await turn.session.scalar(select(Person.land).where(Person.id == person_id)) or None
        planned = nudging.plan(pledge.made_on, pledge.deadline, zone=turn.operator.zone, land=land)
        rows = [
            Nudge(pledge_id=pledge.id, person_id=person_id, period=q.period, due_at=q.due) for q in planned
        ]
        if len(rows) == 1:
            rows.append(_never_asked(pledge, person_id, turn.now))
        turn.session.add_all(rows)


def _never_asked(pledge: Pledge, person_id: int, now: datetime) -> Nudge:
    """What an answer from the card belongs to if the only question is that at the deadline, which is not due yet."""
    return Nudge(pledge_id=pledge.id, person_id=person_id, period=Period.M1, due_at=now, passed_over=True)


def asking(now: datetime, operator: Operator) -> Pass:
    """The pass that owes one message to each person who has a question due."""

    async def ask(session: AsyncSession, person_id: int) -> None:
        await ask_due(session, person_id, now, operator)

    return Pass(lambda session: _with_question_due(session, now), ask)


async def ask_due(session: AsyncSession, person_id: int, now: datetime, operator: Operator) -> bool:
    """Owe one message with all that this person is to be asked now, and return whether there was anything.

    The key of the row makes asking twice in a day impossible. After a downtime only the latest question about each
    pledge is asked; the earlier ones are passed over.
    """
    person = await session.get(Person, person_id, with_for_update=FOR_CHANGE)
    if person is None or asking_hours(now, operator.zone, person.land or None) != now:
        return False
    due = (await session.scalars(due_and_unasked(now).where(Nudge.person_id == person_id))).all()
    latest = _only_latest(due)
    if not latest or await _too_soon(session, person, latest, now, operator):
        return False
    if await drafts.in_dialogue(session, person.id, now):
        return False
    return await _ask(session, person, latest, now, operator)


async def free_unsent(session: AsyncSession) -> None:
    """A message that never went out has asked nothing: its reader paused or blocked the bot just then."""
    await session.execute(
        update(Nudge)
        .where(Nudge.outbox_id.in_(entries.unsent(Nudged.Payload)))
        .values(outbox_id=None)
        .execution_options(synchronize_session=False)
    )


def due_and_unasked(now: datetime) -> Select[Nudge]:
    """Questions about active pledges to people who may be written to now, the earliest first.

    Nobody is asked how it stands while one party has said that it is over, and the other has been asked about that.
    """
    return (
        select(Nudge)
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .join(Person, Person.id == Nudge.person_id)
        .where(
            Nudge.due_at <= now,
            Nudge.outbox_id.is_(None),
            Nudge.passed_over.is_(False),
            Pledge.state == State.ACTIVE,
            ~history.waits(Pledge.id),
            reach.writable(now),
        )
        .order_by(Nudge.due_at, Nudge.id)
    )


async def _with_question_due(session: AsyncSession, now: datetime) -> Iterable[int]:
    """The ids of the people who have a question due, whoever has waited longest first."""
    waiting = await session.scalars(due_and_unasked(now).with_only_columns(Nudge.person_id))
    return dict.fromkeys(waiting)


def _only_latest(due: Iterable[Nudge]) -> list[Nudge]:
    """The latest question about each pledge. The earlier ones are passed over, snoozed ones among them."""
    latest: dict[int, Nudge] = {}
    for nudge in sorted(due, key=lambda each: nudging.in_order(each.period)):
        if earlier := latest.get(nudge.pledge_id):
            earlier.passed_over = True
        latest[nudge.pledge_id] = nudge
    return sorted(latest.values(), key=lambda each: (each.due_at, each.id))


async def _too_soon(
    session: AsyncSession, person: Person, due: Sequence[Nudge], now: datetime, operator: Operator
) -> bool:
    """Whether this person was asked anything too lately to be asked these now."""
    last = await transcript.last_due(session, person.id, Nudged.Payload)
    last_on = operator.day(last) if last is not None else None
    return not nudging.may_follow(last_on, operator.day(now), [each.period for each in due])


async def _ask(
    session: AsyncSession, person: Person, due: list[Nudge], now: datetime, operator: Operator
) -> bool:
    """Owe one message with these questions, and return whether that was possible."""
    key = f"nudge:{person.id}:{operator.day(now).isoformat()}"
    if person.chat_id is None or await transcript.was_owed(session, key):
        return False
    row = outbox.owe(
        session, Nudged.Payload(), outbox.Recipient.of(person), now, priority=Priority.NUDGE, key=key
    )
    await session.flush()
    due += await _near(session, person, {n.pledge_id for n in due}, now)
    for nudge in due:
        nudge.outbox_id = row.id
        await _pass_over_earlier(session, nudge)
    await _set_draft_aside(session, person, now)
    return True


async def _pass_over_earlier(session: AsyncSession, asked: Nudge) -> None:
    """A question that was snoozed past a later one is not asked after it."""
    await session.execute(
        update(Nudge)
        .where(
            Nudge.pledge_id == asked.pledge_id,
            Nudge.person_id == asked.person_id,
            Nudge.outbox_id.is_(None),
            Nudge.period.in_(nudging.earlier_than(asked.period)),
        )
        .values(passed_over=True)
        .execution_options(synchronize_session=False)
    )


async def _set_draft_aside(session: AsyncSession, person: Person, now: datetime) -> None:
    """Words that come after a question belong to it, not to something begun and left long before. What was begun just
    now, while the question was being written, still waits.
    """
    await session.execute(
        update(Draft)
        .where(
            Draft.person_id == person.id,
            Draft.awaiting.is_(True),
            Draft.created_at <= now - nudging.DIALOGUE,
        )
        .values(awaiting=False)
    )


async def _near(session: AsyncSession, person: Person, asked: set[int], now: datetime) -> list[Nudge]:
    """Monthly questions about other pledges that would fall due within six days: they are asked along with these."""
    near = await session.scalars(
        select(Nudge)
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .where(
            Nudge.person_id == person.id,
            Nudge.pledge_id.not_in(asked),
            Nudge.due_at > now,
            Nudge.due_at <= now + nudging.TOGETHER,
            Nudge.outbox_id.is_(None),
            Nudge.passed_over.is_(False),
            Nudge.period != Period.DEADLINE,
            Pledge.state == State.ACTIVE,
            ~history.waits(Pledge.id),
        )
    )
    return list(near)


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """The next instant after now at which a question falls due; None without any. The walker goes there."""
    return await session.scalar(
        select(func.min(Nudge.due_at))
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .where(
            Nudge.due_at > now,
            Nudge.outbox_id.is_(None),
            Nudge.passed_over.is_(False),
            Pledge.state == State.ACTIVE,
            ~history.waits(Pledge.id),
        )
    )


async def current_period(
    session: AsyncSession, pledge: Pledge, person: Person, now: datetime
) -> Period | None:
    """The question that an answer given now counts for: the latest one due, or the first if none is due yet.

    None if the pledge is not active.
    """
    planned = (
        await session.scalars(select(Nudge).where(Nudge.pledge_id == pledge.id, Nudge.person_id == person.id))
    ).all()
    if pledge.state is not State.ACTIVE:
        return None
    due = [n.period for n in planned if n.due_at <= now or n.outbox_id is not None]
    return nudging.current([n.period for n in planned], due)


async def pass_over_answered(turn: Turn, answered: Nudge, status: Status | None) -> None:
    """Ask nothing that I have answered from the card, and after "nicht geklappt" nothing more until the deadline.

    `status` None: the answer was taken back, so that what is still to come is asked again.
    """
    to_come = (
        Nudge.pledge_id == answered.pledge_id,
        Nudge.person_id == turn.me.id,
        Nudge.outbox_id.is_(None),
        Nudge.period != Period.DEADLINE,
    )
    await turn.session.execute(
        update(Nudge).where(*to_come, Nudge.due_at > turn.now).values(passed_over=False)
    )
    if status is None:
        return
    until = () if status is Status.FAILED else (Nudge.period == answered.period,)
    await turn.session.execute(update(Nudge).where(*to_come, *until).values(passed_over=True))


async def pass_over_due(turn: Turn, pledge: Pledge) -> None:
    """Ask neither party what fell due until now, except how it ended: they have just said how it stands."""
    await turn.session.execute(
        update(Nudge)
        .where(
            Nudge.pledge_id == pledge.id,
            Nudge.outbox_id.is_(None),
            Nudge.due_at <= turn.now,
            Nudge.period != Period.DEADLINE,
        )
        .values(passed_over=True)
    )


async def end(session: AsyncSession, pledge: Pledge) -> None:
    """The pledge is over, so that nothing more is asked about it."""
    await session.execute(
        update(Nudge).where(Nudge.pledge_id == pledge.id, Nudge.outbox_id.is_(None)).values(passed_over=True)
    )

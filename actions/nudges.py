"""Due questions: planned when a promise is made, asked in office hours, one message per person and day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox
from actions.house import House
from actions.suggestions import is_paused
from actions.turn import Turn
from db.models import Nudge, Outgoing, Person, Pledge, SendLane
from domain import nudging
from domain.calendar import office_hours
from domain.nudging import Period
from domain.outcomes import Nudged, Snoozed
from domain.pledges import State
from domain.refusal import Reason, Refusal

TOGETHER = timedelta(days=6)  # questions this near to a due one come in the same message
APART = timedelta(days=7)  # at most one nudge in seven days and person; the deadline's day is exempt


async def plan(turn: Turn, pledge: Pledge) -> None:
    """Write down every question of a promise just made, to both parties, in each one's own calendar."""
    if pledge.made_on is None or pledge.deadline is None:
        raise ValueError("only a promise that was made has questions")
    for person_id in (pledge.author_id, pledge.partner_id):
        person = await turn.session.get(Person, person_id) if person_id is not None else None
        if person is None:
            continue
        for planned in nudging.plan(
            pledge.made_on, pledge.deadline, zone=turn.house.zone, land=person.land or None
        ):
            turn.session.add(
                Nudge(pledge_id=pledge.id, person_id=person.id, period=planned.period, due_at=planned.due)
            )


async def ask_due(session: AsyncSession, now: datetime, house: House) -> int:
    """Owe one message to everybody with a due question; how many. Asking twice in a day is impossible by key.

    After a downtime only the latest question of each promise is asked; the earlier ones are passed over.
    """
    asked = 0
    for person, due in (await _due_by_person(session, now)).items():
        if is_paused(person, now) or office_hours(now, house.zone, person.land or None) != now:
            continue
        latest = _only_latest(due)
        if await _too_soon(session, person, latest, now):
            continue
        asked += await _ask(session, person, latest, now, house)
    return asked


async def _due_by_person(session: AsyncSession, now: datetime) -> dict[Person, list[Nudge]]:
    due = await session.execute(
        select(Nudge, Person)
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .join(Person, Person.id == Nudge.person_id)
        .where(
            Nudge.due_at <= now,
            Nudge.outbox_id.is_(None),
            Nudge.passed_over.is_(False),
            Pledge.state == State.ACTIVE,
            Person.chat_id.is_not(None),
            Person.unreachable_since.is_(None),
        )
        .order_by(Nudge.due_at, Nudge.id)
    )
    grouped: defaultdict[Person, list[Nudge]] = defaultdict(list)
    for nudge, person in due:
        grouped[person].append(nudge)
    return grouped


def _only_latest(due: Iterable[Nudge]) -> list[Nudge]:
    latest: dict[int, Nudge] = {}
    for nudge in due:  # in order of their due time
        if earlier := latest.get(nudge.pledge_id):
            earlier.passed_over = True
        latest[nudge.pledge_id] = nudge
    return list(latest.values())


async def _too_soon(session: AsyncSession, person: Person, due: Sequence[Nudge], now: datetime) -> bool:
    if any(n.period is Period.DEADLINE for n in due):
        return False
    last = await session.scalar(
        select(func.max(Outgoing.due_at)).where(
            Outgoing.person_id == person.id, Outgoing.kind == Nudged.__name__, Outgoing.edits_row.is_(None),
            Outgoing.edits_message.is_(None),
        )
    )  # fmt: skip
    return last is not None and now - last < APART


async def _ask(session: AsyncSession, person: Person, due: list[Nudge], now: datetime, house: House) -> int:
    key = f"nudge:{person.id}:{now.astimezone(house.zone).date().isoformat()}"
    if person.chat_id is None or await session.scalar(select(Outgoing.id).where(Outgoing.key == key)):
        return 0
    row = outbox.show(
        session, Nudged, None, chat_id=person.chat_id, person=person, now=now, lane=SendLane.NUDGE, key=key
    )
    await session.flush()
    due += await _near(session, person, {n.pledge_id for n in due}, now)
    for nudge in due:
        nudge.outbox_id = row.id
    return 1


async def _near(session: AsyncSession, person: Person, asked: set[int], now: datetime) -> list[Nudge]:
    """Monthly questions of other promises that would come within six days: asked along."""
    near = await session.scalars(
        select(Nudge)
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .where(
            Nudge.person_id == person.id,
            Nudge.pledge_id.not_in(asked),
            Nudge.due_at > now,
            Nudge.due_at <= now + TOGETHER,
            Nudge.outbox_id.is_(None),
            Nudge.passed_over.is_(False),
            Nudge.period != Period.DEADLINE,
            Pledge.state == State.ACTIVE,
        )
    )
    return list(near)


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """The next instant after now at which a question falls due (the stage's clock walks there)."""
    return await session.scalar(
        select(func.min(Nudge.due_at))
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .where(
            Nudge.due_at > now,
            Nudge.outbox_id.is_(None),
            Nudge.passed_over.is_(False),
            Pledge.state == State.ACTIVE,
        )
    )


async def current_period(
    session: AsyncSession, pledge: Pledge, person: Person, now: datetime
) -> Period | None:
    """The question that an answer given now counts for: the latest one due; before the first, the first."""
    planned = (
        await session.scalars(
            select(Nudge)
            .where(Nudge.pledge_id == pledge.id, Nudge.person_id == person.id)
            .order_by(Nudge.due_at, Nudge.id)
        )
    ).all()
    if pledge.state is not State.ACTIVE or not planned:
        return None
    due = [n for n in planned if n.due_at <= now or n.outbox_id is not None]
    return (due or list(planned[:1]))[-1].period


async def snooze(turn: Turn, nudge_id: int, weeks: int) -> None:
    """The unanswered monthly questions of this message come again in one or two weeks."""
    if weeks not in (1, 2):
        raise Refusal(Reason.STALE_BUTTON)
    until = office_hours(turn.now + timedelta(weeks=weeks), turn.house.zone, turn.me.land or None)
    moved = await turn.session.scalars(
        update(Nudge)
        .where(
            Nudge.outbox_id == nudge_id,
            Nudge.person_id == turn.me.id,
            Nudge.period != Period.DEADLINE,
            Nudge.passed_over.is_(False),
        )
        .values(outbox_id=None, due_at=until)
        .returning(Nudge.id)
    )
    if not moved.all():
        raise Refusal(Reason.STALE_BUTTON)
    turn.tell(Snoozed(local_day(until, turn.house)), edit=True)


def local_day(moment: datetime, house: House) -> date:
    return moment.astimezone(house.zone).date()


async def end(session: AsyncSession, pledge: Pledge) -> None:
    """The promise is over: nothing more is asked."""
    await session.execute(
        update(Nudge).where(Nudge.pledge_id == pledge.id, Nudge.outbox_id.is_(None)).values(passed_over=True)
    )

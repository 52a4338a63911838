"""Nudges: planned when a pledge is made, asked when `domain.nudging` says so, one message to each person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected
from actions.exchange.turn import Turn
from actions.pledging import history
from actions.pledging.nudges import next_questions, passing_over, terms
from db import reach
from db.models import Draft, Nudge, Person, Pledge, PledgeEvent, Priority
from db.moments import NOW, as_of, from_now
from domain import nudging
from domain.history import EventKind
from domain.nudging import PassedOver, Period
from domain.outcomes.pledging.nudges import Nudged
from domain.pledges import State
from domain.terms import Terms


async def plan(turn: Turn, pledge: Pledge) -> None:
    """Plan every question about a pledge that was just made, to both parties. Raises ValueError like `due_to`."""
    for person_id in pledge.parties:
        due = await due_to(turn, pledge, person_id)
        rows = [
            Nudge(pledge_id=pledge.id, person_id=person_id, period=period, due_at=at)
            for period, at in due.items()
        ]
        if len(rows) == 1:
            rows.append(_never_asked(pledge, person_id, turn.now))
        turn.session.add_all(rows)


async def due_to(turn: Turn, pledge: Pledge, person_id: int) -> dict[Period, datetime]:
    """When each question of this pledge to this party falls due, by the holidays of their Land.

    Raises ValueError for a pledge that was not made.
    """
    if pledge.made_on is None or pledge.deadline is None:
        raise ValueError("only a pledge that was made has questions")
    land = await turn.session.scalar(select(Person.land).where(Person.id == person_id)) or None
    planned = nudging.plan(pledge.made_on, pledge.deadline, zone=turn.operator.zone, land=land)
    return {question.period: question.due for question in planned}


def _never_asked(pledge: Pledge, person_id: int, now: datetime) -> Nudge:
    """What an answer from the card belongs to if the only question is that at the deadline, which is not due yet."""
    return Nudge(pledge_id=pledge.id, person_id=person_id, period=Period.M1, due_at=now, passed_over=True)


def asking(now: datetime, operator: Operator) -> Pass:
    """The pass that owes one message to each person who has a question due."""
    calendars: list[Terms] = []

    async def ask(session: AsyncSession, person_id: int) -> None:
        if not calendars:
            calendars.append(await terms.known(session))
        await ask_due(session, person_id, now, operator, calendars[0])

    async def find(session: AsyncSession) -> Iterable[int]:
        return dict.fromkeys(await session.scalars(due, as_of(now)))

    due = _people_with_question_due()
    return Pass(Selected(due, as_of(now), find), ask)


async def ask_due(
    session: AsyncSession, person_id: int, now: datetime, operator: Operator, calendars: Terms
) -> bool:
    """Owe one message with all that this person is to be asked now, and return whether there was anything.

    The key of the row makes asking twice in a day impossible. What a later question or an answer has taken the place
    of is passed over.
    """
    key = f"nudge:{person_id}:{operator.day(now).isoformat()}"
    person, known = await next_questions.lock(session, person_id, key)
    if person is None or known is None:
        return False
    questions = await next_questions.of(session, person, now, operator)
    reader = await next_questions.reader(session, person, now, operator, known, calendars)
    found = nudging.next_message(questions, reader, now)
    if found is None:
        return False
    if found.at is None or found.why is not None or person.chat_id is None or known.was_owed:
        for number, why in found.passed_over.items():
            await passing_over.pass_over(session, Nudge.id == number, why=why)
        return False
    to = outbox.Recipient.of(person)
    row = outbox.owe(session, Nudged.Payload(), to, now, priority=Priority.NUDGE, key=key)
    await session.flush()
    over = {**dict.fromkeys(_earlier(found, questions), PassedOver.LATER), **found.passed_over}
    await _note(session, found, over, row.id, now)
    if known.writing_since is not None:
        await _set_draft_aside(session, person, now)
    return True


def _earlier(found: nudging.Next, questions: Sequence[nudging.PledgeQuestion]) -> set[int]:
    """The ids of what came before those that are asked first: it is no longer asked, nor again, whether it was
    snoozed or left unanswered.
    """
    asked = [each for each in questions if each.id in found.first]
    return {
        each.id
        for each in questions
        for later in asked
        if each.pledge == later.pledge and not each.passed_over
        if each.period in nudging.earlier_than(later.period)
    }


async def _note(
    session: AsyncSession, found: nudging.Next, over: Mapping[int, PassedOver], row_id: int, now: datetime
) -> None:
    """This row asks these questions, and those in `over` are passed over: one statement, however many they are."""
    for_each = {each.name: [number for number, why in over.items() if why is each] for each in PassedOver}
    which = {"first": found.first, "again": found.again, "over": list(over), **for_each}
    which["changed"] = [*found.first, *found.again, *over]
    await session.execute(_noting(), {**which, "row": row_id, NOW.key: now})


@cache
def _noting() -> Update:
    first, again, over = _among("first"), _among("again"), _among("over")
    reasons = [(_among(each.name), literal(each, Nudge.passed_over_for.type)) for each in PassedOver]
    row: BindParameter[int] = bindparam("row")
    return (
        update(Nudge)
        .where(_among("changed"))
        .values(
            outbox_id=case((first, row), else_=Nudge.outbox_id),
            asked_at=case((first, NOW), else_=Nudge.asked_at),
            again_id=case((again, row), else_=Nudge.again_id),
            asked_again_at=case((again, NOW), else_=Nudge.asked_again_at),
            passed_over=case((over, true()), else_=Nudge.passed_over),
            passed_over_for=case(*reasons, else_=Nudge.passed_over_for),
        )
        .execution_options(synchronize_session=False)
    )


def _among(name: str) -> ColumnElement[bool]:
    """One of the ids that are filled in under this name."""
    return Nudge.id.in_(bindparam(name, expanding=True))


@cache
def due_and_unasked() -> Select[Nudge]:
    """Questions about active pledges that may have to be asked now, or again, the earliest first.

    Nobody is asked how it stands while one party has said that it is over, and the other has been asked about that.
    Has places for moments (`db.moments.as_of`).
    """
    first = and_(Nudge.due_at <= from_now(nudging.SOONEST), Nudge.asked_at.is_(None))
    again = and_(
        Nudge.asked_at <= from_now(-nudging.AGAIN_FROM),
        Nudge.asked_again_at.is_(None),
        Nudge.period.not_in(nudging.ONCE),
        ~history.has_answered(Nudge.pledge_id, Nudge.person_id, Nudge.period),
    )
    return (
        select(Nudge)
        .join(Person, Person.id == Nudge.person_id)
        .where(or_(first, again), _may_be_asked(), reach.hears(NOW))
        .order_by(Nudge.due_at, Nudge.id)
    )


@cache
def _may_be_asked() -> ColumnElement[bool]:
    return and_(Nudge.passed_over.is_(False), next_questions.is_active(), ~history.waits(Nudge.pledge_id))


@cache
def _people_with_question_due() -> Select[int]:
    """The ids of the people who may have a question due, perhaps repeatedly, whoever has waited longest first."""
    return due_and_unasked().with_only_columns(Nudge.person_id)


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


async def next_due(session: AsyncSession, now: datetime, operator: Operator) -> datetime | None:
    """The next instant after now at which a question falls due, or is asked again, for the walker; None without any."""
    first = await session.execute(_planned(), as_of(now))
    due = [nudging.at_hour(at, nudging.hour_of(hour), operator.zone) for at, hour in first]
    asked = await session.execute(_asked_once())
    again = [nudging.again_due(at, operator.zone, land or None) for at, land in asked if at is not None]
    return min((each for each in (*due, *again) if each > now), default=None)


@cache
def _planned() -> Select[datetime, int | None]:
    """When the next question falls due, for each hour at which people are asked, and this hour."""
    return (
        select(func.min(Nudge.due_at), Person.asking_hour)
        .join(Person, Person.id == Nudge.person_id)
        .where(Nudge.due_at > NOW, Nudge.asked_at.is_(None), _may_be_asked())
        .group_by(Person.asking_hour)
    )


@cache
def _asked_once() -> Select[datetime | None, str | None]:
    """When questions were asked that may be asked again, and the Land of whom they were asked."""
    return (
        select(Nudge.asked_at, Person.land)
        .join(Person, Person.id == Nudge.person_id)
        .where(Nudge.asked_at.is_not(None), Nudge.asked_again_at.is_(None), _may_be_asked())
        .distinct()
    )


_ANSWERING = (EventKind.SAID, EventKind.BLOCKED, EventKind.TAKEN_BACK)
"""An answer that stands is shown as such; one that was taken back says nothing."""


async def is_quiet(
    session: AsyncSession, pledge: Pledge, person_id: int | None, *, but: Period | None = None
) -> bool:
    """Whether this party was asked about the pledge, in another question than `but`, and has done nothing about it
    since, nor shown anything: only then does it mean something that they said nothing.
    """
    about = {"pledge": pledge.id, "party": person_id, "but": but}
    return bool(await session.scalar(_is_quiet(), about))


@cache
def _is_quiet() -> Select[bool]:
    first_asked = (
        select(func.min(Nudge.asked_at))
        .where(
            Nudge.pledge_id == bindparam("pledge"),
            Nudge.person_id == bindparam("party"),
            Nudge.period.is_distinct_from(bindparam("but")),
        )
        .scalar_subquery()
    )
    since = and_(PledgeEvent.at >= first_asked, PledgeEvent.kind.not_in(_ANSWERING))
    done = exists().where(
        PledgeEvent.pledge_id == bindparam("pledge"),
        PledgeEvent.party_id == bindparam("party"),
        or_(PledgeEvent.kind == EventKind.EVIDENCED, since),
    )
    return select(and_(first_asked.is_not(None), ~done))


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
    due = [n.period for n in planned if n.due_at <= now or n.asked_at is not None]
    return nudging.current([n.period for n in planned], due)

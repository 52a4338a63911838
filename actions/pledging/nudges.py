"""Nudges: planned when a pledge is made, asked when `domain.nudging` says so, one message to each person."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, parties, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import FOR_CHANGE, Pass, Selected
from actions.exchange.turn import Turn
from actions.pledging import history, passing_over, silences, terms
from db import reach
from db.models import Draft, Nudge, Person, Pledge, PledgeEvent, Priority
from db.moments import NOW, as_of, from_now
from domain import nudging
from domain.history import Answers, EventKind
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged
from domain.pledges import State


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

    async def find(session: AsyncSession) -> Iterable[int]:
        return dict.fromkeys(await session.scalars(due, as_of(now)))

    due = _people_with_question_due()
    return Pass(Selected(due, as_of(now), find), ask)


async def ask_due(session: AsyncSession, person_id: int, now: datetime, operator: Operator) -> bool:
    """Owe one message with all that this person is to be asked now, and return whether there was anything.

    The key of the row makes asking twice in a day impossible. What a later question or an answer has taken the place
    of is passed over.
    """
    person = await session.get(Person, person_id, with_for_update=FOR_CHANGE)
    if person is None:
        return False
    found = await next_for(session, person, now, operator)
    if found is None:
        return False
    for number, why in found.passed_over.items():
        await passing_over.pass_over(session, Nudge.id == number, why=why)
    if found.at is None or found.why is not None:
        return False
    return await _ask(session, person, found, now, operator)


async def next_for(
    session: AsyncSession,
    person: Person,
    now: datetime,
    operator: Operator,
    about: ColumnElement[bool] | None = None,
    answered: ColumnElement[bool] | None = None,
) -> nudging.Next | None:
    """What this party is asked next, when, and why not now. `about`: a condition on the questions; `answered`: on
    those that are taken for answered just now.
    """
    which = and_(Nudge.person_id == person.id, _is_active(), about if about is not None else true())
    rows = (await session.execute(select(Nudge, history.waits(Nudge.pledge_id)).where(which))).all()
    about_each = await history.answers_about(session, {nudge.pledge_id for nudge, _ in rows}, person.id)
    silent = await silences.silent_months(session, person, now, operator)
    asked = [
        _question(nudge, about_each[nudge.pledge_id], operator, silent.get(nudge.pledge_id), waits=waits)
        for nudge, waits in rows
    ]
    if answered is not None:
        ids = set(await session.scalars(select(Nudge.id).where(answered)))
        asked = nudging.answered_on(asked, ids, operator.day(now))
    last = await transcript.last_due(session, person.id, Nudged.Payload)
    reads = await parties.reader(session, person, now)
    reader = nudging.Reader(
        operator.zone,
        person.land or None,
        person.role,
        nudging.hour_of(reads.asking_hour),
        paused=reach.is_paused(reads, now),
        paused_until=reads.paused_until,
        reachable=reach.agrees(reads) and reach.is_reachable(reads),
        last_asked=operator.day(last) if last is not None else None,
        writing_since=await _writing_since(session, reads),
        terms=await terms.known(session),
    )
    return nudging.next_message(asked, reader, now)


def _question(
    nudge: Nudge, answers: Answers, operator: Operator, silent_months: int | None, *, waits: bool
) -> nudging.Question:
    """`silent_months`: for how many months the pledge is, if nothing was heard of its party for long; else None."""
    said, answer = answers.last_said(), answers.to(nudge.period)
    return nudging.Question(
        id=nudge.id,
        pledge=nudge.pledge_id,
        period=nudge.period,
        due=nudge.due_at,
        asked_at=nudge.asked_at,
        asked_again_at=nudge.asked_again_at,
        answered=answer is not None and answer.status is not None,
        passed_over=nudge.passed_over,
        heard_on=operator.day(said.at) if said is not None else None,
        waits=waits,
        silent=silent_months is not None,
        left_out=silent_months is not None and not nudging.still_asked(nudge.period, silent_months),
    )


async def _writing_since(session: AsyncSession, person: Person) -> datetime | None:
    """Since when words are awaited of them."""
    return await session.scalar(
        select(Draft.created_at).where(Draft.person_id == person.id, Draft.awaiting.is_(True)).limit(1)
    )


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
    return and_(Nudge.passed_over.is_(False), _is_active(), ~history.waits(Nudge.pledge_id))


@cache
def _is_active() -> ColumnElement[bool]:
    return Nudge.pledge_id.in_(select(Pledge.id).where(Pledge.state == State.ACTIVE))


@cache
def _people_with_question_due() -> Select[int]:
    """The ids of the people who may have a question due, perhaps repeatedly, whoever has waited longest first."""
    return due_and_unasked().with_only_columns(Nudge.person_id)


async def _ask(
    session: AsyncSession, person: Person, found: nudging.Next, now: datetime, operator: Operator
) -> bool:
    """Owe one message with these questions, and return whether that was possible."""
    key = f"nudge:{person.id}:{operator.day(now).isoformat()}"
    if person.chat_id is None or await transcript.was_owed(session, key):
        return False
    row = outbox.owe(
        session, Nudged.Payload(), outbox.Recipient.of(person), now, priority=Priority.NUDGE, key=key
    )
    await session.flush()
    for nudge in await session.scalars(select(Nudge).where(Nudge.id.in_((*found.first, *found.again)))):
        if nudge.id in found.again:
            nudge.again_id, nudge.asked_again_at = row.id, now
        else:
            nudge.outbox_id, nudge.asked_at = row.id, now
            await passing_over.earlier(session, nudge)
    await _set_draft_aside(session, person, now)
    return True


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


async def is_quiet(
    session: AsyncSession, pledge: Pledge, person_id: int | None, *, but: Period | None = None
) -> bool:
    """Whether this party was asked about the pledge, in another question than `but`, and has shown nothing: only then
    does it mean something that they said nothing.
    """
    asked = select(Nudge.id).where(
        Nudge.pledge_id == pledge.id,
        Nudge.person_id == person_id,
        Nudge.asked_at.is_not(None),
        Nudge.period != but if but is not None else true(),
    )
    shown = select(PledgeEvent.id).where(
        PledgeEvent.pledge_id == pledge.id,
        PledgeEvent.party_id == person_id,
        PledgeEvent.kind == EventKind.EVIDENCED,
    )
    return await session.scalar(asked.where(~shown.exists()).limit(1)) is not None


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

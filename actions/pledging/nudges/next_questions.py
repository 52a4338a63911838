"""What a party is asked next, when, and why not now: `domain.nudging` decides, from what is read here."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, raiseload

from actions.exchange import entries, parties
from actions.exchange.operator import Operator
from actions.pledging import history
from actions.pledging.nudges import terms
from actions.pledging.silences import silences
from db import reach
from db.models import Draft, Nudge, OfficeSeat, Person, Pledge
from domain import nudging
from domain.calendar import public_holiday
from domain.history import Answers
from domain.nudging.periods import MONTHS
from domain.outcomes.pledging.nudges import Nudged
from domain.pledges import State
from domain.terms import Terms


@dataclass(frozen=True)
class PartyKnown:
    """Of a party: when they were last due a question, since when words are awaited of them, whether the message with a
    key was owed, and whether anybody has a seat in an office of theirs.
    """

    last_due: datetime | None
    writing_since: datetime | None
    was_owed: bool
    has_office: bool


_LAST_DUE = entries.last_due(Person.id, Nudged.Payload)
_WRITING_SINCE = (
    select(Draft.created_at).where(Draft.person_id == Person.id, Draft.awaiting.is_(True)).limit(1)
).scalar_subquery()
_WAS_OWED = entries.was_owed(bindparam("key"))
_HAS_OFFICE = exists().where(OfficeSeat.mp_id == Person.id, OfficeSeat.ended_at.is_(None))
_KNOWN = (_LAST_DUE, _WRITING_SINCE, _WAS_OWED, _HAS_OFFICE)


@cache
def _known() -> Select[datetime | None, datetime | None, bool, bool]:
    return select(*_KNOWN).where(Person.id == bindparam("person"))


@cache
def _locked() -> Select[Person, datetime | None, datetime | None, bool, bool]:
    lean = (joinedload(Person.consents), raiseload(Person.memberships))
    party = select(Person, *_KNOWN).where(Person.id == bindparam("person"))
    return party.options(*lean).with_for_update(key_share=True, of=Person)


async def lock(session: AsyncSession, person_id: int, key: str) -> tuple[Person | None, PartyKnown | None]:
    """The person, locked, and what is known of them. Only their consents are read beside their row, since hundreds are
    asked at ten o'clock.
    """
    rows = await session.execute(_locked(), {"person": person_id, "key": key})
    found = rows.unique().one_or_none()
    if found is None:
        return None, None
    known = PartyKnown(*found[1:])
    if not known.has_office:
        parties.note_without_office(session, person_id)
    return found[0], known


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
    questions = await of(session, person, now, operator, about)
    if answered is not None:
        ids = set(await session.scalars(select(Nudge.id).where(answered)))
        questions = nudging.answered_on(questions, ids, operator.day(now))
    known: Row[datetime | None, datetime | None, bool, bool]
    known = (await session.execute(_known(), {"person": person.id, "key": ""})).one()
    asks = await reader(session, person, now, operator, PartyKnown(*known), await terms.known(session))
    return nudging.next_message(questions, asks, now)


def not_now(
    person: Person, found: nudging.Next | None, now: datetime, operator: Operator
) -> nudging.NotNow | None:
    """Why this party is not asked now, with what there is to know of it; None if nothing but the day is missing."""
    if found is None or found.why is None or found.why is nudging.WhyNot.NOT_DUE:
        return None
    match found.why:
        case nudging.WhyNot.PAUSED if reach.is_paused(person, now) and person.paused_until is not None:
            return nudging.NotNow(found.why, operator.day(person.paused_until))
        case nudging.WhyNot.UNREACHABLE if person.unreachable_since is not None:
            return nudging.NotNow(found.why, operator.day(person.unreachable_since))
        case nudging.WhyNot.DAY_OFF if person.land and not public_holiday(operator.day(now), None):
            return nudging.NotNow(found.why, land=person.land)
        case _:
            return nudging.NotNow(found.why)


async def of(
    session: AsyncSession,
    person: Person,
    now: datetime,
    operator: Operator,
    about: ColumnElement[bool] | None = None,
) -> list[nudging.PledgeQuestion]:
    """This party's questions about active pledges. `about`: a condition on them."""
    asked = _of_person() if about is None else _of_person().where(about)
    rows = (await session.execute(asked, {"person": person.id})).all()
    about_each = await history.answers_about(session, {nudge.pledge_id for nudge, _ in rows}, person.id)
    silent: dict[int, int] = {}
    if about is not None or _may_be_silent([nudge for nudge, _ in rows]):
        silent = await silences.silent_months(session, person, now, operator)
    return [
        _question(nudge, about_each[nudge.pledge_id], operator, silent.get(nudge.pledge_id), waits=waits)
        for nudge, waits in rows
    ]


@cache
def _of_person() -> Select[Nudge, bool]:
    waits = history.waits(Nudge.pledge_id)
    return select(Nudge, waits).where(Nudge.person_id == bindparam("person"), is_active())


def _may_be_silent(asked: list[Nudge]) -> bool:
    """Whether enough of their monthly questions were asked a second time for them to be silent."""
    again = sum(each.period in MONTHS and each.asked_again_at is not None for each in asked)
    return again >= nudging.IN_A_ROW


async def reader(
    session: AsyncSession,
    person: Person,
    now: datetime,
    operator: Operator,
    known: PartyKnown,
    calendars: Terms,
) -> nudging.Reader:
    """Who reads what this party is asked, and when they may be asked."""
    reads = await parties.reader(session, person, now) if known.has_office else person
    writing = known.writing_since if reads is person else await _writing_since(session, reads)
    return nudging.Reader(
        operator.zone,
        person.land or None,
        person.role,
        nudging.hour_of(reads.asking_hour),
        paused=reach.is_paused(reads, now),
        paused_until=reads.paused_until,
        reachable=reach.agrees(reads) and reach.is_reachable(reads),
        last_asked=operator.day(known.last_due) if known.last_due is not None else None,
        writing_since=writing,
        terms=calendars,
    )


async def _writing_since(session: AsyncSession, person: Person) -> datetime | None:
    """Since when words are awaited of them."""
    return await session.scalar(
        select(Draft.created_at).where(Draft.person_id == person.id, Draft.awaiting.is_(True)).limit(1)
    )


def _question(
    nudge: Nudge, answers: Answers, operator: Operator, silent_months: int | None, *, waits: bool
) -> nudging.PledgeQuestion:
    """`silent_months`: for how many months the pledge is, if nothing was heard of its party for long; else None."""
    said, answer = answers.last_said(), answers.to(nudge.period)
    return nudging.PledgeQuestion(
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


@cache
def is_active() -> ColumnElement[bool]:
    """The condition on questions that their pledge is active. It is looked up for each of them: with "exists" a
    database may begin with all active pledges.
    """
    return select(Pledge.state).where(Pledge.id == Nudge.pledge_id).scalar_subquery() == State.ACTIVE

"""Finds who is silent about which pledge, from the questions, the messages that asked them, and what was heard since.

No text is read. Pledges made before the rule existed are left out, since nobody was told of it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import product

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import answered, transcript
from actions.exchange.entries import Kinds
from actions.exchange.operator import Operator
from actions.pledging.nudges import terms
from db.models import Nudge, Person, Pledge, PledgeEvent
from db.moments import as_of
from db.once import once
from domain import nudging
from domain.calendar import months_apart
from domain.nudging import IN_A_ROW
from domain.nudging.periods import MONTHS
from domain.outcomes.pledging.nudges import NoteOffered
from domain.outcomes.pledging.pledges import PledgeCard
from domain.outcomes.pledging.snoozes import Snoozed
from domain.outcomes.rights import Paused
from domain.pledges import State

SIGNS: Kinds = (NoteOffered.Payload, Snoozed.Payload, Paused)
"""Answers to words and taps that may be about any pledge of whoever wrote."""

Party = tuple[int, int]
"""A pledge and one of its parties, by their ids."""


@dataclass(frozen=True)
class Silence:
    """One party's. `reader_id`: the other party; `start`: from when on it is one, which may be later than now; `since`:
    the day of their last word about the pledge, which may be their yes; `months`: for how many the pledge is.
    """

    pledge_id: int
    person_id: int
    reader_id: int | None
    start: datetime
    since: date
    months: int


async def found(
    session: AsyncSession,
    now: datetime,
    operator: Operator,
    *which: ColumnElement[bool],
    of: int | None = None,
    before: datetime | None = None,
) -> list[Silence]:
    """The silences, and those that will begin if nobody says anything until then.

    `which`: conditions on the questions (`Nudge`) and their pledges, in whose places for moments goes `now`; `of`: this
    person's only, which every turn asks; `before`: what was said from this moment on does not count.
    """
    asked_often = often_asked() if of is None else _often_asked_of_one()
    places = {**as_of(now), "party": of}
    candidates = (await session.execute(asked_often.where(*which) if which else asked_often, places)).all()
    if not candidates:
        return []
    pledges, people = {row[0] for row in candidates}, {row[1] for row in candidates}
    asked = await _asked(session, pledges, people)
    heard = await _heard(session, pledges, people, before)
    known, silences = await terms.known(session), []
    for pledge_id, person_id, reader_id, land, made_on, deadline in candidates:
        heard_at = heard.get((pledge_id, person_id))
        questions = asked[pledge_id, person_id]
        start = nudging.silent_from(questions, heard_at, operator.zone, land or None, known)
        if start is not None and made_on is not None and deadline is not None:
            since = operator.day(heard_at) if heard_at is not None else made_on
            months = months_apart(made_on, deadline)
            silences.append(Silence(pledge_id, person_id, reader_id, start, since, months))
    return silences


@cache
def often_asked() -> Select[int, int, int | None, str | None, date | None, date | None]:
    """Parties who were asked so often that they are silent if they have said nothing."""
    reader = case((Pledge.author_id == Nudge.person_id, Pledge.partner_id), else_=Pledge.author_id)
    return (
        select(Nudge.pledge_id, Nudge.person_id, reader, Person.land, Pledge.made_on, Pledge.deadline)
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .join(Person, Person.id == Nudge.person_id)
        .where(
            Pledge.state == State.ACTIVE,
            Pledge.told_of_silence.is_(True),
            Nudge.period.in_(MONTHS),
            Nudge.asked_again_at.is_not(None),
        )
        .group_by(Nudge.pledge_id, Nudge.person_id, reader, Person.land, Pledge.made_on, Pledge.deadline)
        .having(func.count() >= IN_A_ROW)
        .order_by(Nudge.pledge_id, Nudge.person_id)
    )


@cache
def _often_asked_of_one() -> Select[int, int, int | None, str | None, date | None, date | None]:
    return often_asked().where(Nudge.person_id == bindparam("party"))


async def present(
    session: AsyncSession,
    now: datetime,
    operator: Operator,
    *which: ColumnElement[bool],
    of: int | None = None,
    before: datetime | None = None,
) -> list[Silence]:
    """Those of `found` that have begun."""
    silences = await found(session, now, operator, *which, of=of, before=before)
    return [each for each in silences if each.start <= now]


async def silent_months(
    session: AsyncSession, person: Person, now: datetime, operator: Operator
) -> dict[int, int]:
    """The pledges, by id, about which this person is silent, and for how many months each is."""
    silences = await once(
        session, ("silences", person.id, now), lambda: present(session, now, operator, of=person.id)
    )
    return {each.pledge_id: each.months for each in silences}


async def _asked(
    session: AsyncSession, pledges: Collection[int], people: Collection[int]
) -> Mapping[Party, list[nudging.PastQuestion]]:
    questions = select(Nudge).where(Nudge.pledge_id.in_(pledges), Nudge.person_id.in_(people))
    rows = (await session.scalars(questions)).all()
    messages = [each for row in rows for each in (row.outbox_id, row.again_id) if each is not None]
    arrived = await transcript.arrivals(session, messages)
    asked: defaultdict[Party, list[nudging.PastQuestion]] = defaultdict(list)
    for row in rows:
        first, again = arrived.get(row.outbox_id or 0), arrived.get(row.again_id or 0)
        question = nudging.PastQuestion(
            row.period, row.due_at, row.asked_at, first, row.asked_again_at, again
        )
        asked[row.pledge_id, row.person_id].append(question)
    return asked


async def _heard(
    session: AsyncSession, pledges: Collection[int], people: Collection[int], before: datetime | None
) -> Mapping[Party, datetime]:
    """When each party was last heard of: an event of theirs, any tap about the pledge, which was answered, or a sign
    that may be about any.
    """
    until = () if before is None else (PledgeEvent.at < before,)
    events = await session.execute(
        select(PledgeEvent.pledge_id, PledgeEvent.party_id, func.max(PledgeEvent.at))
        .where(PledgeEvent.pledge_id.in_(pledges), PledgeEvent.party_id.in_(people), *until)
        .group_by(PledgeEvent.pledge_id, PledgeEvent.party_id)
    )
    heard = {(pledge, party): at for pledge, party, at in events if party is not None}
    tapped = await answered.about(session, people, PledgeCard.Payload, pledges, before)
    signs = await answered.with_one_of(session, people, SIGNS, before)
    both = product(pledges, people)
    return {
        (pledge, party): max(moments)
        for pledge, party in both
        if (moments := _known(heard.get((pledge, party)), tapped.get((party, pledge)), signs.get(party)))
    }


def _known(*moments: datetime | None) -> list[datetime]:
    return [each for each in moments if each is not None]

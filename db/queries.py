"""Named queries about people, workshops, suggestions, introductions and pledges."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, raiseload, selectinload

from db import intact, reach
from db.models import (
    Draft,
    Interest,
    Introduction,
    IntroState,
    Membership,
    Person,
    Pledge,
    PledgeEvent,
    Suggestion,
    Workshop,
)
from db.reach import agreeing
from domain.outcomes.choices import Direction, Met, Verdict
from domain.pledges import State


async def workshop_by_code(session: AsyncSession, code: str) -> Workshop | None:
    return await session.scalar(select(Workshop).where(Workshop.code == code))


async def workshops(session: AsyncSession, *which: ColumnElement[bool]) -> Sequence[Workshop]:
    """Those that meet the conditions, the newest first."""
    return await intact.rows(
        session, Workshop, select(Workshop.id).where(*which).order_by(Workshop.id.desc())
    )


async def present_workshop(session: AsyncSession, person: Person) -> Workshop | None:
    """The workshop joined last, None for somebody who came without one."""
    present = person.present_workshop_id
    return await session.get(Workshop, present) if present is not None else None


async def workshops_of(session: AsyncSession, person: Person) -> Sequence[Workshop]:
    """The workshops somebody has joined, the present one first."""
    return (
        await session.scalars(
            select(Workshop)
            .join(Membership, Membership.workshop_id == Workshop.id)
            .where(Membership.person_id == person.id)
            .order_by(Membership.joined_at.desc(), Workshop.id.desc())
        )
    ).all()


async def next_workshop(session: AsyncSession, person: Person, today: date) -> Workshop | None:
    """The next workshop that somebody is in, today's included; None if all are over. Reads the memberships."""
    theirs = [each.workshop_id for each in person.memberships]
    to_come = select(Workshop).where(Workshop.id.in_(theirs), Workshop.day >= today)
    return await session.scalar(to_come.order_by(Workshop.day, Workshop.id).limit(1))


def joined(workshop_id: int) -> ColumnElement[bool]:
    """People in this workshop with both core consents, paused and unreachable ones included."""
    return and_(has_member(workshop_id), agreeing())


async def people_of(session: AsyncSession, workshop_id: int, *which: ColumnElement[bool]) -> Sequence[Person]:
    """The people who have joined (see `joined`) and meet the conditions `which`, with their interests.

    Anyone whose row is damaged is left out. Their consents and memberships are not loaded, which would take most of the
    time: reading them raises.
    """
    lean = (raiseload(Person.consents), raiseload(Person.memberships), selectinload(Person.interests))
    people = select(Person.id).where(joined(workshop_id), *which).order_by(Person.id)
    return await intact.rows(session, Person, people, *lean)


async def most_sought(session: AsyncSession, workshop_id: int, at_least: int, limit: int) -> list[str]:
    """The topics that most people of the workshop seek, most first, each sought by at least `at_least` of them."""
    seekers = func.count(Interest.person_id.distinct())
    people = select(Person.id).where(joined(workshop_id))  # asked of each person, not of each thing they seek
    return list(
        await session.scalars(
            select(Interest.topic)
            .where(
                Interest.person_id.in_(people),
                Interest.direction == Direction.SEEKS,
                Interest.topic.is_not(None),
            )
            .group_by(Interest.topic)
            .having(seekers >= at_least)
            .order_by(seekers.desc(), Interest.topic)
            .limit(limit)
        )
    )


_AWAITING = select(Draft).where(Draft.person_id == bindparam("person"), Draft.awaiting.is_(True))


async def awaiting_draft(session: AsyncSession, person: Person) -> Draft | None:
    return await session.scalar(_AWAITING, {"person": person.id})


async def shown(session: AsyncSession, workshop_id: int, ids: Collection[int]) -> dict[int, set[int]]:
    """Ids of those whose cards each of these people must not get (again) in the workshop: those shown before, those who
    asked to meet them, and those who said "not my topic" about them, of which nobody learns.

    Whoever asked in another workshop and got no answer may be shown: a yes here makes the match.
    """
    before = select(Suggestion.person_id, Suggestion.other_id).where(Suggestion.person_id.in_(ids))
    asked = select(Introduction.asked_id, Introduction.asker_id).where(
        Introduction.asked_id.in_(ids), ~unanswered_elsewhere(workshop_id)
    )
    refused = select(Suggestion.other_id, Suggestion.person_id).where(
        Suggestion.other_id.in_(ids), Suggestion.verdict == Verdict.NOT_MY_TOPIC
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for pairs in (before, asked, refused):
        for reader, other in await session.execute(pairs):
            found[reader].add(other)
    return found


def unanswered_elsewhere(workshop_id: int) -> ColumnElement[bool]:
    """Introductions in another workshop whose time was over without an answer."""
    return and_(Introduction.state == IntroState.EXPIRED, Introduction.workshop_id != workshop_id)


def got_card_since(since: datetime) -> ColumnElement[bool]:
    """People who were shown a card after this moment, and have not answered it."""
    return exists().where(
        Suggestion.person_id == Person.id, Suggestion.verdict.is_(None), Suggestion.shown_at > since
    )


async def with_open_card(session: AsyncSession, workshop_id: int) -> set[int]:
    """Ids of those who have not answered a card, or who asked to meet somebody and are waiting as far as they know."""
    cards = select(Suggestion.person_id).where(
        Suggestion.workshop_id == workshop_id, Suggestion.verdict.is_(None)
    )
    askers = select(Introduction.asker_id).where(Introduction.workshop_id == workshop_id, asker_waits())
    return {*await session.scalars(cards), *await session.scalars(askers)}


async def exposure(session: AsyncSession, workshop_id: int) -> dict[int, int]:
    """How many people in this workshop each person was suggested to."""
    return await counted(session, Suggestion.other_id, Suggestion.workshop_id == workshop_id)


async def counted(session: AsyncSession, by: Any, *which: ColumnElement[bool]) -> dict[int, int]:
    """How many rows meet the conditions, by this column of theirs."""
    rows = await session.execute(select(by, func.count()).where(*which).group_by(by))
    return {person: number for person, number in rows}  # noqa: C416 - dict() cannot type rows


def in_pledge(person_id: Any) -> ColumnElement[bool]:
    """Pledges that this person is a party to. `person_id` is an id, or a column of ids."""
    return or_(Pledge.author_id == person_id, Pledge.partner_id == person_id)


def in_introduction(person_id: Any) -> ColumnElement[bool]:
    """Introductions in which this person asked or was asked. `person_id` is an id, or a column of ids."""
    return or_(Introduction.asker_id == person_id, Introduction.asked_id == person_id)


def asker_waits() -> ColumnElement[bool]:
    """Introductions whose asker has heard neither a yes nor that the time is over: a no changes nothing for them."""
    open_or_refused = Introduction.state.in_((IntroState.ASKED, IntroState.DECLINED))
    return and_(open_or_refused, Introduction.closed_at.is_(None))


def introduces(one: Any, other: Any) -> ColumnElement[bool]:
    """Introductions of these two to each other, whoever asked. `one` and `other` are ids, or columns of ids."""
    return or_(
        and_(Introduction.asker_id == one, Introduction.asked_id == other),
        and_(Introduction.asker_id == other, Introduction.asked_id == one),
    )


def got_together() -> ColumnElement[bool]:
    """Introductions of people who met, as at least one of them says."""
    return or_(Introduction.asker_met == Met.YES, Introduction.asked_met == Met.YES)


async def pledges_of(session: AsyncSession, person: Person, *states: State) -> Sequence[Pledge]:
    mine = select(Pledge.id).where(in_pledge(person.id), Pledge.state.in_(states))
    return await intact.rows(session, Pledge, mine.order_by(Pledge.deadline, Pledge.id))


async def pledges_acted_on(session: AsyncSession, person: Person, *states: State) -> Sequence[Pledge]:
    """Their own pledges, and those of the MPs in whose office they are."""
    mps = reach.represented_by(person.id)
    of = or_(in_pledge(person.id), Pledge.author_id.in_(mps), Pledge.partner_id.in_(mps))
    mine = select(Pledge.id).where(of, Pledge.state.in_(states))
    return await intact.rows(session, Pledge, mine.order_by(Pledge.deadline, Pledge.id))


async def matches_of(session: AsyncSession, person: Person) -> list[Person]:
    """The people this person has matched with (both said yes), newest first."""
    found = await session.scalars(
        select(Introduction)
        .where(
            in_introduction(person.id),
            Introduction.state == IntroState.BOTH,
        )
        .order_by(Introduction.id.desc())
    )
    ids = [intro.other_than(person.id) for intro in found]
    people = {
        p.id: p for p in await intact.rows(session, Person, select(Person.id).where(Person.id.in_(ids)))
    }
    return [people[i] for i in dict.fromkeys(ids) if i in people]


def entered() -> Select[int]:
    """Selects the ids of the people without Telegram whom somebody has entered."""
    return select(Person.id).where(Person.entered_by_id.is_not(None))


async def entered_by(session: AsyncSession, person: Person) -> Sequence[Person]:
    """The people without Telegram whom this person has entered, the newest first."""
    theirs = select(Person.id).where(Person.entered_by_id == person.id).order_by(Person.id.desc())
    return await intact.rows(session, Person, theirs)


def shared_workshop(one: Person, other: Person) -> int | None:
    """The id of the workshop that both are in and `other` joined last, None if there is none."""
    mine = {m.workshop_id for m in one.memberships}
    common = [m for m in other.memberships if m.workshop_id in mine]
    return max(common, key=lambda m: m.joined_at).workshop_id if common else None


def has_member(workshop_id: int) -> ColumnElement[bool]:
    return Person.id.in_(select(Membership.person_id).where(Membership.workshop_id == workshop_id))


def is_present(workshop_id: int) -> ColumnElement[bool]:
    """The condition for `Person.present_workshop_id` on people who have joined this workshop."""
    here, later = aliased(Membership), aliased(Membership)
    after = or_(
        later.joined_at > here.joined_at,
        and_(later.joined_at == here.joined_at, later.workshop_id > here.workshop_id),
    )
    moved_on = exists().where(later.person_id == here.person_id, after)
    return exists().where(here.person_id == Person.id, here.workshop_id == workshop_id, ~moved_on)


def has_words() -> ColumnElement[bool]:
    """The condition that an event of a pledge holds words of its party, or their photo."""
    return or_(PledgeEvent.text.is_not(None), PledgeEvent.notes.is_not(None), PledgeEvent.photo.is_not(None))

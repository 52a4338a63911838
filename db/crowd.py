"""Many people of a workshop at once, as matching and search need them: whole rows would take most of the time."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import intact, queries, reach
from db.intact import Ids
from db.models import Interest, Person
from db.planning import unindexed
from domain.outcomes.choices import Direction, Stance
from domain.roles import Role


class CrowdInterest(NamedTuple):
    """One thing somebody seeks or offers, as `db.models.Interest`."""

    direction: Direction
    topic: str | None
    words: str | None
    stance: Stance | None


class Attendee(NamedTuple):
    """Somebody in a workshop, with the columns of `db.models.Person` that have these names."""

    id: int
    chat_id: int | None
    name: str | None
    role: Role | None
    role_confirmed: bool | None
    land: str | None
    seeks_at: datetime | None
    offers_at: datetime | None
    paused: bool
    paused_until: datetime | None
    unreachable_since: datetime | None
    present_on: date | None = None
    present_until: time | None = None
    present_talks: int | None = None
    interests: Sequence[CrowdInterest] = ()


class Named(NamedTuple):
    id: int
    name: str
    place: str


# The columns of the tables: for those of the classes SQLAlchemy would do more for each row.
_PEOPLE, _INTERESTS = Person.__table__.c, Interest.__table__.c
_COLUMNS = [_PEOPLE[name] for name in Attendee._fields if name != "interests"]
_WISHES = [_INTERESTS.person_id, *(_INTERESTS[name] for name in CrowdInterest._fields)]

_THEIRS = (
    select(*_WISHES).where(_INTERESTS.person_id.in_(bindparam("ids", expanding=True))).order_by(_INTERESTS.id)
)


def bearing_on(wishes: Collection[Interest]) -> ColumnElement[bool]:
    """The condition on what others seek and offer that it has anything to do with these: the same topic, or own words
    if there are any among these. All other interests say nothing about whether two people fit.
    """
    topics = {each.topic for each in wishes if each.topic}
    same = unindexed(Interest.topic).in_(topics)
    return or_(same, Interest.topic.is_(None)) if any(each.topic is None for each in wishes) else same


def showable(workshop_id: int, now: datetime) -> Select[int]:
    """Selects the ids of the people in the workshop who may be shown to others now."""
    return select(Person.id).where(queries.has_member(workshop_id), reach.showable(now)).correlate(None)


def in_workshop(workshop_id: int, *which: ColumnElement[bool]) -> Select[int]:
    """Selects the ids of the people who have joined (see `queries.joined`) and meet the conditions `which`."""
    return select(Person.id).where(queries.joined(workshop_id), *which).correlate(None)


async def attendees(
    session: AsyncSession, found: Select[int], *which: ColumnElement[bool]
) -> Sequence[Attendee]:
    """The people whose ids `found` selects, with what they seek and offer, as far as it meets the conditions `which`.
    Anyone of whom something that is read here is damaged is left out.
    """
    theirs = _THEIRS.where(*which) if which else _THEIRS

    async def read(ids: Ids) -> list[Attendee]:
        chosen = select(*_COLUMNS).where(_PEOPLE.id.in_(ids)).order_by(_PEOPLE.id)
        people = (await session.execute(chosen)).all()
        wishes: defaultdict[int, list[CrowdInterest]] = defaultdict(list)
        for person_id, *wish in (await session.execute(theirs, {"ids": [row.id for row in people]})).all():
            wishes[person_id].append(CrowdInterest._make(wish))
        return [Attendee._make((*row, wishes.get(row.id, ()))) for row in people]

    return await intact.read(session, "persons", found, read)


async def names(session: AsyncSession, found: Select[int]) -> dict[int, str]:
    """What the people whose ids `found` selects are called, by id. Anyone whose name is damaged is left out."""

    async def read(ids: Ids) -> list[tuple[int, str]]:
        chosen = select(_PEOPLE.id, _PEOPLE.name).where(_PEOPLE.id.in_(ids))
        return [(number, name or "") for number, name in (await session.execute(chosen)).all()]

    return dict(await intact.read(session, "persons", found, read))


async def named(session: AsyncSession, found: Select[int]) -> Sequence[Named]:
    """The names and places of the people whose ids `found` selects. Anyone whose row is damaged is left out."""

    async def read(ids: Ids) -> list[Named]:
        chosen = select(_PEOPLE.id, _PEOPLE.name, _PEOPLE.place).where(_PEOPLE.id.in_(ids))
        return [
            Named(number, name or "", place or "")
            for number, name, place in await session.execute(chosen.order_by(_PEOPLE.id))
        ]

    return await intact.read(session, "persons", found, read)

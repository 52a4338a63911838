"""Ways to reach each other that two matched people gave: each is kept for thirty days."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.passes import Pass, Selected
from db import queries
from db.models import Introduction, IntroState, Person
from db.moments import as_of, from_now
from domain.outcomes.choices import ContactKind
from domain.retention import CONTACTS_KEPT

_VALUES = {
    ContactKind.TELEGRAM: Person.telegram_name,
    ContactKind.PHONE: Person.contact_phone,
    ContactKind.EMAIL: Person.contact_email,
}
_BEFORE = from_now(-CONTACTS_KEPT)
# giver, what they gave, and when
_SIDES: tuple[tuple[Any, Any, Any], ...] = (
    (Introduction.asker_id, Introduction.asker_contact, Introduction.asker_contact_at),
    (Introduction.asked_id, Introduction.asked_contact, Introduction.asked_contact_at),
)


def given_by(intro: Introduction, person_id: int) -> ContactKind | None:
    """How this party let the other reach them; None if they gave nothing, or its time is over."""
    kind = intro.asker_contact if intro.asker_id == person_id else intro.asked_contact
    return kind if kind is not ContactKind.NONE else None


async def shared_in(session: AsyncSession, giver: int, reader: int) -> int | None:
    """The id of the introduction in which the one let the other reach them; None if there is none."""
    between = select(Introduction).where(
        queries.introduces(giver, reader), Introduction.state == IntroState.BOTH
    )
    found = [intro.id for intro in await session.scalars(between) if given_by(intro, giver) is not None]
    return found[0] if found else None


async def shared(session: AsyncSession, giver: int, reader: int) -> tuple[ContactKind, str] | None:
    """How the one let the other reach them: by what, and the number, address or name; None if they did not."""
    intro_id = await shared_in(session, giver, reader)
    intro = await session.get(Introduction, intro_id) if intro_id is not None else None
    kind = given_by(intro, giver) if intro is not None else None
    if kind is None:
        return None
    value = await session.scalar(select(_VALUES[kind]).where(Person.id == giver))
    return (kind, value) if value else None


async def latest_end(session: AsyncSession, person_id: int) -> datetime | None:
    """When the last of this person's ways to be reached is deleted; None if they gave none."""
    given = [
        select(func.max(_given_at(at))).where(giver == person_id, kind.in_(_VALUES))
        for giver, kind, at in _SIDES
    ]
    moments = [at for query in given if (at := await session.scalar(query)) is not None]
    return max(moments) + CONTACTS_KEPT if moments else None


def ending(now: datetime) -> Pass:
    """The pass over the people who gave something thirty days ago.

    What they gave is forgotten person by person; the number or address itself with the last who was given it.
    """

    async def end(session: AsyncSession, person_id: int) -> None:
        for giver, kind, at in _SIDES:
            given = update(Introduction).where(giver == person_id, _given_at(at) <= _BEFORE)
            await _run(session, given.values({kind: None, at: None}), now)
        for kind, column in _VALUES.items():
            held = update(Person).where(Person.id == person_id, ~_in_use(kind))
            await _run(session, held.values({column: None}), now)

    return Pass(Selected(_ending(), as_of(now)), end)


@cache
def _ending() -> Select[int]:
    over = [
        exists().where(giver == Person.id, kind.is_not(None), _given_at(at) <= _BEFORE)
        for giver, kind, at in _SIDES
    ]
    unused = [and_(column.is_not(None), ~_in_use(kind)) for kind, column in _VALUES.items()]
    return select(Person.id).where(or_(*over, *unused))


def _given_at(at: Any) -> Any:
    return func.coalesce(at, Introduction.asked_at)


def _in_use(kind: ContactKind) -> ColumnElement[bool]:
    """The condition that a person has given this to somebody lately."""
    return or_(
        *(
            exists().where(giver == Person.id, given == kind, _given_at(at) > _BEFORE)
            for giver, given, at in _SIDES
        )
    )


async def _run(session: AsyncSession, change: Any, now: datetime) -> None:
    await session.execute(change.execution_options(synchronize_session=False), as_of(now))

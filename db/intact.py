"""Reads rows although one of them may be damaged: whatever cannot be read is left out, and nothing else."""

import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer, joinedload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from db.cipher import UndecipherableError
from db.models import (
    Grant,
    Guest,
    InquiryWords,
    Interest,
    PaperPledge,
    Person,
    Pledge,
    PledgeEvent,
    ProgrammeItem,
    Workshop,
)
from db.types import Encrypted
from domain import names

log = logging.getLogger(__name__)

UNREADABLE = (UndecipherableError, LookupError, ValueError)
"""What reading a damaged row raises: words that do not decrypt, or a value that no version stored."""

_WORDS = [
    getattr(Person, each.key)
    for each in inspect(Person).column_attrs
    if isinstance(each.columns[0].type, Encrypted)
]

# One person is read in one statement instead of three. Of many people these rows would be many times as many.
_AT_ONCE = (joinedload(Person.consents), joinedload(Person.memberships))
_IN_CHAT = (
    select(Person).where(Person.chat_id == bindparam("chat")).options(*_AT_ONCE, joinedload(Person.grants))
)

_THESE = select(Person).where(Person.id.in_(bindparam("ids", expanding=True))).options(*_AT_ONCE)

_INTERESTS = (
    select(Interest).where(Interest.person_id.in_(bindparam("people", expanding=True))).order_by(Interest.id)
)

Ids = Select[int] | Sequence[int]
"""Ids, or what selects them."""

T = TypeVar("T")
Row = TypeVar("Row", Person, Pledge, PledgeEvent, Workshop, InquiryWords, Guest, ProgrammeItem, PaperPledge)


async def rows(session: AsyncSession, table: type[Row], found: Select[int], *options: ORMOption) -> list[Row]:
    """The rows whose ids `found` selects, in its order, without those that cannot be read. These are logged by id."""

    async def load(some: Ids) -> Sequence[Row]:
        return (await session.scalars(select(table).where(table.id.in_(some)).options(*options))).all()

    ids = (await session.scalars(found)).all()
    readable = {row.id: row for row in await _readable(table.__tablename__, ids, load)}
    return [readable[number] for number in ids if number in readable]


async def read(
    session: AsyncSession, table: str, found: Select[int], of: Callable[[Ids], Awaitable[Sequence[T]]]
) -> Sequence[T]:
    """What `of` reads of the rows of a table whose ids `found` selects; those that it cannot read are logged by id, and
    left out.
    """
    try:
        return await of(found)
    except UNREADABLE:
        return await _readable(table, (await session.scalars(found)).all(), of)


async def _readable(
    table: str, ids: Sequence[int], of: Callable[[Ids], Awaitable[Sequence[T]]]
) -> Sequence[T]:
    """Halves the rows until the damaged ones are alone."""
    if not ids:
        return []
    try:
        return await of(ids)
    except UNREADABLE as error:
        if len(ids) == 1:
            log.error("%s %s cannot be read: %s", table, ids[0], type(error).__name__)  # noqa: TRY400
            return []
    middle = len(ids) // 2
    return [*await _readable(table, ids[:middle], of), *await _readable(table, ids[middle:], of)]


async def person(session: AsyncSession, person_id: int) -> Person | None:
    """The person with this id, even if words of theirs are damaged: then a block stands for the name, and all other
    words that cannot be read are left out. That is never written back.
    """
    try:
        return _kept(session, await session.get(Person, person_id, options=_AT_ONCE))
    except UNREADABLE as error:
        return await _without_damage(session, person_id, error)


async def know(session: AsyncSession, ids: Collection[int]) -> None:
    """Read these people at once, so that `person` need not ask for each. Whose row is damaged is left to it."""
    try:
        for each in (await session.scalars(_THESE, {"ids": ids})).unique() if ids else ():
            _kept(session, each)
    except UNREADABLE:
        session.expunge_all()  # it may know the half of somebody


async def name(session: AsyncSession, person_id: int | None) -> str:
    """What the person with this id is called, read like `person`; empty without a name, and for nobody."""
    found = await person(session, person_id) if person_id is not None else None
    return (found.name or "") if found is not None else ""


async def person_in_chat(session: AsyncSession, chat_id: int) -> Person | None:
    """The person in this chat, read like `person`, with what the team granted to them."""
    try:
        found_there = (await session.scalars(_IN_CHAT, {"chat": chat_id})).unique().one_or_none()
        return _kept(session, found_there)
    except UNREADABLE as error:
        found = await session.scalar(select(Person.id).where(Person.chat_id == chat_id))
        person = await _without_damage(session, found, error) if found is not None else None
        if person is not None:
            grants = (await session.scalars(select(Grant).where(Grant.person_id == person.id))).all()
            set_committed_value(person, "grants", list(grants))
        return person


def _kept(session: AsyncSession, person: Person | None) -> Person | None:
    """Keep them as long as the session: it forgets whom nobody holds, and would have to read them again."""
    session.info.setdefault("people", []).append(person)
    return person


async def _without_damage(session: AsyncSession, person_id: int, error: Exception) -> Person | None:
    log.error("persons %s is read without damaged words: %s", person_id, type(error).__name__)
    damaged = [each for each in _WORDS if not await _can_be_read(session, each, Person.id == person_id)]
    own = select(Person).where(Person.id == person_id).options(*(defer(each) for each in damaged))
    # The session may know the half that was read before the error.
    found = await session.scalar(own.execution_options(populate_existing=True))
    if found is not None:
        for each in damaged:
            set_committed_value(found, each.key, names.BLOCK if each.key == "name" else None)
    return found


async def read_interests(session: AsyncSession, *people: Person) -> None:
    """Read what these people seek and offer, which is not read with them. Whatever cannot be read is left out."""
    unknown = {each.id: each for each in people if "interests" in inspect(each).unloaded}
    if not unknown:
        return
    found: defaultdict[int, list[Interest]] = defaultdict(list)
    try:
        for interest in await session.scalars(_INTERESTS, {"people": list(unknown)}):
            found[interest.person_id].append(interest)
    except UNREADABLE as error:
        which = ", ".join(str(each) for each in unknown)
        log.error("interests of persons %s: damaged words are left out: %s", which, type(error).__name__)  # noqa: TRY400
        found = defaultdict(list, {each: await _interests(session, each) for each in unknown})
    for person_id, each in unknown.items():
        set_committed_value(each, "interests", found[person_id])


async def _can_be_read(session: AsyncSession, column: Any, which: ColumnElement[bool]) -> bool:
    try:
        await session.scalar(select(column).where(which))
    except UNREADABLE:
        return False
    return True


async def _interests(session: AsyncSession, person_id: int) -> list[Interest]:
    ids = await session.scalars(
        select(Interest.id).where(Interest.person_id == person_id).order_by(Interest.id)
    )
    readable = [
        each for each in ids.all() if await _can_be_read(session, Interest.words, Interest.id == each)
    ]
    return [await session.get_one(Interest, each) for each in readable]

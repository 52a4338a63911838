"""Reach: who may be written to, and who may be shown to others.

Each rule comes as a predicate on a loaded person (`is_paused`) and as a condition on `Person` for queries (`paused`).
tests/db/test_reach.py checks that both agree. Conditions in which nothing varies are built once, since nearly every
query about people has them.
"""

from datetime import datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db.models import Consent, OfficeSeat, Person
from db.moments import Moment
from domain.absence import Absence
from domain.outcomes.choices import Purpose
from domain.profile import can_be_suggested
from domain.roles import Role


def agrees(person: Person) -> bool:
    """Whether both core consents are given and not withdrawn. Reads the consents, which have to be loaded."""
    return person.gave(Purpose.CORE) and person.gave(Purpose.CARRIER)


@cache
def agreeing(person_id: InstrumentedAttribute[int] = Person.id) -> ColumnElement[bool]:
    """The condition for `agrees`; `person_id`: a column of another table that names the person."""
    return and_(gives(Purpose.CORE, person_id), gives(Purpose.CARRIER, person_id))


@cache
def gives(purpose: Purpose, person_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """The condition that the last answer of this person to this purpose is a yes that was not withdrawn.

    It is looked up for each person that the query comes to: a list of all who give it would be made for every update.
    """
    said = aliased(Consent)
    last = (
        select(and_(said.given.is_(True), said.withdrawn_at.is_(None)))
        .where(said.person_id == person_id, said.purpose == purpose)
        .order_by(said.id.desc())
        .limit(1)
    )
    return func.coalesce(last.scalar_subquery(), false())


class Addressee(Protocol):
    """A person's row, or as much of it as tells whether they can be written to (`db.crowd`)."""

    @property
    def chat_id(self) -> int | None: ...
    @property
    def unreachable_since(self) -> datetime | None: ...
    @property
    def paused(self) -> bool: ...
    @property
    def paused_until(self) -> datetime | None: ...


def names(person_id: InstrumentedAttribute[Any], *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that a column of another table names somebody who meets these conditions on `Person`. It is asked
    of each row that the query comes to, not of everybody.
    """
    named = select(Person.id).where(Person.id == person_id, *which)
    return named.correlate_except(Person).exists()


def is_reachable(person: Addressee) -> bool:
    """Whether they have a chat, and have not blocked the bot as far as we know."""
    return person.chat_id is not None and person.unreachable_since is None


@cache
def reachable() -> ColumnElement[bool]:
    """The condition for `is_reachable`."""
    return and_(Person.chat_id.is_not(None), Person.unreachable_since.is_(None))


def is_paused(person: Addressee, now: datetime) -> bool:
    """Whether they asked for a pause that is not over. `now` is aware."""
    return person.paused and (person.paused_until is None or person.paused_until > now)


def paused(now: Moment) -> ColumnElement[bool]:
    """The condition for `is_paused`."""
    return and_(Person.paused.is_(True), or_(Person.paused_until.is_(None), Person.paused_until > now))


def absence(person: Person, now: datetime) -> Absence | None:
    """Why this person hears nothing from us now, as their match or the other party of a pledge may know it; else None.

    A pause is their own word, and goes first. Reads the consents, which have to be loaded: whoever took one back hears
    nothing, and nobody else is told that it was that. Of somebody without Telegram nothing else was expected.
    """
    if person.is_entered:
        return None
    if is_paused(person, now):
        return Absence.PAUSED
    return None if is_reachable(person) and agrees(person) else Absence.UNREACHABLE


def may_be_written_to(person: Person, now: datetime) -> bool:
    """Whether we may write unasked: they agree, can be reached, and are not pausing."""
    return agrees(person) and is_reachable(person) and not is_paused(person, now)


def writable(now: Moment) -> ColumnElement[bool]:
    """The condition for `may_be_written_to`."""
    return and_(agreeing(), reachable(), not_(paused(now)))


@cache
def seated() -> ColumnElement[bool]:
    """The condition on a seat in an office that whoever has it acts for the MP now: not for somebody who no longer is
    one, nor who has withdrawn a core consent. An MP who pauses leaves it to the office.
    """
    taken = (OfficeSeat.confirmed_at.is_not(None), OfficeSeat.ended_at.is_(None))
    return and_(*taken, has_mp())


@cache
def has_mp() -> ColumnElement[bool]:
    """The condition on a seat in an office that its MP is one, as far as organisers have said, and agrees."""
    is_mp = (Person.role == Role.MP, Person.role_confirmed.is_not(False))
    mp = select(Person.id).where(Person.id == OfficeSeat.mp_id, *is_mp, agreeing())
    return mp.correlate(OfficeSeat).exists()


def represented_by(person_id: int) -> Select[int]:
    """Selects the ids of the MPs in whose office this person is."""
    return select(OfficeSeat.mp_id).where(OfficeSeat.staff_id == person_id, seated())


def gone(wall: datetime) -> ColumnElement[bool]:
    """The condition for `domain.presence.has_left`: MPs who have said that they have left by now."""
    said = (Person.present_on == wall.date(), Person.present_until <= wall.time())
    return func.coalesce(and_(Person.role == Role.MP, *said), false())


def hears(now: Moment) -> ColumnElement[bool]:
    """The condition on `Person`, as a party to something, that somebody may be written to about it now: the person or
    their office.
    """
    staff = select(Person.id).where(Person.id == OfficeSeat.staff_id, writable(now)).correlate(OfficeSeat)
    offices = select(OfficeSeat.mp_id).where(seated(), staff.exists())
    return or_(writable(now), Person.id.in_(offices))


def may_be_shown(person: Person, now: datetime) -> bool:
    """Whether others may be shown this person, ask to meet them and propose a pledge: enough is known of them, too."""
    return may_be_written_to(person, now) and can_be_suggested(person)


def showable(now: Moment) -> ColumnElement[bool]:
    """The condition for `may_be_shown`."""
    known = and_(Person.name.is_not(None), Person.role.is_not(None), Person.seeks_at.is_not(None))
    return and_(writable(now), known)

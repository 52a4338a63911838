"""Who may be written to, and shown to others. Each rule comes twice: as a predicate and as a condition for queries.

The conditions, which have adjectives for names, are on `Person`; tests/db/test_reach.py keeps both in agreement.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select

from db.models import Consent, Person
from domain.outcomes.choices import Purpose
from domain.profile import can_be_suggested


def agrees(person: Person) -> bool:
    """Whether both core consents are live."""
    return person.gave(Purpose.CORE) and person.gave(Purpose.CARRIER)


def agreeing() -> ColumnElement[bool]:
    return and_(Person.id.in_(gives(Purpose.CORE)), Person.id.in_(gives(Purpose.CARRIER)))


def gives(purpose: Purpose) -> Select[int]:
    """Ids of the people with this consent: their latest answer is a yes that they have not withdrawn."""
    latest = select(func.max(Consent.id)).where(Consent.purpose == purpose).group_by(Consent.person_id)
    return select(Consent.person_id).where(
        Consent.id.in_(latest), Consent.given.is_(True), Consent.withdrawn_at.is_(None)
    )


def is_reachable(person: Person) -> bool:
    """Whether they have a chat, and have not blocked the bot as far as we know."""
    return person.chat_id is not None and person.unreachable_since is None


def reachable() -> ColumnElement[bool]:
    return and_(Person.chat_id.is_not(None), Person.unreachable_since.is_(None))


def is_paused(person: Person, now: datetime) -> bool:
    """Whether they asked for a pause that is not over at `now`, which must be aware."""
    return person.paused and (person.paused_until is None or person.paused_until > now)


def paused(now: datetime) -> ColumnElement[bool]:
    return and_(Person.paused.is_(True), or_(Person.paused_until.is_(None), Person.paused_until > now))


def may_be_written_to(person: Person, now: datetime) -> bool:
    """Whether the bot may write to them unasked: they agree, can be reached, and are not paused."""
    return agrees(person) and is_reachable(person) and not is_paused(person, now)


def writable(now: datetime) -> ColumnElement[bool]:
    return and_(agreeing(), reachable(), not_(paused(now)))


def may_be_shown(person: Person, now: datetime) -> bool:
    """Whether others may see them, to meet them or to propose a pledge: they must have answered enough, too."""
    return may_be_written_to(person, now) and can_be_suggested(person)


def showable(now: datetime) -> ColumnElement[bool]:
    known = and_(Person.name.is_not(None), Person.role.is_not(None), Person.seeks_at.is_not(None))
    return and_(writable(now), known)

"""Two who know each other from another workshop."""

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import intact, queries
from db.models import (
    Introduction,
    IntroState,
    Invited,
    Person,
    Pledge,
    Roundtable,
    RoundtableSeat,
    RoundtableState,
    Workshop,
)


async def known_from(session: AsyncSession, one: Person, other: Person, here: int) -> str | None:
    """The title of the latest workshop but `here` in which both were, and in which both said yes to meeting, sat at a
    round table, or made a pledge with each other; None if there is none.
    """
    elsewhere = ({m.workshop_id for m in one.memberships} & {m.workshop_id for m in other.memberships}) - {
        here
    }
    if not elsewhere:
        return None
    parties = queries.in_pledge(one.id), queries.in_pledge(other.id)
    pledged = select(Pledge.workshop_id).where(*parties, Pledge.made_on.is_not(None))
    met = select(Introduction.workshop_id).where(
        queries.introduces(one.id, other.id), Introduction.state == IntroState.BOTH
    )
    sat = _tables_of(one.id).intersect(_tables_of(other.id)).subquery()
    together = select(Roundtable.workshop_id).where(Roundtable.id.in_(select(sat)))
    ways = (Workshop.id.in_(met), Workshop.id.in_(pledged), Workshop.id.in_(together))
    known = Workshop.id.in_(elsewhere), or_(*ways)
    latest = select(Workshop.id).where(*known).order_by(Workshop.day.desc(), Workshop.id.desc()).limit(1)
    return next((workshop.title for workshop in await intact.rows(session, Workshop, latest)), None)


def _tables_of(person_id: int) -> Select[int]:
    """The ids of the round tables that came about and that this person said yes to."""
    seat = (RoundtableSeat.person_id == person_id, RoundtableSeat.state == Invited.YES)
    at = select(RoundtableSeat.roundtable_id).where(*seat)
    return select(Roundtable.id).where(Roundtable.id.in_(at), Roundtable.state == RoundtableState.SETTLED)

"""Two who know each other from another workshop."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import intact, queries
from db.models import Introduction, IntroState, Person, Pledge, Workshop


async def known_from(session: AsyncSession, one: Person, other: Person, here: int) -> str | None:
    """The title of the latest workshop but `here` in which both were, and in which both said yes to meeting, or made a
    pledge with each other; None if there is none.
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
    known = Workshop.id.in_(elsewhere), or_(Workshop.id.in_(met), Workshop.id.in_(pledged))
    latest = select(Workshop.id).where(*known).order_by(Workshop.day.desc(), Workshop.id.desc()).limit(1)
    return next((workshop.title for workshop in await intact.rows(session, Workshop, latest)), None)

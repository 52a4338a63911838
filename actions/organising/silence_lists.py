"""The silences of which the team is told: those of its last monthly message, on the care list by name."""

from datetime import date, datetime, time

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.organising.team import team
from actions.pledging.silences import hints, silences
from db.models import Pledge
from domain.calendar import instant, months_after
from domain.nudging import TEAM_AFTER, team_told_on
from domain.team import Scope


def _last_told(today: date) -> tuple[date, date]:
    """The days of the team's last monthly message, and of the one before."""
    first = today.replace(day=1)
    on, *earlier = (team_told_on(months_after(first, -n)) for n in range(3))
    return (on, earlier[0]) if on <= today else (earlier[0], earlier[1])


def _known_by(on: date, operator: Operator) -> ColumnElement[bool]:
    """The condition on questions that on this day the other party had known of the silence for two weeks."""
    return hints.was_told(instant(on, time(), operator.zone) - TEAM_AFTER)


async def told_of(
    session: AsyncSession, now: datetime, operator: Operator, there: Scope, *, anew: bool = False
) -> dict[int, tuple[int, datetime]]:
    """Those of whose silence, in these workshops, the team was told with its last message, and who do not say that they
    are in touch: by person, the workshop and since when, of several silences the latest. `anew`: without those that it
    was told of before that.
    """
    on, before = _last_told(operator.day(now))
    known = (_known_by(on, operator), *([~_known_by(before, operator)] if anew else []))
    lasting = (*hints.may_be_told(), *known, ~hints.is_in_touch())
    silent = await silences.present(session, now, operator, *lasting)
    of_pledges = select(Pledge.id, Pledge.workshop_id).where(
        Pledge.id.in_({each.pledge_id for each in silent}), team.within(Pledge.workshop_id, there)
    )
    here = {row.id: row.workshop_id for row in await session.execute(of_pledges)} if silent else {}
    return {each.person_id: (here[each.pledge_id], each.start) for each in silent if each.pledge_id in here}

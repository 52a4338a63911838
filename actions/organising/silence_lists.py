"""The silences of which the team is told: those of its last monthly message, on the care list by name."""

from datetime import datetime, time

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.organising.team import team
from actions.pledging.silences import hints, silences
from db.models import Nudge, Pledge
from domain.calendar import instant, months_after
from domain.nudging import TEAM_AFTER, team_told_on
from domain.team import Scope


def _known(at: datetime, operator: Operator) -> ColumnElement[bool]:
    """The condition on questions that the team was told of the silence by this moment: on the day of its last monthly
    message the other party had known of it for two weeks.
    """
    today = operator.day(at)
    on = team_told_on(today)
    if on > today:
        on = team_told_on(months_after(today.replace(day=1), -1))
    return hints.was_told(instant(on, time(), operator.zone) - TEAM_AFTER)


async def told_of(
    session: AsyncSession, now: datetime, operator: Operator, there: Scope, *, since: datetime | None = None
) -> dict[int, tuple[int, datetime]]:
    """Those of whose silence, in these workshops, the team was told with its last message, and who do not say that they
    are in touch: by person, the workshop and since when, of several silences the latest. `since`: without those of
    which it was told before that moment.
    """
    hinted = await hints.hinted(session)
    if not hinted:
        return {}
    lasting = (
        Nudge.pledge_id.in_(hinted),
        *hints.may_be_told(),
        _known(now, operator),
        ~hints.is_in_touch(),
    )
    silent = await silences.present(session, now, operator, *lasting)
    if silent and since is not None:
        told = await silences.present(session, now, operator, *lasting, _known(since, operator))
        silent = [each for each in silent if each.start >= since or each not in told]
    of_pledges = select(Pledge.id, Pledge.workshop_id).where(
        Pledge.id.in_({each.pledge_id for each in silent}), team.within(Pledge.workshop_id, there)
    )
    here = {row.id: row.workshop_id for row in await session.execute(of_pledges)} if silent else {}
    return {each.person_id: (here[each.pledge_id], each.start) for each in silent if each.pledge_id in here}

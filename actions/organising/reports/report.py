"""The report of a workshop as everybody may read it: rounded figures, and words that both parties and the team let."""

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.organising.insight import insight_counts
from actions.organising.insight.insight import by_group
from actions.organising.wall import wall
from actions.pledging.endings import retrospective_views
from actions.pledging.releases import readable
from db import intact
from db.models import Pledge, Workshop
from domain import insight
from domain.codes import PERSONAL_LENGTH, read_code
from domain.insight import By, Measure, Step
from domain.outcomes.organising.insight import InsightGroup
from domain.outcomes.organising.reports import Report
from domain.outcomes.pledging.retrospectives import FiveLines
from domain.reports import MOST, report_on
from domain.wall import WallPledge

CODE = PERSONAL_LENGTH
"""Characters of the code in its address: 50 bits that nobody guesses."""
_LONGEST = 1000  # UTF-16 units of a sentence
_JOINED, _PROMISED = Measure(Step.JOINED), Measure(Step.PROMISED)


async def find(session: AsyncSession, typed: str) -> int | None:
    """The id of the workshop whose report is opened at this code. None without one."""
    code = read_code(typed, CODE)
    return await session.scalar(select(Workshop.id).where(Workshop.report_code == code)) if code else None


async def read(session: AsyncSession, workshop_id: int, operator: Operator, now: datetime) -> Report | None:
    """The report as it is now; None if there is no such workshop, or it cannot be read."""
    for workshop in await intact.rows(
        session, Workshop, select(Workshop.id).where(Workshop.id == workshop_id)
    ):
        today = operator.day(now)
        by = {each: await _rounded(session, workshop, each, today) for each in By}
        return Report(
            title=workshop.title,
            day=workshop.day,
            place=workshop.place or "",
            controller=operator.controller,
            on=today,
            final_on=report_on(workshop.day, operator.retention_days),
            figures=insight.summed(each.figures for each in by[By.TOPIC]),
            topics=_of(by[By.TOPIC], _PROMISED),
            roles=_of(by[By.ROLE], _JOINED),
            laender=_of(by[By.LAND], _JOINED),
            pledges=await _pledges(session, workshop, operator),
            retrospectives=await _retrospectives(session, workshop, operator),
        )
    return None


async def _rounded(session: AsyncSession, workshop: Workshop, by: By, today: date) -> list[InsightGroup]:
    """The groups of one workshop; what they come to is the same, whatever it is divided by."""
    counted = await insight_counts.counted(session, [workshop], by, today)
    return by_group(insight.rounded(counted).values())


def _of(groups: list[InsightGroup], what: Measure) -> tuple[InsightGroup, ...]:
    """Those of which this is told, the largest first."""
    told = [each for each in groups if each.figures.get(what)]
    return tuple(sorted(told, key=lambda each: (-each.figures[what], each.name)))


async def _pledges(session: AsyncSession, workshop: Workshop, operator: Operator) -> tuple[WallPledge, ...]:
    """What the team has let on the wall, but for those whose retrospective says it."""
    return await wall.pledges(session, workshop, operator, MOST, _LONGEST, ~readable.IN_REPORT.is_shown())


def looked_back(workshop_id: int) -> Select[int]:
    """The pledges of a workshop whose retrospectives are in its report, the latest first."""
    latest = readable.IN_REPORT.latest_word()
    found = select(Pledge.id).where(Pledge.workshop_id == workshop_id, readable.IN_REPORT.is_shown())
    return found.order_by(latest.desc()).limit(MOST)


async def _retrospectives(
    session: AsyncSession, workshop: Workshop, operator: Operator
) -> tuple[FiveLines, ...]:
    rows = await intact.rows(session, Pledge, looked_back(workshop.id))
    await intact.know(session, {party for each in rows for party in each.parties})
    return tuple([await retrospective_views.without_names(session, each, operator.day) for each in rows])

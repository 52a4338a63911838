"""`/stand`: the figures of one workshop, or of all whose figures somebody may see, as a message, picture or file."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Select, select

from actions.exchange import transcript
from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import on_page, pages
from actions.exchange.turn import Turn
from actions.organising import desk, menu_views
from actions.organising.insight import insight_counts
from actions.organising.team import team
from db import intact
from db.models import Workshop
from domain import insight
from domain.insight import By, Figures, Measure
from domain.outcomes.choices import Theme
from domain.outcomes.kinds import Outcome
from domain.outcomes.organising.desk import OrgaMenu
from domain.outcomes.organising.insight import (
    EVERYWHERE,
    Aspect,
    FileKind,
    Insight,
    InsightFiled,
    InsightGroup,
    InsightPictured,
    Looked,
)
from domain.team import Duty

VIEWS = Views()
_BY = {Aspect.ROLE: By.ROLE, Aspect.LAND: By.LAND, Aspect.TOPIC: By.TOPIC}


async def show(turn: Turn) -> None:
    """`/stand`: of all workshops together."""
    await desk.organiser(turn)
    turn.tell(Insight.Payload(EVERYWHERE))


async def show_of(turn: Turn, workshop_id: int) -> None:
    """The figures of one workshop. Raises Refusal like `desk.chosen`."""
    turn.tell(Insight.Payload((await desk.chosen(turn, workshop_id)).id))


async def look(turn: Turn, workshop_id: int, how: Aspect, page: int) -> None:
    """Another view of the same, in place of the one before."""
    await desk.organiser(turn)
    turn.tell(Insight.Payload(workshop_id, how, page), edit=True)


async def draw(turn: Turn, workshop_id: int, theme: Theme) -> None:
    """As a picture; in the picture itself, the other theme takes its place."""
    await desk.organiser(turn)
    there = turn.pressed and await transcript.shown_in(turn.session, turn.chat_id, turn.pressed)
    in_picture = bool(there and there.is_one_of((InsightPictured.Payload,)))
    turn.tell(InsightPictured.Payload(workshop_id, theme), edit=in_picture)


async def write(turn: Turn, workshop_id: int, how: Aspect, kind: FileKind) -> None:
    """As a file for a spreadsheet."""
    await desk.organiser(turn)
    turn.tell(InsightFiled.Payload(workshop_id, how, kind))


# --- views


@VIEWS.reads(Insight.Payload)
async def looked_at(context: ViewContext, payload: Insight.Payload) -> Outcome | None:
    """Where there is no workshop, the menu, which says what comes first."""
    found = await _looked(context, payload.workshop_id, payload.aspect)
    if found is None:
        return await menu_views.menu(context, OrgaMenu.Payload())
    page, shown = on_page(found.groups, payload.page)
    return Insight(payload.aspect, replace(found, groups=tuple(shown)), page, pages(len(found.groups)))


@VIEWS.reads(InsightPictured.Payload)
async def pictured(context: ViewContext, payload: InsightPictured.Payload) -> InsightPictured | None:
    found = await _looked(context, payload.workshop_id, Aspect.ALL)
    return InsightPictured(found, payload.theme) if found is not None else None


@VIEWS.reads(InsightFiled.Payload)
async def filed(context: ViewContext, payload: InsightFiled.Payload) -> InsightFiled | None:
    found = await _looked(context, payload.workshop_id, payload.aspect)
    return InsightFiled(payload.aspect, payload.kind, found) if found is not None else None


async def _looked(context: ViewContext, workshop_id: int, how: Aspect) -> Looked | None:
    """The figures of what the reader may see now; None if that is nothing."""
    there = await team.scope_of(context, Duty.COUNT)
    mine = await _workshops(context, select(Workshop.id).where(team.within(Workshop.id, there)))
    counted_in = [each for each in mine if workshop_id in (EVERYWHERE, each.id)]
    if not counted_in:
        return None
    counted = await insight_counts.counted(
        context.session, counted_in, _BY.get(how), context.day(context.now)
    )
    told = insight.rounded(counted)
    of_each = {each.id: insight.summed(told.get(each.id, {}).values()) for each in counted_in}
    if how in _BY:
        groups = by_group(told.values())
    else:
        groups = [
            InsightGroup(each.title, of_each[each.id], each.id) for each in counted_in if len(counted_in) > 1
        ]
    return Looked(
        workshop_id,
        counted_in[0].title if len(counted_in) == 1 else None,
        len(counted_in),
        insight.summed(of_each.values()),
        tuple(groups),
        may_widen=len(counted_in) < len(mine),
    )


async def _workshops(context: ViewContext, found: Select[int]) -> list[Workshop]:
    """The newest first, without those that cannot be read."""

    async def load(some: intact.Ids) -> Sequence[Workshop]:
        return (await context.session.scalars(select(Workshop).where(Workshop.id.in_(some)))).all()

    rows = await intact.read(context.session, Workshop.__tablename__, found, load)
    return sorted(rows, key=lambda each: each.id, reverse=True)


def by_group(told: Iterable[Mapping[str, Figures]]) -> list[InsightGroup]:
    """The groups of all these workshops, by name. One of which nothing is told is not named: there may be somebody."""
    figures: defaultdict[str, Counter[Measure]] = defaultdict(Counter)
    for groups in told:
        for name, each in groups.items():
            figures[name].update(each)
    return [InsightGroup(name, figures[name]) for name in sorted(figures) if any(figures[name].values())]

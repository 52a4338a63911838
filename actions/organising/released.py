"""The pledges that both parties let the team read, a workshop at a time; every look is noted for both."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import on_page, pages
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.pledging.pledge_views import title, without_names
from actions.pledging.releases import readable
from db import intact
from db.models import Pledge, Workshop
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.released import ReleasedPledge, ReleasedPledges
from domain.pledges import State

VIEWS = Views()
LOOK = "read released promise"


async def choose(turn: Turn) -> None:
    """The pledges of one workshop."""
    await desk.choose_workshop(turn, DeskTask.RELEASED, show)


async def show(turn: Turn, workshop_id: int) -> None:
    """The first page of them. Raises Refusal like `desk.chosen`."""
    await _show(turn, workshop_id, 0, edit=False)


async def turn_page(turn: Turn, workshop_id: int, page: int) -> None:
    """Another page, counted from 0. Raises Refusal like `desk.chosen`."""
    await _show(turn, workshop_id, page, edit=True)


async def _show(turn: Turn, workshop_id: int, page: int, *, edit: bool) -> None:
    """Both parties of each pledge that is shown find the look in their data."""
    await desk.chosen(turn, workshop_id)
    for pledge in await _on_page(turn.session, workshop_id, page):
        for party in pledge.parties:
            desk.audit(turn, party, LOOK)
    turn.tell(ReleasedPledges.Payload(workshop_id, page), edit=edit)


async def _released(session: AsyncSession, workshop_id: int) -> list[int]:
    found = select(Pledge.id).where(Pledge.workshop_id == workshop_id, readable.for_team())
    return list(await session.scalars(found.order_by(Pledge.id)))


async def _on_page(session: AsyncSession, workshop_id: int, page: int) -> list[Pledge]:
    _, ids = on_page(await _released(session, workshop_id), page)
    return await intact.rows(session, Pledge, select(Pledge.id).where(Pledge.id.in_(ids)).order_by(Pledge.id))


@VIEWS.reads(ReleasedPledges.Payload)
async def released(context: ViewContext, payload: ReleasedPledges.Payload) -> ReleasedPledges | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    number = len(await _released(context.session, workshop.id))
    page = min(payload.page, pages(number) - 1)
    listed = [await line(context, each) for each in await _on_page(context.session, workshop.id, page)]
    return ReleasedPledges(workshop.id, workshop.title, tuple(listed), page, pages(number))


async def line(context: ViewContext, pledge: Pledge) -> ReleasedPledge:
    """A pledge as others than the two may read it."""
    return ReleasedPledge(
        title=await title(context, pledge),
        text=await without_names(context.session, pledge, pledge.text or ""),
        ended=pledge.state is State.ENDED,
        on=context.day(pledge.ended_at) if pledge.ended_at is not None else pledge.deadline,
    )

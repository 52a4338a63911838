"""Whom a party lets read a pledge: they are asked once, may change it at any time, and it counts at once."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange.context import ViewContext, Views
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.entered.entering import can_be_released
from actions.pledging.pledge_views import offices, own_pledge, title
from actions.pledging.releases import readable
from actions.pledging.releases.shown_to_others import show_anew
from db import queries
from db.models import Pledge
from domain.history import EventKind
from domain.outcomes.pledging.releases import ReadersAsked
from domain.pledges import RELEASABLE, State
from domain.readers import Readership
from domain.releases import let_read

VIEWS = Views()
_SAYING = (EventKind.READERS_SET, EventKind.RETRO_READERS)


async def ask(turn: Turn, pledge_id: int) -> None:
    """*Wer darf mitlesen?* Raises Refusal(STALE_BUTTON) if the pledge is not mine."""
    pledge = await pledges.mine(turn, pledge_id)
    if await can_be_released(turn, pledge):
        turn.tell(ReadersAsked.Payload(pledge.id))
    else:
        await pledges.present(turn, pledge)


async def ask_newcomer(turn: Turn) -> None:
    """Whoever has just joined is asked about the pledge they made on the way: they were spared it with "Abgemacht"."""
    own = await queries.pledges_of(turn.session, turn.me, State.ACTIVE)
    for pledge in own[-1:]:
        said = let_read(await history.events(turn.session, pledge.id))
        if turn.me.id not in said and await can_be_released(turn, pledge):
            turn.tell(ReadersAsked.Payload(pledge.id))


async def choose(turn: Turn, pledge_id: int, readers: Readership) -> None:
    """Let these read my pledge from now on, as far as the other does. Raises Refusal like `ask`."""
    pledge = await pledges.mine(turn, pledge_id)
    if not await can_be_released(turn, pledge):
        await pledges.present(turn, pledge)
        return
    said = let_read(await history.events(turn.session, pledge.id)).get(turn.party.id)
    if said is not readers:
        before = await readable.readers(turn.session, pledge)
        history.record(turn, pledge, EventKind.READERS_SET, readers=readers)
        await turn.session.flush()
        if before is not await readable.readers(turn.session, pledge):
            await show_anew(turn.session, pledge, turn.now)
            await pledges.show_other(turn, pledge, ReadersAsked.Payload(pledge.id))
    turn.tell(ReadersAsked.Payload(pledge.id), edit=True)


async def lapse(turn: Turn, pledge: Pledge) -> None:
    """The sentence is about to change: whom its parties let read the old one, they let read no new one. Call it before
    anything is told.
    """
    said = let_read(await history.events(turn.session, pledge.id))
    if any(each is not Readership.THE_TWO for each in said.values()):
        history.record_clock(turn.session, pledge, EventKind.READERS_LAPSED, turn.now)
        await show_anew(turn.session, pledge, turn.now)


async def take_back_all(turn: Turn) -> None:
    """Nobody else reads any pledge of mine from now on, nor how we look back. Call it before anything is told."""
    mine = (
        select(Pledge).where(queries.in_pledge(turn.me.id), Pledge.state.in_(RELEASABLE)).order_by(Pledge.id)
    )
    for pledge in (await turn.session.scalars(mine.options(defer(Pledge.text)).with_for_update())).all():
        happened = await history.events(turn.session, pledge.id)
        let = [kind for kind in _SAYING if _lets_others(let_read(happened, kind).get(turn.me.id))]
        for kind in let:
            history.record(turn, pledge, kind, readers=Readership.THE_TWO)
        if let:
            await show_anew(turn.session, pledge, turn.now)


def _lets_others(said: Readership | None) -> bool:
    return said is not None and said is not Readership.THE_TWO


async def hide(session: AsyncSession, pledge: Pledge, now: datetime) -> None:
    """Its words are about to be deleted: also where others read them. Call it before anything is told."""
    others = or_(readable.for_team(), readable.IN_REPORT.released())
    is_read = select(Pledge.id).where(Pledge.id == pledge.id, others)
    if await session.scalar(is_read) is not None:
        await show_anew(session, pledge, now)


@VIEWS.reads(ReadersAsked.Payload)
async def readers_asked(context: ViewContext, payload: ReadersAsked.Payload) -> ReadersAsked | None:
    """None once nobody can be let read it any more."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or not own.pledge.is_releasable:
        return None
    pledge = own.pledge
    said = let_read(await history.events(context.session, pledge.id))
    now = await readable.readers(context.session, pledge)
    heading, mine = await title(context, pledge), said.get(context.party.id)
    let_on_wall = select(Pledge.id).where(Pledge.id == pledge.id, readable.ON_WALL.is_shown())
    on_wall = await context.session.scalar(let_on_wall) is not None
    return ReadersAsked(pledge.id, heading, mine, now, own.other, await offices(context, pledge), on_wall)

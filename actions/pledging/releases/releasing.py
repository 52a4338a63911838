"""Whom a party lets read a pledge: they are asked once, may change it at any time, and it counts at once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange import shown
from actions.exchange.context import ViewContext, Views
from actions.exchange.entries import Kinds
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.entered.entering import can_be_released
from actions.pledging.pledge_views import offices, own_pledge, title
from actions.pledging.releases import readable
from db import queries
from db.models import Pledge
from domain.history import EventKind
from domain.outcomes.organising.exports import PledgesExported
from domain.outcomes.organising.released import ReleasedPledges
from domain.outcomes.organising.wall import WallPledges
from domain.outcomes.pledging.releases import ReadersAsked
from domain.pledges import RELEASABLE, State
from domain.readers import Readers
from domain.releases import let_read

SHOWN_TO_OTHERS: Kinds = (ReleasedPledges.Payload, WallPledges.Payload, PledgesExported.Payload)
"""The messages in which others than the two may read a pledge; the object of each is its workshop. What they show has
to come through the gate (`readable`), and changes with it.
"""

VIEWS = Views()


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


async def choose(turn: Turn, pledge_id: int, readers: Readers) -> None:
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
            await _show_anew(turn.session, pledge, turn.now)
    turn.tell(ReadersAsked.Payload(pledge.id), edit=True)


async def lapse(turn: Turn, pledge: Pledge) -> None:
    """The sentence is about to change: whom its parties let read the old one, they let read no new one. Call it before
    anything is told.
    """
    said = let_read(await history.events(turn.session, pledge.id))
    if any(each is not Readers.THE_TWO for each in said.values()):
        history.record_clock(turn.session, pledge, EventKind.READERS_LAPSED, turn.now)
        await _show_anew(turn.session, pledge, turn.now)


async def take_back_all(turn: Turn) -> None:
    """Nobody else reads any pledge of mine from now on. Call it before anything is told."""
    mine = (
        select(Pledge).where(queries.in_pledge(turn.me.id), Pledge.state.in_(RELEASABLE)).order_by(Pledge.id)
    )
    for pledge in (await turn.session.scalars(mine.options(defer(Pledge.text)).with_for_update())).all():
        said = let_read(await history.events(turn.session, pledge.id)).get(turn.me.id, Readers.THE_TWO)
        if said is not Readers.THE_TWO:
            history.record(turn, pledge, EventKind.READERS_SET, readers=Readers.THE_TWO)
            await _show_anew(turn.session, pledge, turn.now)


async def hide(session: AsyncSession, pledge: Pledge, now: datetime) -> None:
    """Its words are about to be deleted: also where others read them. Call it before anything is told."""
    is_read = select(Pledge.id).where(Pledge.id == pledge.id, readable.for_team())
    if await session.scalar(is_read) is not None:
        await _show_anew(session, pledge, now)


async def _show_anew(session: AsyncSession, pledge: Pledge, now: datetime) -> None:
    """Whatever shows it to others changes to what they may read from now on."""
    await shown.show_anew(session, SHOWN_TO_OTHERS, pledge.workshop_id, now)


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
    shown = select(Pledge.id).where(Pledge.id == pledge.id, readable.for_wall())
    on_wall = await context.session.scalar(shown) is not None
    return ReadersAsked(pledge.id, heading, mine, now, own.other, await offices(context, pledge), on_wall)

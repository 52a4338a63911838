"""The history of a pledge as its parties may read it, a page at a time."""

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import paging
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from db import intact
from db.models import Pledge, PledgeEvent
from domain.history import ANSWERS, MODERATING, RELEASING, RETRO_MODERATING, EventKind
from domain.outcomes.pledging.histories import History

_UNDONE = (*ANSWERS, EventKind.BLOCKED)  # are gone once they are taken back
_UNTOLD = (
    EventKind.ASKED,
    EventKind.TAKEN_BACK,
    EventKind.ADVISED,
    EventKind.RETRO_READERS,
    *RELEASING,
    *MODERATING,
    *RETRO_MODERATING,
)
"""What is no news to the other: what I asked them or took back, what I would tell others, and whom I let read it. What
the team made of that is said where it is asked.
"""


def _told(pledge: Pledge, reader_id: int) -> Select[int]:
    """The events that this party may read, the newest first: no answer that was taken back, and no advice of the other
    party's.
    """
    of = PledgeEvent
    own = and_(of.kind == EventKind.ADVISED, of.party_id == reader_id)
    told = or_(of.kind.not_in((*_UNDONE, *_UNTOLD)), history.stands(of, _UNDONE), own)
    return select(of.id).where(of.pledge_id == pledge.id, told).order_by(of.at.desc(), of.id.desc())


async def has_history(session: AsyncSession, pledge: Pledge, reader_id: int) -> bool:
    """Whether anything happened since the pledge was proposed."""
    since = _told(pledge, reader_id).where(PledgeEvent.kind != EventKind.PROPOSED)
    return await session.scalar(since.limit(1)) is not None


async def on_page(
    session: AsyncSession, pledge: Pledge, page: int, reader_id: int
) -> tuple[int, int, list[PledgeEvent]]:
    """The page, counted from 0, how many there are, and what happened, the newest first; the last page if there are
    fewer. What cannot be read is left out.
    """
    told = _told(pledge, reader_id)
    number = paging.pages(await session.scalar(select(func.count()).select_from(told.subquery())) or 0)
    page = min(page, number - 1)
    shown = told.offset(page * paging.PAGE).limit(paging.PAGE)
    return page, number, await intact.rows(session, PledgeEvent, shown)


async def show(turn: Turn, pledge_id: int, page: int) -> None:
    """*Verlauf*: what happened to the pledge. Raises Refusal(STALE_BUTTON) if it is not mine."""
    pledge = await pledges.mine(turn, pledge_id)
    turn.tell(History.Payload(pledge.id, page=page))

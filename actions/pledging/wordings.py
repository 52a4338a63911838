"""Former wordings: how a proposal read before one of the parties asked for other words, or for another day."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.turn import Turn
from actions.pledging import pledges
from db.models import Pledge, Wording
from domain.outcomes.pledging.pledges import History


def keep(turn: Turn, pledge: Pledge) -> None:
    """Keep sentence and day as they are, for both parties, under the name of whoever worded them."""
    writer = pledge.author_id if pledge.worded_by_author else pledge.partner_id
    if writer is None or pledge.text is None or pledge.deadline is None:
        return
    kept = Wording(
        pledge_id=pledge.id, person_id=writer, text=pledge.text, deadline=pledge.deadline, until=turn.now
    )
    turn.session.add(kept)


async def of(session: AsyncSession, pledge: Pledge) -> Sequence[Wording]:
    """The former wordings of this pledge, the newest first."""
    kept = select(Wording).where(Wording.pledge_id == pledge.id).order_by(Wording.id.desc())
    return (await session.scalars(kept)).all()


async def exist(session: AsyncSession, pledge: Pledge) -> bool:
    """Whether the pledge ever read differently."""
    kept = select(Wording.id).where(Wording.pledge_id == pledge.id).limit(1)
    return await session.scalar(kept) is not None


async def show(turn: Turn, pledge_id: int, page: int) -> None:
    """*Verlauf*: how the pledge read before. Raises Refusal(STALE_BUTTON) if it is not mine."""
    pledge = await pledges.mine(turn, pledge_id)
    turn.tell(History.Payload(pledge.id, page=page))

"""Questions whose message never went out: they are asked another time."""

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import entries
from actions.exchange.passes import Selected, Sweep
from db.models import Nudge
from domain.outcomes.pledging.nudges import Nudged

_VAIN = entries.unsent(Nudged.Payload)
_UNSENT = select(Nudge.id).where(or_(Nudge.outbox_id.in_(_VAIN), Nudge.again_id.in_(_VAIN))).limit(1)


def freeing() -> Sweep:
    """A message that never went out has asked nothing: its reader paused or blocked the bot just then."""
    return Sweep(Selected(_UNSENT), _free_unsent)


async def _free_unsent(session: AsyncSession) -> None:
    for row, nothing in (
        (Nudge.outbox_id, {"outbox_id": None, "asked_at": None}),
        (Nudge.again_id, {"again_id": None, "asked_again_at": None}),
    ):
        freed = update(Nudge).where(row.in_(_VAIN)).values(nothing)
        await session.execute(freed.execution_options(synchronize_session=False))

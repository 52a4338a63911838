"""Questions whose message never went out: they are asked another time."""

from sqlalchemy import select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import entries
from actions.exchange.passes import Selected, Sweep
from db.models import Nudge
from domain.outcomes.pledging.nudges import Nudged

_VAIN = entries.unsent(Nudged.Payload)
# One query for each column: of an "or" PostgreSQL would go through all questions.
_ASKED_IN_VAIN = union_all(
    *(select(of.id).where(row.in_(_VAIN)) for of in (aliased(Nudge),) for row in (of.outbox_id, of.again_id))
)
_UNSENT = select(Nudge.id).where(Nudge.id.in_(_ASKED_IN_VAIN)).limit(1)


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

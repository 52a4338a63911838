"""How much one person may propose: how many proposals at once, and how many a day to the same other."""

from datetime import time

from sqlalchemy import func, select

from actions.exchange import entries
from actions.exchange.turn import Turn
from db.models import Person, Pledge
from domain.calendar import instant
from domain.limits import OPEN_PROPOSALS, PROPOSALS_A_DAY
from domain.outcomes.pledging.pledges import Proposed
from domain.pledges import State
from domain.refusal import Reason, Refusal


async def check(turn: Turn, other: Person) -> None:
    """Whether I may make one more proposal to this person now; the draft stays as it is in any case.

    Raises Refusal for what `objection` says.
    """
    if (reason := await objection(turn, turn.me.id, other)) is not None:
        raise Refusal(reason)


async def objection(turn: Turn, author_id: int, other: Person) -> Reason | None:
    """Why its author may not make one more proposal to this person now; None if they may.

    TOO_MANY_PROPOSALS while `OPEN_PROPOSALS` of theirs wait for a yes, and ENOUGH_FOR_TODAY after `PROPOSALS_A_DAY`
    to this person on one local day, whatever became of them.
    """
    if await _waiting(turn, author_id) >= OPEN_PROPOSALS:
        return Reason.TOO_MANY_PROPOSALS
    morning = instant(turn.today, time(), turn.operator.zone)
    proposed = entries.objects_owed_since(other.id, Proposed.Payload, morning)
    today = await turn.session.scalar(
        select(func.count()).where(Pledge.author_id == author_id, Pledge.id.in_(proposed))
    )
    return Reason.ENOUGH_FOR_TODAY if (today or 0) >= PROPOSALS_A_DAY else None


async def check_open(turn: Turn) -> None:
    """Raise Refusal(TOO_MANY_PROPOSALS) while `OPEN_PROPOSALS` of mine wait for a yes."""
    if await _waiting(turn, turn.me.id) >= OPEN_PROPOSALS:
        raise Refusal(Reason.TOO_MANY_PROPOSALS)


async def _waiting(turn: Turn, author_id: int) -> int:
    waiting = select(func.count()).where(Pledge.author_id == author_id, Pledge.state == State.PROPOSED)
    return await turn.session.scalar(waiting) or 0

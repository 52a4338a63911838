"""How much one person may propose: so many at once, and so many a day to the same other."""

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

    Raises Refusal(TOO_MANY_PROPOSALS) while `OPEN_PROPOSALS` of mine wait for a yes, and Refusal(ENOUGH_FOR_TODAY)
    after `PROPOSALS_A_DAY` to this person on one local day, whatever became of them.
    """
    waiting = await turn.session.scalar(
        select(func.count()).where(Pledge.author_id == turn.me.id, Pledge.state == State.PROPOSED)
    )
    if (waiting or 0) >= OPEN_PROPOSALS:
        raise Refusal(Reason.TOO_MANY_PROPOSALS)
    morning = instant(turn.today, time(), turn.operator.zone)
    proposed = entries.objects_owed_since(other.id, Proposed.Payload, morning)
    today = await turn.session.scalar(
        select(func.count()).where(Pledge.author_id == turn.me.id, Pledge.id.in_(proposed))
    )
    if (today or 0) >= PROPOSALS_A_DAY:
        raise Refusal(Reason.ENOUGH_FOR_TODAY)

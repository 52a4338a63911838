"""What is lacking where it is stuck: one tap after the answer, which the other party reads, too."""

from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.help_calls import calling
from actions.pledging.nudges import answers, hearing, questions
from db.models import Pledge
from domain.history import Answer, EventKind
from domain.nudging import Period
from domain.pledges import Blocker, State, Status
from domain.refusal import Reason, Refusal


async def say(turn: Turn, pledge_id: int, period: Period, blocker: Blocker) -> None:
    """Record what is lacking, beside my answer to this question that it is stuck.

    Once it was said the answer is shown as it stands. Raises Refusal(STALE_BUTTON) for a question that is not mine, or
    one that I answer otherwise.
    """
    pledge = await pledges.mine(turn, pledge_id)
    nudge = await questions.of_mine(turn, pledge, period)
    if (await _stuck(turn, pledge, period)).asks_what_blocks:
        history.record(turn, pledge, EventKind.BLOCKED, period=period, blocker=blocker)
        await hearing.tell(turn, pledge, period)
        await calling.offer(turn, pledge, period, blocker)
    await answers.show_again(turn, pledge, nudge)


async def _stuck(turn: Turn, pledge: Pledge, period: Period) -> Answer:
    said = (await history.answers(turn.session, pledge, turn.party.id)).to(period)
    if pledge.state is not State.ACTIVE or said is None or said.status is not Status.STUCK:
        raise Refusal(Reason.STALE_BUTTON)
    return said

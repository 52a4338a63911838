"""Until when: a deadline by tap, typed, or as the sentence names it.

Each raises Refusal(STALE_BUTTON) for what is no draft of mine, and Refusal(DEADLINE_RANGE) for a day that is too near
or too far off to be a deadline.
"""

from datetime import date
from functools import partial

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.pledging import agreeing, pledges, typed_days
from actions.pledging.drafting import draft_of_mine
from db.models import DraftKind, Pledge
from domain.nudging import DeadlineOutOfRange, check_deadline, deadline_for, may_be_deadline
from domain.outcomes.pledging.pledges import DayUse, DeadlineAsked, PledgePreview, ProposalSent
from domain.pledges import State
from domain.refusal import Reason, Refusal


async def ask(turn: Turn, pledge_id: int) -> None:
    """Ask for a day, which may be tapped or, as with any question, typed."""
    pledge = await draft_of_mine(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.DEADLINE, pledge.id)
    turn.tell(DeadlineAsked.Payload(pledge.id))


async def ask_typed(turn: Turn, pledge_id: int) -> None:
    """Ask for a day in words."""
    pledge = await draft_of_mine(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.DEADLINE, pledge.id)
    turn.tell(DeadlineAsked.Payload(pledge.id, typed=True))


async def receive(turn: Turn, pledge_id: int, text: str) -> None:
    """A typed day, asked about if it is in doubt. Raises Refusal(UNKNOWN_DATE) if none can be made out."""
    pledge = await draft_of_mine(turn, pledge_id)
    reading, may_be = typed_days.read(turn, text), partial(may_be_deadline, turn.today)
    day = typed_days.certain(turn, pledge.id, reading, DayUse.DEADLINE, may_be)
    if day is not None:
        await _choose(turn, pledge, day)


async def choose_months(turn: Turn, pledge_id: int, months: int) -> None:
    """A day so many months from today."""
    await _choose(turn, await draft_of_mine(turn, pledge_id), deadline_for(turn.today, months))


async def choose_day(turn: Turn, pledge_id: int, day: date) -> None:
    """The day that a button names; its message changes to show what came of it.

    Possible in a draft, and in changed words of mine that wait for the other's yes: then that yes is to the new day.
    Raises Refusal(STALE_BUTTON) in any other state.
    """
    pledge = await pledges.mine(turn, pledge_id)
    waits = pledges.waits_for_other(turn, pledge) and pledge.revision > 1
    if pledge.state is not State.DRAFT and not waits:
        raise Refusal(Reason.STALE_BUTTON)
    await _choose(turn, pledge, day, edit=True)


async def _choose(turn: Turn, pledge: Pledge, day: date, *, edit: bool = False) -> None:
    """Set the day. In a proposal of mine another day asks the other anew; the same day only shows it again."""
    changed = pledge.deadline != day
    _set(pledge, turn.today, day)
    await drafts.end_of(turn, pledge.id, DraftKind.DEADLINE)
    if pledge.state is State.DRAFT:
        turn.tell(PledgePreview.Payload(pledge.id), edit=edit)
    elif changed:
        await agreeing.counter(turn, pledge, edit=edit)
    else:
        turn.tell(ProposalSent.Payload(pledge.id), edit=edit)


def _set(pledge: Pledge, today: date, day: date) -> None:
    try:
        check_deadline(today, day)
    except DeadlineOutOfRange as error:
        raise Refusal(Reason.DEADLINE_RANGE, day=day) from error
    pledge.deadline = day

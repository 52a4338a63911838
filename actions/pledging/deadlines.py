"""Until when: a deadline by tap, typed, or as the sentence names it.

Each raises Refusal(STALE_BUTTON) for what is no draft of mine, and Refusal(DEADLINE_RANGE) for a day that is too near
or too far off to be a deadline.
"""

from datetime import date

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.pledging import agreeing, pledges
from actions.pledging.drafting import draft_of_mine
from db.models import DraftKind, Pledge
from domain.days import DAY_LIMIT, day_in, parse_day
from domain.nudging import DeadlineOutOfRange, check_deadline, deadline_for
from domain.outcomes.pledging.pledges import DeadlineAsked, PledgePreview, ProposalSent
from domain.pledges import State
from domain.refusal import Reason, Refusal
from domain.words import clean


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
    """A typed day. Raises Refusal(UNKNOWN_DATE) if none can be made out."""
    pledge = await draft_of_mine(turn, pledge_id)
    day = parse_day(clean(text, limit=DAY_LIMIT), turn.today)
    if day is None:
        raise Refusal(Reason.UNKNOWN_DATE)
    _set(pledge, turn.today, day)
    await drafts.end(turn)
    turn.tell(PledgePreview.Payload(pledge.id))


async def choose_months(turn: Turn, pledge_id: int, months: int) -> None:
    """A day so many months from today."""
    pledge = await draft_of_mine(turn, pledge_id)
    _set(pledge, turn.today, deadline_for(turn.today, months))
    await drafts.end_of(turn, pledge.id, DraftKind.DEADLINE)
    turn.tell(PledgePreview.Payload(pledge.id))


async def choose_named(turn: Turn, pledge_id: int) -> None:
    """The day that the sentence names as it reads now; a quiet day, too, since it was the writer who named it.

    Possible in a draft, and in changed words of mine that wait for the other's yes: then that yes is to the new day.
    Raises Refusal(STALE_BUTTON) in any other state, and if the sentence names no day.
    """
    pledge = await pledges.mine(turn, pledge_id)
    waits = pledges.waits_for_other(turn, pledge) and pledge.revision > 1
    day = day_in(pledge.text or "", turn.today)
    if day is None or (pledge.state is not State.DRAFT and not waits):
        raise Refusal(Reason.STALE_BUTTON)
    changed = pledge.deadline != day
    _set(pledge, turn.today, day)
    if waits and changed:
        await agreeing.counter(turn, pledge, edit=True)
    elif waits:
        turn.tell(ProposalSent.Payload(pledge.id), edit=True)
    else:
        await drafts.end_of(turn, pledge.id, DraftKind.DEADLINE)
        turn.tell(PledgePreview.Payload(pledge.id), edit=True)


def _set(pledge: Pledge, today: date, day: date) -> None:
    try:
        check_deadline(today, day)
    except DeadlineOutOfRange as error:
        raise Refusal(Reason.DEADLINE_RANGE) from error
    pledge.deadline = day

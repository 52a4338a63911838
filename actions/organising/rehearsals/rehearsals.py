"""`/probe`: an organiser chooses what is to be played, and sees what two people would be sent, before anybody is."""

from datetime import timedelta

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.organising import desk
from db.models import DraftKind
from domain.days import DAY_LIMIT, parse_day
from domain.outcomes.organising.rehearsals import (
    RehearsalDayAsked,
    RehearsalPlanned,
    RehearsalPlayed,
    RehearsalStep,
)
from domain.refusal import Reason, Refusal
from domain.rehearsals import RehearsalPlan
from domain.words import clean

_FAR = timedelta(days=2 * 365)
"""How far from today the day of a rehearsal may be: holidays and sittings of later years are not known anyway."""


async def begin(turn: Turn) -> None:
    """`/probe`: a pledge of today, unless something else is chosen."""
    await desk.organiser(turn)
    turn.tell(RehearsalPlanned(turn.today))


async def choose(turn: Turn, step: RehearsalStep, plan: RehearsalPlan) -> None:
    """Change the plan in its message, ask for what is missing, or play it. Raises Refusal(STALE_BUTTON) for a day that
    is too far away.
    """
    _check(turn, plan)
    await desk.organiser(turn)
    match step:
        case RehearsalStep.DAY:
            await drafts.await_words(turn, DraftKind.REHEARSAL_DAY)
            turn.tell(RehearsalDayAsked())
        case RehearsalStep.PLAY:
            turn.tell(RehearsalPlayed.Payload(**vars(plan)))
        case _:
            turn.tell(RehearsalPlanned(**vars(plan), step=step), edit=True)


async def receive_day(turn: Turn, text: str) -> None:
    """The plan that was shown last, on this day. Raises Refusal(UNKNOWN_DATE) if no such day can be made out."""
    day = parse_day(clean(text, limit=DAY_LIMIT), turn.today)
    if day is None or abs(day - turn.today) > _FAR:
        raise Refusal(Reason.UNKNOWN_DATE)
    await drafts.end(turn)
    last = await transcript.newest(turn.session, turn.chat_id, (RehearsalPlanned,), 1)
    shown = next((each.payload for each in last if isinstance(each.payload, RehearsalPlanned)), None)
    before = vars(shown) if shown is not None else {}
    turn.tell(RehearsalPlanned(**{**before, "made_on": day, "step": RehearsalStep.SHOW}))


def _check(turn: Turn, plan: RehearsalPlan) -> None:
    if abs(plan.made_on - turn.today) > _FAR:
        raise Refusal(Reason.STALE_BUTTON)

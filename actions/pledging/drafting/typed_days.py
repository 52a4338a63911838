"""A typed day: taken if the words leave no doubt, else asked about, with a button for each day that may be meant."""

from collections.abc import Callable
from datetime import date, time

from actions.exchange.turn import Turn
from domain.days import DAY_LIMIT, Reading, read_day
from domain.deadlines import possible
from domain.outcomes.pledging.days import DayMeant, DayUse
from domain.refusal import Reason, Refusal
from domain.words import clean

_TOO_FAR = {
    DayUse.DEADLINE: Reason.DEADLINE_RANGE,
    DayUse.AMENDMENT: Reason.AMENDMENT_RANGE,
    DayUse.TALK: Reason.TALK_RANGE,
    DayUse.TALK_MOVE: Reason.TALK_RANGE,
}


def read(turn: Turn, text: str) -> Reading:
    """What the words name. Raises Refusal(UNKNOWN_DATE) if they are no day, TooLong if they can be none."""
    reading = read_day(clean(text, limit=DAY_LIMIT), turn.today)
    if reading is None:
        raise Refusal(Reason.UNKNOWN_DATE)
    return reading


def certain(
    turn: Turn,
    pledge_id: int,
    reading: Reading,
    use: DayUse,
    may_be: Callable[[date], bool],
    at: time | None = None,
) -> date | None:
    """The day if it needs no question; else None, and it is asked which one was meant. `at`: the time of a talk.

    Raises Refusal(DEADLINE_RANGE, AMENDMENT_RANGE or TALK_RANGE) with the day understood if none of them may be chosen.
    """
    days = possible(reading, may_be)
    if not days:
        raise Refusal(_TOO_FAR[use], day=reading.day)
    if reading.doubt is None:
        return days[0]
    turn.tell(DayMeant.Payload(pledge_id, days=days, use=use, at=at))
    return None

"""The hour from which on somebody wants to be asked about their pledges: a line of the profile."""

from actions.exchange.turn import Turn
from actions.joining import profile
from domain.nudging import HourOutOfRange, read_hour
from domain.outcomes.choices import ProfileQuestion
from domain.refusal import Reason, Refusal
from domain.words import clean

_LONGEST = 60  # UTF-16 units that may name an hour


async def choose(turn: Turn, hour: int) -> None:
    """Be asked from this hour on, by the operator's clock. A button further up counts: it says the hour it means."""
    turn.me.asking_hour = hour
    await profile.answered(turn, ProfileQuestion.HOUR)


async def receive(turn: Turn, text: str) -> None:
    """The hour in words. Raises Refusal(UNKNOWN_HOUR) if they name none, or one at which nobody is asked."""
    try:
        hour = read_hour(clean(text, limit=_LONGEST))
    except HourOutOfRange:
        hour = None
    if hour is None:
        raise Refusal(Reason.UNKNOWN_HOUR)
    await choose(turn, hour)

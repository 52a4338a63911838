"""Which day was meant, of a pledge or of a talk about it."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from domain.outcomes import payload


class DayUse(StrEnum):
    """What a day is for. As with the question itself, `TALK_MOVE` replaces any day to talk agreed before."""

    DEADLINE = "deadline"
    AMENDMENT = "amendment"
    TALK = "talk"
    TALK_MOVE = "talk_move"


@dataclass(frozen=True)
class DayMeant:
    """Asks which day was meant by words that leave it open. `days`: at least one, the likeliest first. `at`: the time
    of a talk, if they name one.
    """

    pledge_id: int
    days: tuple[date, ...]
    use: DayUse
    at: time | None = None

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        days: tuple[date, ...]
        use: DayUse
        at: time | None = None

"""Outcomes of silence: a hint to the other party, that it is settled, and the way back."""

from dataclasses import dataclass
from datetime import date

from domain.nudging import Period
from domain.outcomes import payload
from domain.pledges import Side


@dataclass(frozen=True)
class SilenceHint:
    """To the other party, privately: nothing was heard of `other` since that day. `me`: whose name ends the ready text.

    `both`: nor of the reader. `others`: about how many more pledges of the two it is the same. `in_touch`: the reader
    says that the two talk to each other. `intro_id`: the introduction in which the other shared a way to reach them;
    None: there is none, and then the team may help. `contact`: the operator's, empty without one.
    """

    pledge_id: int
    title: str
    me: str
    other: str
    since: date
    both: bool
    others: int
    in_touch: bool
    intro_id: int | None
    contact: str

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class SilenceOver:
    """In the place of the hint: the other was heard of again."""

    pledge_id: int
    title: str
    other: str


@dataclass(frozen=True)
class WelcomeBack:
    """To somebody who was silent. `period`: the question that an answer given now belongs to; None: none is asked."""

    pledge_id: int
    title: str
    side: Side
    period: Period | None

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        asks: bool = False


Silences = SilenceHint | SilenceOver | WelcomeBack

"""What happens about the day on which the two of a pledge talk again."""

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.outcomes import payload


@dataclass(frozen=True)
class TalkAsked:
    """To both, right after the yes, which it tells: when will you talk again? `me` is the reader's name.

    `typed`: a date in words is awaited. `change`: one of them wants to change the day later; until then it is
    `talk_on`. `days`: neither has named one, and the reader is asked to begin, with these days to choose from.
    `entered`: the other has no Telegram.
    """

    pledge_id: int
    me: str
    other: str
    title: str
    text: str
    deadline: date
    typed: bool
    change: bool = False
    talk_on: date | None = None
    talk_time: time | None = None
    days: tuple[date, ...] = ()
    entered: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        typed: bool = False
        change: bool = False
        days: tuple[date, ...] = ()


@dataclass(frozen=True)
class TalkMoved:
    """The other has moved the day to talk; None leaves it open."""

    pledge_id: int
    title: str
    other: str
    talk_on: date | None
    talk_time: time | None = None

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class Sealed:
    """The pledge is made. `talk_on` None: still open. `next_on`: the day of the first nudge, None if there is none.

    `already`: the day to talk had been agreed before the reader tapped another one. `asks_readers`: the reader has not
    said yet whom they let read it, too.
    """

    pledge_id: int
    title: str
    text: str
    other: str
    deadline: date
    talk_on: date | None
    next_on: date | None
    already: bool = False
    talk_time: time | None = None
    asks_readers: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        already: bool = False


@dataclass(frozen=True)
class CalendarFile:
    """The days of a pledge for the reader's own calendar. `talk_on` None: still open, or past.

    `talk_at`: when the talk begins, if they named a time. `talk_changes` and `revision` rise with each new day to talk,
    and each new deadline; `bot`: its user name. `to_forward`: for the other party's calendar, so that `other` is the
    reader's own name.
    """

    pledge_id: int
    title: str
    other: str
    deadline: date
    talk_on: date | None
    talk_changes: int
    revision: int
    made_on: date
    bot: str
    talk_at: datetime | None = None
    to_forward: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfPledge):
        to_forward: bool = False

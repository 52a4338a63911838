"""Outcomes about when a question comes: later, once it was snoozed, or when the reader asks."""

from dataclasses import dataclass, field
from datetime import date

from domain.nudging import NotNow
from domain.outcomes import payload


@dataclass(frozen=True)
class Snoozed:
    """`sooner`: than was asked for, since the day of a pledge is near. `title`: of the only one, None of several."""

    until: date
    sooner: bool = False
    title: str | None = None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        """`pledge_id`: the only one that is put off."""

        until: date
        sooner: bool = False
        pledge_id: int | None = field(default=None, metadata=payload.OBJECT)


@dataclass(frozen=True)
class NextAsked:
    """Answers when the reader is asked next about a pledge. `on` None: not before something else changes."""

    pledge_id: int
    title: str
    on: date | None
    why: NotNow | None
    hour: int  # the earliest at which they are asked

    class Payload(payload.OfPledge):
        pass

"""The outcome of snoozing: a question comes again later."""

from dataclasses import dataclass, field
from datetime import date

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

"""Outcomes of the pledge moment: opened by an organiser, for everybody in the hall."""

from dataclasses import dataclass, field
from datetime import date, time

from domain.figures import Figure
from domain.outcomes import payload


@dataclass(frozen=True)
class MomentAsked:
    """Asks an organiser for how long, and with `minutes` whether to open it now. `people`: whom it reaches at once.

    `version`: of what was there when it was asked. `day`: of the workshop if that is not today, so that it cannot be
    opened. `changed`: somebody else opened one meanwhile, which is over.
    """

    workshop_id: int
    title: str
    people: Figure
    version: int
    day: date | None
    minutes: int | None = None
    changed: bool = False

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        minutes: int | None = None
        changed: bool = False


@dataclass(frozen=True)
class MomentProgress:
    """To organisers: how it goes, and in the end how it went. `made`: pledges of this workshop and day, `waiting`: for
    the other's yes. `told`: people who have been asked.
    """

    moment_id: int
    title: str
    until: time
    is_over: bool
    told: Figure
    made: Figure
    waiting: Figure

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        moment_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class MomentOpened:
    """To everybody in the hall, unasked. `people`: (id, name) of those whom they met there. `until`: None once it is
    over.
    """

    moment_id: int
    until: time | None
    people: tuple[tuple[int, str], ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        moment_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class MomentDeclined(payload.Payload):
    """Not now: they may promise something at any time."""


PledgeMoments = MomentAsked | MomentProgress | MomentOpened | MomentDeclined

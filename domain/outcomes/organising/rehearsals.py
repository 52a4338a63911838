"""Outcomes of a rehearsal: what is to be played, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.outcomes import payload
from domain.rehearsals import Clash, RehearsalPlan, RehearsedMessage


class RehearsalStep(StrEnum):
    """What a button of the plan does."""

    SHOW = "show"
    FIRST_LAND = "first"  # asks for the Land of the first person
    SECOND_LAND = "second"
    DAY = "day"  # asks for the day
    PLAY = "play"


@dataclass(frozen=True)
class RehearsalPlanned(RehearsalPlan, payload.Payload):
    """What would be played; `step`: what of it is being asked."""

    step: RehearsalStep = RehearsalStep.SHOW


@dataclass(frozen=True)
class RehearsalDayAsked(payload.Payload):
    """Asks on which day the pledge is made."""


@dataclass(frozen=True)
class RehearsalPlayed:
    """All that the two would be sent, in order, by the operator's clock. `busiest`: the hour in which most of it comes
    by itself, and how much.
    """

    plan: RehearsalPlan
    said: tuple[RehearsedMessage, ...]
    clashes: tuple[Clash, ...]
    busiest: tuple[datetime, int] | None

    @dataclass(frozen=True)
    class Payload(RehearsalPlan, payload.Payload):
        pass


Rehearsals = RehearsalPlanned | RehearsalDayAsked | RehearsalPlayed

"""What figures are called, in a message, a picture or a file, and how each of them is told."""

from domain.insight import Figures, Measure, Step
from domain.nudging import Period
from domain.outcomes.organising.insight import Aspect, InsightGroup
from domain.pledges import ENDINGS
from domain.roles import Role
from messages import names
from messages.catalogue import Phrases

FUNNEL = (
    Step.JOINED,
    Step.PROFILE,
    Step.SHOWN,
    Step.ASKED,
    Step.BOTH,
    Step.MET,
    Step.PROMISED,
    Step.ANSWERED,
    Step.AGAIN,
    Step.OVER,
)
"""What the figures begin with, in their order."""


def told(figures: Figures, measure: Measure, w: Phrases) -> str:
    """The figure, or that there are few, or none: which of the two is not told."""
    number = figures.get(measure, 0)
    return str(number) if number else w.label("insight.few")


def percent(share: int, w: Phrases) -> str:
    return w.label("insight.percent", n=share)


def period_named(period: Period, w: Phrases) -> str:
    return w.label(f"insight.period.{period}")


def outcome_named(how: str, w: Phrases) -> str:
    return w.label(f"status.{how}" if how in ENDINGS else f"insight.ended.{how}")


def group_named(aspect: Aspect, group: InsightGroup, w: Phrases) -> str:
    if not group.name:
        return w.label("insight.nothing_said")
    match aspect:
        case Aspect.ROLE:
            return names.role(w, Role(group.name))
        case Aspect.LAND:
            return names.land(w, group.name)
        case Aspect.TOPIC:
            return names.topic(w, group.name)
        case _:
            return group.name

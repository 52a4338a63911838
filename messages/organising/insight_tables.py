"""The figures as a table for a spreadsheet: a line for all together, and one for each group."""

from collections.abc import Iterator

from domain.insight import OUTCOMES, QUARTERS, Figures, Measure, Progress, Step
from domain.nudging import Period
from domain.outcomes.organising.insight import Aspect, FileKind, InsightFiled
from messages.catalogue import Phrases
from messages.organising.insight_words import FUNNEL, group_named, outcome_named, period_named
from messages.tables import Field, table, workbook

_OF_PEOPLE = (Step.JOINED, Step.PROFILE)


def written(outcome: InsightFiled, w: Phrases) -> bytes:
    """The file."""
    made = rows(outcome, w)
    return workbook(made) if outcome.kind is FileKind.XLSX else table(made, w.plain("table.delimiter"))


def rows(outcome: InsightFiled, w: Phrases) -> list[list[Field]]:
    """What is in it, of whatever kind it is: the heading first, a note last."""
    columns = dict(_columns(outcome.aspect, w))
    looked, few = outcome.looked, w.label("insight.few")

    def line(name: str, figures: Figures) -> list[Field]:
        return [name, *(figures.get(measure, 0) or few for measure in columns)]

    return [
        [w.plain(f"insight.head.{outcome.aspect}"), *columns.values()],
        line(looked.title or w.plain("insight.everywhere", n=looked.of), looked.figures),
        *(line(group_named(outcome.aspect, each, w), each.figures) for each in looked.groups),
        [w.plain("insight.rounded")],
    ]


def _columns(aspect: Aspect, w: Phrases) -> Iterator[tuple[Measure, str]]:
    """Every figure that there is; people have no one topic."""
    for step in FUNNEL:
        if not (aspect is Aspect.TOPIC and step in _OF_PEOPLE):
            yield Measure(step), w.plain(f"insight.bar.{step}")
    for how in OUTCOMES:
        yield Measure(Step.ENDED, how), w.plain("insight.column.ended", what=outcome_named(how, w))
    for quarter in QUARTERS:
        what = w.label(f"insight.quarter.{quarter}")
        yield Measure(Step.RUNNING, quarter), w.plain("insight.column.running", what=what)
        for pace in Progress:
            yield Measure(Step.PACE, f"{quarter}{pace}"), w.plain(f"insight.column.{pace}", what=what)
    for period in Period:
        what = period_named(period, w)
        yield Measure(Step.NUDGED, period), w.plain("insight.column.nudged", what=what)
        yield Measure(Step.REPLIED, period), w.plain("insight.column.replied", what=what)

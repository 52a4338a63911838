"""The figures as a table for a spreadsheet: a line for all together, and one for each group."""

from collections.abc import Iterator

from domain.insight import OUTCOMES, QUARTERS, Figures, Measure, Pace, Step
from domain.nudging import Period
from domain.outcomes.organising.insight import FileKind, InsightFiled, Look
from messages.catalogue import Phrases
from messages.organising.insight_words import FUNNEL, group_named, outcome_named, period_named
from messages.tables import Field, Table, csv_of, xlsx_of

_OF_PEOPLE = (Step.JOINED, Step.PROFILE)


def written(outcome: InsightFiled, w: Phrases) -> bytes:
    """The file."""
    made = table(outcome, w)
    return csv_of(made, w.voice.language) if outcome.kind is FileKind.CSV else xlsx_of(made)


def table(outcome: InsightFiled, w: Phrases) -> Table:
    """What is in it, of whatever kind it is."""
    columns = dict(_columns(outcome.look, w))
    looked, few = outcome.looked, w.label("insight.few")

    def line(name: str, figures: Figures) -> list[Field]:
        return [name, *(figures.get(measure, 0) or few for measure in columns)]

    together = line(looked.title or w.plain("insight.everywhere", n=looked.of), looked.figures)
    others = [line(group_named(outcome.look, each, w), each.figures) for each in looked.groups]
    head = [w.plain(f"insight.head.{outcome.look}"), *columns.values()]
    return Table(w.plain("insight.picture.title"), head, [together, *others], [w.plain("insight.rounded")])


def _columns(look: Look, w: Phrases) -> Iterator[tuple[Measure, str]]:
    """Every figure that there is; people have no one topic."""
    for step in FUNNEL:
        if not (look is Look.TOPIC and step in _OF_PEOPLE):
            yield Measure(step), w.plain(f"insight.bar.{step}")
    for how in OUTCOMES:
        yield Measure(Step.ENDED, how), w.plain("insight.column.ended", what=outcome_named(how, w))
    for quarter in QUARTERS:
        what = w.label(f"insight.quarter.{quarter}")
        yield Measure(Step.RUNNING, quarter), w.plain("insight.column.running", what=what)
        for pace in Pace:
            yield Measure(Step.PACE, f"{quarter}{pace}"), w.plain(f"insight.column.{pace}", what=what)
    for period in Period:
        what = period_named(period, w)
        yield Measure(Step.NUDGED, period), w.plain("insight.column.nudged", what=what)
        yield Measure(Step.REPLIED, period), w.plain("insight.column.replied", what=what)

"""The figures of `/stand` in words, with the way to every other view of them."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain import insight
from domain.insight import OUTCOMES, QUARTERS, Figures, Measure, Progress, Step
from domain.nudging import Period
from domain.outcomes.choices import Theme
from domain.outcomes.organising.insight import (
    EVERYWHERE,
    Aspect,
    FileKind,
    Insight,
    InsightFiled,
    InsightGroup,
    InsightPictured,
    Insights,
    Looked,
)
from domain.words import cut, told_apart
from messages.buttons import Verb
from messages.catalogue import BUTTON, Phrases
from messages.lines import lines
from messages.message import Document, Message, Row, button, in_rows, keyboard
from messages.organising import charts, insight_charts, insight_tables
from messages.organising.desk import workshop_line
from messages.organising.insight_words import FUNNEL, group_named, outcome_named, percent, period_named, told
from messages.paging import turning
from messages.places_to_go import to_menu

_BENCHMARKS = (
    ("accepted", Measure(Step.BOTH), Measure(Step.ASKED)),
    ("kept", Measure(Step.MET), Measure(Step.BOTH)),
    ("again", Measure(Step.AGAIN), Measure(Step.PROMISED)),
)
"""What others have published figures about: the part of what."""
_GROUP_NAME = 60  # UTF-16 units


def render(outcome: Insights, w: Phrases) -> Message:
    match outcome:
        case Insight():
            return shown(outcome, w)
        case InsightPictured():
            return _pictured(outcome, w)
        case InsightFiled():
            return _filed(outcome, w)
    assert_never(outcome)


def shown(outcome: Insight, w: Phrases) -> Message:
    looked = outcome.looked
    text = lines(
        w(f"insight.title.{outcome.aspect}"),
        _where(looked, w),
        *_said(outcome, w),
        w("insight.page", page=outcome.page + 1, pages=outcome.pages) if outcome.pages > 1 else None,
        w("insight.rounded"),
    )
    return Message(text, keyboard(*_buttons(outcome, w)))


def _where(looked: Looked, w: Phrases) -> Markup:
    if looked.title is not None:
        return workshop_line(looked.title, w)
    return w("insight.everywhere", n=looked.of)


def _said(outcome: Insight, w: Phrases) -> Iterator[Markup]:
    looked = outcome.looked
    match outcome.aspect:
        case Aspect.ALL:
            yield from _overview(looked.figures, w)
        case Aspect.NUDGES:
            yield _rate(looked.figures, w)
            yield from (_nudge(period, looked.figures, w) for period in Period)
        case Aspect.TIME:
            yield from (_quarter(each, looked.figures, w) for each in QUARTERS)
        case _:
            yield w(f"insight.about.{outcome.aspect}")
            yield from (_group(outcome.aspect, each, w) for each in looked.groups)
            if not looked.groups:
                yield w("insight.no_groups")


def _overview(figures: Figures, w: Phrases) -> Iterator[Markup]:
    """The answers first, then how far it went, how it ended, and what others have measured."""
    yield _rate(figures, w)
    for step in FUNNEL:
        yield w(f"insight.{step}", n=told(figures, Measure(step), w))
    ended = [
        w.label("insight.of", what=outcome_named(how, w), n=told(figures, Measure(Step.ENDED, how), w))
        for how in OUTCOMES
        if figures.get(Measure(Step.ENDED, how))
    ]
    if ended:
        yield w("insight.ended", how=" · ".join(ended))
    compared = [
        w.plain(f"insight.benchmark.{what}", n=percent(share, w))
        for what, part, whole in _BENCHMARKS
        if (share := insight.share(figures, part, whole)) is not None
    ]
    if compared:
        yield w("insight.benchmarks", compared="; ".join(compared))


def _rate(figures: Figures, w: Phrases) -> Markup:
    rate = insight.reply_rate(figures)
    return w("insight.rate", n=percent(rate, w)) if rate is not None else w("insight.rate.none")


def _nudge(period: Period, figures: Figures, w: Phrases) -> Markup:
    asked, replied = Measure(Step.NUDGED, period), Measure(Step.REPLIED, period)
    rate = insight.share(figures, replied, asked)
    said = {"what": period_named(period, w), "n": told(figures, asked, w)}
    if rate is None:
        return w("insight.nudge.few", **said)
    return w("insight.nudge", **said, share=percent(rate, w), replied=told(figures, replied, w))


def _quarter(quarter: str, figures: Figures, w: Phrases) -> Markup:
    return w(
        "insight.quarter",
        what=w.label(f"insight.quarter.{quarter}"),
        n=told(figures, Measure(Step.RUNNING, quarter), w),
        onward=told(figures, Measure(Step.PACE, f"{quarter}{Progress.ONWARD}"), w),
        stuck=told(figures, Measure(Step.PACE, f"{quarter}{Progress.STUCK}"), w),
    )


def _group(aspect: Aspect, group: InsightGroup, w: Phrases) -> Markup:
    """One line; people have no one topic, so that only what is about one is told of it."""
    rate = insight.reply_rate(group.figures)
    return w(
        "insight.group.topic" if aspect is Aspect.TOPIC else "insight.group",
        what=cut(group_named(aspect, group, w), _GROUP_NAME),
        joined=told(group.figures, Measure(Step.JOINED), w),
        both=told(group.figures, Measure(Step.BOTH), w),
        promised=told(group.figures, Measure(Step.PROMISED), w),
        rate=percent(rate, w) if rate is not None else w.label("insight.few"),
    )


def _buttons(outcome: Insight, w: Phrases) -> list[Row]:
    at, aspect = outcome.looked.workshop_id, outcome.aspect
    to_each = [
        button(w.label(f"insight.button.{each}"), Verb.INSIGHT, at, each, 0)
        for each in Aspect
        if each is not aspect and (each is not Aspect.WORKSHOP or outcome.looked.of > 1)
    ]
    return [
        *(_to_workshops(outcome.looked.groups) if aspect is Aspect.WORKSHOP else []),
        turning(outcome, w, Verb.INSIGHT, at, aspect),
        *in_rows(to_each, 2),
        [
            button(w.label("insight.button.picture"), Verb.INSIGHT_PICTURE, at, Theme.LIGHT),
            *(
                button(w.label(f"insight.button.{kind}"), Verb.INSIGHT_FILE, at, aspect, kind)
                for kind in FileKind
            ),
        ],
        [_to_report(at, w)],
        [button(w.label("insight.button.everywhere"), Verb.INSIGHT, EVERYWHERE, Aspect.ALL, 0)]
        if outcome.looked.may_widen
        else [],
        [to_menu(w)],
    ]


def _to_report(workshop_id: int, w: Phrases) -> InlineKeyboardButton:
    """Of one workshop; of several it is asked which."""
    label = w.label("orga.button.report")
    return button(label, Verb.REPORT_OF, workshop_id) if workshop_id else button(label, Verb.REPORTS)


def _to_workshops(groups: Sequence[InsightGroup]) -> list[Row]:
    """A button each; one whose title has no letter that can be read is numbered."""
    names = told_apart([each.name for each in groups], BUTTON)
    read = [
        each if any(map(str.isalnum, each)) else cut(f"{n}. {each}", BUTTON)
        for n, each in enumerate(names, 1)
    ]
    return [
        [button(name, Verb.INSIGHT, each.workshop_id, Aspect.ALL, 0)]
        for name, each in zip(read, groups, strict=True)
    ]


def _pictured(outcome: InsightPictured, w: Phrases) -> Message:
    """In the picture itself, the other theme takes its place."""
    other = outcome.theme.other
    at = outcome.looked.workshop_id
    caption = lines(w("insight.title.all"), _where(outcome.looked, w), _rate(outcome.looked.figures, w))
    return Message(
        caption,
        keyboard(
            [button(w.label(f"insight.button.{other}"), Verb.INSIGHT_PICTURE, at, other)],
            [to_menu(w)],
        ),
        draw=lambda: charts.png(insight_charts.of(outcome, w)),
        covers=True,
    )


def _filed(outcome: InsightFiled, w: Phrases) -> Message:
    name = w.plain("insight.file", kind=outcome.kind)
    caption = lines(w("insight.filed"), _where(outcome.looked, w), w("insight.rounded"))
    return Message(
        caption,
        keyboard([to_menu(w)]),
        document=Document(name, b""),
        draw=lambda: insight_tables.written(outcome, w),
    )

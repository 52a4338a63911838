"""The picture of the figures: how many questions were answered, and how far people came.

The colours are of the palette of Okabe and Ito, which people tell apart however they see colours; what belongs together
is also said by its place and its words.
"""

from domain import insight
from domain.insight import Measure, Step
from domain.nudging import Period
from domain.outcomes.choices import Theme
from domain.outcomes.organising.insight import InsightPictured, Looked
from messages.catalogue import Phrases
from messages.organising.charts import Bar, Chart, Panel
from messages.organising.insight_words import FUNNEL, percent, period_named, told
from messages.pictures import PALETTES, drawable

_ANSWERS, _PEOPLE, _MEETINGS, _PLEDGES = range(4)
_COLOURS = {
    Theme.LIGHT: ("#0072b2", "#009e73", "#e69f00", "#d55e00"),  # blue, bluish green, orange, vermilion
    Theme.DARK: (
        "#56b4e9",
        "#009e73",
        "#e69f00",
        "#cc79a7",
    ),  # sky blue, bluish green, orange, reddish purple
}
_OF = {
    **dict.fromkeys((Step.JOINED, Step.PROFILE), _PEOPLE),
    **dict.fromkeys((Step.SHOWN, Step.ASKED, Step.BOTH, Step.MET), _MEETINGS),
    **dict.fromkeys((Step.PROMISED, Step.ANSWERED, Step.AGAIN, Step.OVER), _PLEDGES),
}
_TITLE = 44  # letters of the title of a workshop


def of(outcome: InsightPictured, w: Phrases) -> Chart:
    """What is drawn."""
    colours = _COLOURS[outcome.theme]
    return Chart(
        title=w.plain("insight.picture.title"),
        below_title=_where(outcome.looked, w),
        panels=(_answers(outcome.looked, w, colours), *_funnel(outcome.looked, w, colours)),
        foot=w.plain("insight.rounded"),
        palette=PALETTES[outcome.theme],
    )


def _where(looked: Looked, w: Phrases) -> str:
    if looked.title is None:
        return w.plain("insight.everywhere", n=looked.of)
    title = drawable(looked.title)
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"


def _answers(looked: Looked, w: Phrases, colours: tuple[str, ...]) -> Panel:
    bars = []
    for period in Period:
        share = insight.share(looked.figures, Measure(Step.REPLIED, period), Measure(Step.NUDGED, period))
        said = percent(share, w) if share is not None else w.label("insight.few")
        bars.append(Bar(period_named(period, w), share or 0, said, colours[_ANSWERS]))
    return Panel(w.plain("insight.picture.answers"), bars, whole=100)


def _funnel(looked: Looked, w: Phrases, colours: tuple[str, ...]) -> list[Panel]:
    """A panel for each thing that is counted: of people, cards and promises, no bar is compared with another's."""
    panels = []
    for which, name in ((_PEOPLE, "people"), (_MEETINGS, "meetings"), (_PLEDGES, "pledges")):
        bars = [
            Bar(
                w.plain(f"insight.bar.{step}"),
                looked.figures.get(Measure(step), 0),
                told(looked.figures, Measure(step), w),
                colours[which],
            )
            for step in FUNNEL
            if _OF[step] == which
        ]
        panels.append(Panel(w.plain(f"insight.picture.{name}"), bars))
    return panels

"""The report of a workshop in words, for its page and its file alike: plain text, which addresses nobody."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain import insight
from domain.insight import OUTCOMES, Figures, Measure, Step
from domain.names.blocking import BLOCK
from domain.outcomes.organising.insight import Aspect, InsightGroup
from domain.outcomes.organising.reports import Report
from domain.outcomes.pledging.retrospectives import DeedShown, FiveLines
from domain.pledges import Blocker
from domain.retrospectives import DeedKind, Line
from domain.voice import Language
from domain.wall import WallPledge
from domain.words import cut
from messages.catalogue import Phrases
from messages.organising.insight_words import group_named, outcome_named, percent, told
from messages.pledging.statuses import one_says, status

_AT_A_GLANCE = (Step.JOINED, Step.BOTH, Step.MET, Step.PROMISED, Step.AGAIN, Step.OVER)
_WORDS = 1000  # UTF-16 units of each of people's words
_PROMISED, _JOINED = Measure(Step.PROMISED), Measure(Step.JOINED)
_BOTH = 2  # parties


@dataclass(frozen=True)
class Fact:
    """`said`: a number, a share, or that there are few."""

    said: str
    of: str


@dataclass(frozen=True)
class ReportBar:
    """`length`: in hundredths of the longest beside it. `more`: what is said below its name."""

    name: str
    said: str
    length: int
    more: str = ""


@dataclass(frozen=True)
class ReportChart:
    title: str
    bars: tuple[ReportBar, ...]


@dataclass(frozen=True)
class ReportPledge:
    text: str
    by: str


@dataclass(frozen=True)
class Quotes:
    """People's own words below a title, and what is said of all of them. `none`: what stands there without any."""

    title: str
    about: str
    none: str


@dataclass(frozen=True)
class Worded:
    """What the report says, from above to below, as plain text that has to be escaped. Each retrospective is its lines,
    with the label of each.
    """

    language: Language
    other: Language
    other_named: str
    ways: str
    above: str
    title: str
    when: str
    state: str
    about: str
    glance: str
    facts: tuple[Fact, ...]
    charts: tuple[ReportChart, ...]
    few: str
    learning: Quotes
    learned: tuple[str, ...]
    looking_back: Quotes
    looked_back: tuple[tuple[tuple[str, str], ...], ...]
    promising: Quotes
    promised: tuple[ReportPledge, ...]
    counting: str
    counted: tuple[str, ...]
    file: str


def worded(report: Report, w: Phrases) -> Worded:
    learned = [_quoted(each.words, w) for one in report.retrospectives for each in one.words_in(Line.LEARNED)]
    return Worded(
        language=w.voice.language,
        other=Language.DE if w.voice.language is Language.EN else Language.EN,
        other_named=w.plain("report.page.other"),
        ways=w.plain("report.page.ways"),
        above=w.plain("report.page.above"),
        title=report.title,
        when=" · ".join(filter(None, (w.date(report.day), report.place))),
        state=_state(report, w),
        about=w.plain("report.page.about"),
        glance=w.plain("report.page.glance"),
        facts=tuple(_facts(report.figures, w)),
        charts=tuple(each for each in _charts(report, w) if each.bars),
        few=w.plain("report.page.few"),
        learning=_quotes("learned", w),
        learned=tuple(learned),
        looking_back=_quotes("looked_back", w),
        looked_back=tuple(tuple(five(each, w)) for each in report.retrospectives),
        promising=_quotes("promised", w),
        promised=tuple(_sentence(each, w) for each in report.pledges),
        counting=w.plain("report.page.counting"),
        counted=(
            w.plain("report.page.counted.figures"),
            w.plain("report.page.counted.words"),
            w.plain("report.page.counted.failed"),
            w.plain("report.page.counted.controller", controller=report.controller),
        ),
        file=w.plain("report.page.file"),
    )


def _state(report: Report, w: Phrases) -> str:
    if report.is_final:
        return w.plain("report.page.state", day=w.date(report.on))
    return w.plain("report.page.interim", day=w.date(report.on), final=w.date(report.final_on))


def _quotes(which: str, w: Phrases) -> Quotes:
    return Quotes(
        w.plain(f"report.page.{which}"),
        w.plain(f"report.page.{which}.about"),
        w.plain(f"report.page.{which}.none"),
    )


def _sentence(pledge: WallPledge, w: Phrases) -> ReportPledge:
    key = "wall.ended" if pledge.ended else "wall.until"
    by = w.plain(key, day=w.date(pledge.on)) if pledge.on is not None else ""
    return ReportPledge(_quoted(pledge.text, w), by)


# --- figures


def _facts(figures: Figures, w: Phrases) -> Iterator[Fact]:
    for step in _AT_A_GLANCE:
        yield Fact(told(figures, Measure(step), w), w.plain(f"report.fact.{step}"))
    rate = insight.reply_rate(figures)
    if rate is not None:
        yield Fact(percent(rate, w), w.plain("report.fact.rate"))


def _charts(report: Report, w: Phrases) -> Iterator[ReportChart]:
    ended = [(outcome_named(how, w), report.figures.get(Measure(Step.ENDED, how), 0)) for how in OUTCOMES]
    yield ReportChart(w.plain("report.chart.outcomes"), _bars([(name, number, "") for name, number in ended]))
    stuck = [(each, report.figures.get(Measure(Step.BLOCKED, each), 0)) for each in Blocker]
    named = [(w.label(f"blocker.button.{each}"), number, "") for each, number in stuck]
    yield ReportChart(w.plain("report.chart.obstacles"), _bars(named))
    yield ReportChart(
        w.plain("report.chart.topics"),
        _bars([
            (group_named(Aspect.TOPIC, each, w), each.figures[_PROMISED], _outcomes(each.figures, w))
            for each in report.topics
        ]),
    )  # fmt: skip
    for aspect, groups in ((Aspect.ROLE, report.roles), (Aspect.LAND, report.laender)):
        yield ReportChart(w.plain(f"report.chart.{aspect}"), _bars(_joined(aspect, groups, w)))


def _joined(aspect: Aspect, groups: tuple[InsightGroup, ...], w: Phrases) -> list[tuple[str, int, str]]:
    return [(group_named(aspect, each, w), each.figures[_JOINED], "") for each in groups]


def _bars(counted: list[tuple[str, int, str]]) -> tuple[ReportBar, ...]:
    """What is none, or too few to be told, has no bar."""
    longest = max((number for _, number, _ in counted), default=0)
    return tuple(
        ReportBar(name, str(number), round(100 * number / longest), more)
        for name, number, more in counted
        if number
    )


def _outcomes(figures: Figures, w: Phrases) -> str:
    """How the pledges of one topic ended, as far as that is told."""
    ended = [(how, figures.get(Measure(Step.ENDED, how), 0)) for how in OUTCOMES]
    return " · ".join(
        w.plain("insight.of", what=outcome_named(how, w), n=number) for how, number in ended if number
    )


# --- the five lines of a retrospective, without anybody's name


def five(lines: FiveLines, w: Phrases, room: int = _WORDS) -> Iterator[tuple[str, str]]:
    """The label of each line that says anything, and what it says. `room`: UTF-16 units for each of people's words."""
    for of in Line:
        own = [_quoted(each.words, w, room) for each in lines.words_in(of)]
        said = " ".join(part for part in (*_derived(lines, of, w, room, own), *own) if part)
        if said:
            yield w.label(f"retro.label.{of}"), said


def _derived(lines: FiveLines, of: Line, w: Phrases, room: int, own: list[str]) -> list[str]:
    """What follows from the history, where words do not take its place."""
    match of:
        case Line.RESULT:
            return [_result(lines, w)]
        case Line.PROMISED if not own:
            return [w.plain("retro.promised", text=_quoted(lines.text, w, room), day=w.date(lines.deadline))]
        case Line.DONE if not own:
            return [", ".join(filter(None, (_deed(each, w, room) for each in lines.done)))]
        case _:
            return []


def _deed(done: DeedShown, w: Phrases, room: int) -> str:
    day, words = w.date(done.on), _quoted(done.words, w, room)
    match done.kind:
        case DeedKind.NOTE:
            return w.plain("report.done.note", words=words, day=day) if words else ""
        case DeedKind.EVIDENCE if words:
            return w.plain("report.done.evidence", words=words, day=day)
        case DeedKind.EVIDENCE:
            return w.plain("report.done.photo", day=day)
        case _:
            return w.plain(f"retro.done.{done.kind}", day=day)


def _result(lines: FiveLines, w: Phrases) -> str:
    said = [how for _, how in lines.results if how is not None]
    if not said:
        return w.plain("retro.result.nobody")
    if len(said) < _BOTH:
        return w.plain("report.result.one", how=one_says(w, said[0]))
    if said[0] is said[1]:
        return w.plain("retro.result.both", how=status(w, said[0]))
    return w.plain("report.result.differ", how=one_says(w, said[0]), other_how=one_says(w, said[1]))


def _quoted(words: str, w: Phrases, room: int = _WORDS) -> str:
    """In quotation marks, on one line; empty if there are none."""
    line = " ".join(words.replace(BLOCK, w.plain("report.page.name")).split())
    return w.plain("pledge.quote", words=cut(line, room)) if line and room else ""

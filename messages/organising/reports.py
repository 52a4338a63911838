"""The report of a workshop to its team: as a file, as a page to open and close, and the retrospectives in it."""

from collections.abc import Iterator
from functools import partial
from typing import assert_never

from markupsafe import Markup, escape

from domain.outcomes.organising.reports import (
    ReportFiled,
    ReportFileEnded,
    ReportRetrospectives,
    Reports,
    ReportShown,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Document, Message, Row, button, keyboard
from messages.organising import reports_pdf
from messages.organising.desk import workshop_line
from messages.organising.moderating import ModerationScreen, asked
from messages.organising.reports_worded import five, worded
from messages.places_to_go import to_menu


def render(outcome: Reports, w: Phrases) -> Message:
    match outcome:
        case ReportShown():
            return _shown(outcome, w)
        case ReportFiled():
            return _filed(outcome, w)
        case ReportFileEnded():
            return Message("", formats=(), deletes=True)
        case ReportRetrospectives():
            return _retrospectives(outcome, w)
    assert_never(outcome)


def _shown(outcome: ReportShown, w: Phrases) -> Message:
    is_final = outcome.on >= outcome.final_on
    text = lines(
        w("report.news" if outcome.is_news else "report.title"),
        workshop_line(outcome.title, w),
        w("report.final") if is_final else w("report.interim", day=w.date(outcome.final_on)),
        w("report.about"),
        w.count("report.listed", outcome.listed) if outcome.listed else None,
        w("report.open", link=escape(outcome.link)) if outcome.link else w("report.closed"),
    )
    return Message(text, keyboard(*_buttons(outcome, w), [to_menu(w)]))


def _buttons(outcome: ReportShown, w: Phrases) -> list[Row]:
    number = outcome.workshop_id
    file = button(w.label("report.button.file"), Verb.REPORT_FILE, number)
    if not outcome.runs:
        return [[file]]
    label = w.label("report.button.retrospectives")
    if outcome.waiting:
        label = w.plain("orga.button.waiting", label=label, number=outcome.waiting)
    page = (
        button(w.label("report.button.close"), Verb.REPORT_CLOSE, number)
        if outcome.link
        else button(w.label("report.button.open"), Verb.REPORT_OPEN, number)
    )
    return [[file, page], [button(label, Verb.REPORT_IN, number, 0)]]


def _filed(outcome: ReportFiled, w: Phrases) -> Message:
    """The file cannot be passed on: the page is there for that."""
    text = lines(w("report.filed"), workshop_line(outcome.report.title, w), w("report.filed.about"))
    back = button(w.label("report.button.back"), Verb.REPORT_OF, outcome.workshop_id)
    return Message(
        text,
        keyboard([back]),
        document=Document(w.label("report.file"), b""),
        draw=partial(reports_pdf.pdf, worded(outcome.report, w)),
        protect=True,
    )


def _retrospectives(outcome: ReportRetrospectives, w: Phrases) -> Message:
    def shown(room: int) -> Iterator[Markup]:
        for label, text in five(outcome.of.lines, w, room) if outcome.of is not None else ():
            yield w("retro.line", label=label, text=text)

    of = outcome.of
    state = w(f"report.retrospective.{of.said}" if of is not None else "report.retrospective.none")
    how = ModerationScreen(
        title=w("report.retrospectives"),
        above=None,
        put_up=w("report.put_in"),
        kept=w("report.kept_out"),
        state=state,
        shown=shown,
        show=Verb.REPORT_SHOW,
        hide=Verb.REPORT_HIDE,
        turn=Verb.REPORT_IN,
    )
    back = button(w.label("report.button.back"), Verb.REPORT_OF, outcome.workshop_id)
    return asked(outcome, how, w, back)

"""The report of a workshop to its team: as a file, as a page to open and close, and the retrospectives in it."""

from functools import partial
from typing import assert_never

from markupsafe import escape

from domain.outcomes.organising.reports import (
    ReportFiled,
    ReportFileEnded,
    ReportRetrospectives,
    Reports,
    ReportShown,
)
from domain.outcomes.organising.wall import OnWall
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Document, Message, Row, button, keyboard
from messages.organising import reports_pdf
from messages.organising.desk import workshop_line
from messages.organising.reports_worded import five, worded
from messages.paging import turning
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
    said = {None: None, True: w("report.put_in"), False: w("report.kept_out")}[outcome.put_up]
    waiting = w.count("orga.wall.waiting", outcome.waiting) if outcome.waiting else None
    of = outcome.of
    state = w(f"report.retrospective.{of.in_report}" if of is not None else "report.retrospective.none")
    text = fitted(
        lambda room: lines(
            w("report.retrospectives"),
            workshop_line(outcome.workshop, w),
            said,
            waiting,
            *(
                w("retro.line", label=label, text=text)
                for label, text in (five(of.lines, w, room) if of is not None else ())
            ),
            state,
        )
    )
    turned = turning(outcome, w, Verb.REPORT_IN, outcome.workshop_id)
    back = button(w.label("report.button.back"), Verb.REPORT_OF, outcome.workshop_id)
    return Message(text, keyboard(_answers(outcome, w), turned, [back], [to_menu(w)]))


def _answers(outcome: ReportRetrospectives, w: Phrases) -> Row:
    """What has not been said of it."""
    of, each = outcome.of, {OnWall.SHOWN: Verb.REPORT_SHOW, OnWall.HIDDEN: Verb.REPORT_HIDE}
    if of is None:
        return []
    return [
        button(w.label(f"orga.wall.button.{said}"), verb, of.pledge_id, of.version)
        for said, verb in each.items()
        if said is not of.in_report
    ]

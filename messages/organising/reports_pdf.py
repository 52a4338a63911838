"""The report of a workshop on sheets of A4, in black and grey. All measures are in millimetres, or they say points."""

from typing import TYPE_CHECKING

from messages.organising.paper import numbered
from messages.organising.reports_worded import Fact, Quotes, ReportChart, Worded
from messages.pictures import broken, drawable

if TYPE_CHECKING:
    from fpdf import FPDF

_MARGIN, _FOOT = 20, 18
_TITLE, _HEADING, _LETTERS, _SMALL, _NUMBER = 24, 14, 11, 9.5, 20  # points
_LEADING = 0.46  # millimetres from one line to the next, for each point
_ACROSS, _FACT_HIGH = 3, 20
_NAME, _SAID = 55, 14  # how wide the name of a bar is, and its number
_BAR = 3.2
_LABEL = 28
_GREY = 90
_RULE = 190


def pdf(report: Worded) -> bytes:
    """The file. Takes a while."""
    title = f"{drawable(report.title)} – {report.above}"
    pdf = numbered(title, drawable(report.above), report.language, _SMALL, _GREY)
    pdf.set_subject(report.about)
    pdf.set_margin(_MARGIN)
    pdf.c_margin = 0
    pdf.set_auto_page_break(auto=True, margin=_FOOT)
    pdf.set_y(_MARGIN)
    _head(pdf, report)
    _facts(pdf, report.glance, report.facts)
    for chart in report.charts:
        _chart(pdf, chart)
    _learned(pdf, report)
    _looked_back(pdf, report)
    _promised(pdf, report)
    _heading(pdf, report.counting)
    for each in report.counted:
        _text(pdf, each, _SMALL, grey=True)
        pdf.ln(1)
    return bytes(pdf.output())


def _head(pdf: "FPDF", report: Worded) -> None:
    _text(pdf, report.above, _LETTERS, strong=True, grey=True)
    _text(pdf, report.title, _TITLE, strong=True)
    _text(pdf, report.when, _LETTERS, grey=True)
    pdf.ln(3)
    _text(pdf, report.about, _LETTERS)
    pdf.ln(1)
    _text(pdf, report.state, _LETTERS, strong=True)


def _facts(pdf: "FPDF", title: str, facts: tuple[Fact, ...]) -> None:
    _heading(pdf, title)
    wide = (pdf.epw - 5 * (_ACROSS - 1)) / _ACROSS
    for at in range(0, len(facts), _ACROSS):
        _keep(pdf, _FACT_HIGH)
        top = pdf.get_y()
        for column, each in enumerate(facts[at : at + _ACROSS]):
            left = pdf.l_margin + column * (wide + 5)
            pdf.set_line_width(0.6)
            pdf.line(left, top, left + wide, top)
            pdf.set_xy(left, top + 1)
            _text(pdf, each.said, _NUMBER, strong=True, wide=wide)
            pdf.set_x(left)
            _text(pdf, each.of, _SMALL, wide=wide)
        pdf.set_y(top + _FACT_HIGH)


def _chart(pdf: "FPDF", chart: ReportChart) -> None:
    _heading(pdf, chart.title)
    longest = pdf.epw - _NAME - _SAID - 4
    for bar in chart.bars:
        name = _lines(pdf, bar.name, _LETTERS, _NAME)
        more = _lines(pdf, bar.more, _SMALL, longest) if bar.more else []
        high = max(len(name) * _LETTERS, _LETTERS + len(more) * _SMALL) * _LEADING + 1.5
        _keep(pdf, high)
        top = pdf.get_y()
        _text(pdf, "\n".join(name), _LETTERS, wide=_NAME)
        pdf.set_xy(pdf.l_margin + _NAME, top)
        _text(pdf, bar.said, _LETTERS, strong=True, wide=_SAID, align="R")
        left = pdf.l_margin + _NAME + _SAID + 4
        pdf.set_fill_color(60)
        middle = top + (_LETTERS * _LEADING - _BAR) / 2
        pdf.rect(left, middle, max(longest * bar.length / 100, 0.5), _BAR, style="F")
        if more:
            pdf.set_xy(left, top + _LETTERS * _LEADING)
            _text(pdf, "\n".join(more), _SMALL, wide=longest, grey=True)
        pdf.set_y(top + high)


def _learned(pdf: "FPDF", report: Worded) -> None:
    _heading(pdf, report.learning.title)
    _text(pdf, report.learning.about if report.learned else report.learning.none, _SMALL, grey=True)
    for each in report.learned:
        pdf.ln(2)
        _text(pdf, each, _LETTERS)


def _looked_back(pdf: "FPDF", report: Worded) -> None:
    if not report.looked_back:
        return
    _begun(pdf, report.looking_back)
    for one in report.looked_back:
        pdf.ln(2)
        pdf.set_draw_color(_RULE)
        pdf.set_line_width(0.3)
        pdf.line(pdf.l_margin, pdf.get_y(), pdf.l_margin + pdf.epw, pdf.get_y())
        pdf.set_draw_color(0)
        pdf.ln(1.5)
        for label, text in one:
            wide = pdf.epw - _LABEL
            _keep(pdf, min(len(_lines(pdf, text, _LETTERS, wide)), 8) * _LETTERS * _LEADING)
            top = pdf.get_y()
            _text(pdf, label, _LETTERS, strong=True, wide=_LABEL)
            pdf.set_xy(pdf.l_margin + _LABEL, top)
            _text(pdf, text, _LETTERS, wide=wide)
            pdf.ln(0.8)


def _promised(pdf: "FPDF", report: Worded) -> None:
    if not report.promised:
        return
    _begun(pdf, report.promising)
    for each in report.promised:
        pdf.ln(2)
        _text(pdf, f"{each.text} ({each.by})" if each.by else each.text, _LETTERS)


def _begun(pdf: "FPDF", quotes: Quotes) -> None:
    _heading(pdf, quotes.title)
    _text(pdf, quotes.about, _SMALL, grey=True)


def _heading(pdf: "FPDF", title: str) -> None:
    """A heading that keeps a few lines below it on the same page, and is listed in the outline of the file."""
    pdf.ln(7)
    _keep(pdf, 28)
    pdf.start_section(drawable(title, strong=True))
    _text(pdf, title, _HEADING, strong=True)
    pdf.ln(1.5)


def _keep(pdf: "FPDF", high: float) -> None:
    if pdf.will_page_break(high):
        pdf.add_page()


def _lines(pdf: "FPDF", text: str, points: float, wide: float) -> list[str]:
    """The text as it is broken in this width."""
    pdf.set_font("sans", "", points)
    return list(broken(drawable(text), lambda line: pdf.get_string_width(line) > wide))


def _text(
    pdf: "FPDF",
    text: str,
    points: float,
    *,
    strong: bool = False,
    grey: bool = False,
    wide: float = 0,
    align: str = "L",
) -> None:
    """The text from here on, in as many lines as it takes; without `wide` as far as the margin."""
    pdf.set_font("sans", "B" if strong else "", points)
    pdf.set_text_color(_GREY if grey else 0)
    said = "\n".join(drawable(line, strong=strong) for line in text.split("\n"))
    pdf.multi_cell(wide, points * _LEADING, said, align=align, new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)

"""What is printed for a workshop: an A4 poster, and a sheet of four A6 cards.

Each shows the QR code of the link, and the way without it: Telegram's addresses are blocked in some networks, and a
second scan of the same code does nothing on some phones. Black on white, so that any printer will do; the font is
embedded. All measures are in millimetres, unless they say points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.links import PrintedFor
from domain.outcomes.organising.workshops import WorkshopPrint
from domain.voice import Language, Voice
from domain.words import cut
from messages.catalogue import Phrases
from messages.organising.paper import document
from messages.organising.spans import span
from messages.pictures import broken, drawable

if TYPE_CHECKING:
    from fpdf import FPDF

_POINT = 25.4 / 72
_CAPITALS = 0.66
"""How high Source Sans Pro's capitals and digits are, as a part of the size of the font."""
_DISTANCE = 3000
_LEGIBLE = _DISTANCE / 200
"""How high letters have to be, so that the code can be read from three metres. The German rule for signs asks for a
three-hundredth of the distance (BGV A8, 4.9.2; ASR A1.3 has ten millimetres for three metres), by good light and eyes;
the hall may have neither.
"""
_BY_THE_RULE = _DISTANCE / 300
"""What that rule asks for: the bot's name has up to 32 letters, and has to fit on the sheet."""
_QUIET = 4  # modules of white around the QR code, as the standard demands


@dataclass(frozen=True)
class _Sheet:
    """How large things are on a poster or a card: letters in points, `code` and `name` by the height of capitals."""

    width: float
    height: float
    margin: float
    title: float
    least_title: float
    small: float
    code: float
    name: float  # the largest
    qr: float  # the largest


_POSTER = _Sheet(210, 297, 16, title=46, least_title=24, small=21, code=24, name=16, qr=100)
_CARD = _Sheet(105, 148.5, 5, title=19, least_title=11, small=10.5, code=_LEGIBLE, name=_BY_THE_RULE, qr=52)
_TITLE_LINES, _PLACE_LINES, _NAME_LINES = 3, 2, 2


def poster(printed: WorkshopPrint) -> bytes:
    """One page of A4. Takes a while."""
    pdf = document(printed.title, printed.language)
    _draw(pdf, _POSTER, printed, 0, 0)
    return bytes(pdf.output())


def cards(printed: WorkshopPrint) -> bytes:
    """Four cards of A6 on a page of A4, with lines to cut along. Takes a while."""
    pdf = document(printed.title, printed.language)
    for top in (0, _CARD.height):
        for left in (0, _CARD.width):
            _draw(pdf, _CARD, printed, left, top)
    pdf.set_line_width(0.2)
    pdf.set_dash_pattern(2, 2)
    pdf.line(_CARD.width, 0, _CARD.width, _POSTER.height)
    pdf.line(0, _CARD.height, _POSTER.width, _CARD.height)
    return bytes(pdf.output())


@dataclass(frozen=True)
class _Line:
    """`points`: the size of its letters; `high`: from the top of the line to that of the next."""

    text: str
    points: float
    high: float
    strong: bool = False
    centred: bool = False


def _draw(pdf: "FPDF", sheet: _Sheet, printed: WorkshopPrint, left: float, top: float) -> None:
    """Who is invited to what above, the way without the QR code below, and the code as large as there is room."""
    pen = _Pen(pdf, sheet, left)
    above, below = _above(pen, sheet, printed), _below(pen, sheet, printed)
    upper = pen.write(above, top + sheet.margin)
    lower = top + sheet.height - sheet.margin - sum(line.high for line in below)
    pen.write(below, lower)
    size = min(sheet.qr, lower - upper)
    draw_qr(pdf, printed.link, left + (sheet.width - size) / 2, (upper + lower - size) / 2, size)


def _above(pen: "_Pen", sheet: _Sheet, printed: WorkshopPrint) -> list[_Line]:
    w = _words(printed.language)
    day = w.plain("poster.day", day=w.date(printed.day), hours=span(printed.hours, w))
    when = day if printed.hours is not None else w.date(printed.day)
    title, points = pen.fitted(
        drawable(printed.title, strong=True), sheet.title, sheet.least_title, _TITLE_LINES
    )
    place, smaller = pen.fitted(drawable(printed.place), sheet.small, sheet.small * 0.8, _PLACE_LINES)
    invited = _invited(printed.audience, w)
    return [
        *[_line(each, sheet.small, strong=True, centred=True) for each in invited],
        *[_line(each, points, strong=True, centred=True) for each in title],
        _line(when, sheet.small, centred=True),
        *[_line(each, smaller, centred=True) for each in place],
        _line(w.plain("poster.scan"), sheet.small, strong=True, centred=True, apart=True),
    ]


def _invited(audience: PrintedFor, w: Phrases) -> list[str]:
    return [] if audience is PrintedFor.EVERYBODY else [w.plain(f"poster.for.{audience}")]


def _below(pen: "_Pen", sheet: _Sheet, printed: WorkshopPrint) -> list[_Line]:
    """Three steps, in letters that can be read from where one stands."""
    w = _words(printed.language)
    name, capitals = pen.name(f"@{printed.bot}", sheet.name)
    size = capitals / _CAPITALS / _POINT
    return [
        _line(w.plain("poster.without"), sheet.small, strong=True),
        _line(w.plain("poster.open"), sheet.small),
        _line(w.plain("poster.search"), sheet.small),
        *[_Line(part, size, capitals * _TALL) for part in name],
        _line(w.plain("poster.send"), sheet.small),
        _Line(printed.code, sheet.code / _CAPITALS / _POINT, sheet.code * _FLAT, strong=True),
    ]


_TALL, _FLAT = 1.6, 1.25
"""From one line to the next, in heights of capitals: with room for what reaches below the line, and without."""
_LEADING, _APART = 1.3, 2
"""The same for smaller letters, in their size."""


def _line(
    text: str, points: float, *, strong: bool = False, centred: bool = False, apart: bool = False
) -> _Line:
    return _Line(text, points, points * _POINT * (_APART if apart else _LEADING), strong, centred)


def _words(language: Language) -> Phrases:
    """No line of a poster addresses anybody as du or Sie."""
    return Phrases(Voice.EN if language is Language.EN else Voice.DU)


class _Pen:
    """Writes on one sheet, between its margins."""

    def __init__(self, pdf: "FPDF", sheet: _Sheet, left: float) -> None:
        self._pdf = pdf
        self._left = left + sheet.margin
        self._room = sheet.width - 2 * sheet.margin

    def write(self, lines: Sequence[_Line], top: float) -> float:
        """The lines below each other; how far down they reach."""
        for line in lines:
            width = self._width(line.text, line.points, strong=line.strong)
            left = self._left + (self._room - width) / 2 * line.centred
            # Above and below its capitals a line is equally high.
            baseline = top + (line.high + line.points * _POINT * _CAPITALS) / 2
            self._pdf.text(left, baseline, line.text)
            top += line.high
        return top

    def _width(self, text: str, points: float, *, strong: bool) -> float:
        self._pdf.set_font("sans", "B" if strong else "", points)
        return float(self._pdf.get_string_width(text))

    def _broken(self, text: str, points: float) -> list[str]:
        return list(broken(text, lambda line: self._width(line, points, strong=True) > self._room))

    def fitted(self, text: str, points: float, least: float, most: int) -> tuple[list[str], float]:
        """The text in at most this many lines, as large as possible, and its size; what is too long even in the least
        ends in an ellipsis.
        """
        while points > least and len(self._broken(text, points)) > most:
            points -= 1
        lines = self._broken(text, points)
        if len(lines) > most:
            lines = [*lines[: most - 1], cut(f"{lines[most - 1]} \u2026", len(lines[most - 1]))]
        return lines, points

    def name(self, name: str, largest: float) -> tuple[list[str], float]:
        """The bot's name and the height of its capitals: in one line if it can be read there from afar, else in two as
        large as possible.
        """
        whole = self._capitals(name, largest)
        if whole >= min(largest, _BY_THE_RULE):
            return [name], whole
        parts = _halved(name)
        return parts, min(self._capitals(part, largest) for part in parts)

    def _capitals(self, text: str, largest: float) -> float:
        return min(largest, self._room / self._width(text, 1 / _POINT, strong=False) * _CAPITALS)


def _halved(name: str) -> list[str]:
    """A name in two parts, after an underscore if there is one near its middle."""
    middle = len(name) // 2
    after = [place + 1 for place, sign in enumerate(name[:-1]) if sign == "_"]
    at = min(after, key=lambda place: abs(place - middle), default=middle)
    return [name[:at], name[at:]]


def draw_qr(pdf: "FPDF", link: str, left: float, top: float, size: float) -> None:
    """The link as squares, which are sharp in any size."""
    import segno  # noqa: PLC0415 - few processes draw a code

    matrix = segno.make(link, error="m", micro=False, boost_error=False).matrix
    module = size / (len(matrix) + 2 * _QUIET)
    for y, row in enumerate(matrix):
        for x, width in _runs(row):
            at = (left + (_QUIET + x) * module, top + (_QUIET + y) * module)
            pdf.rect(*at, width * module, module * 1.02, style="F")  # no hair lines between two rows


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many follow each other there."""
    starts = [x for x, dark in enumerate(row) if dark and not (x and row[x - 1])]
    return [(x, next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)) for x in starts]

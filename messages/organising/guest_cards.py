"""The sheet of personal cards for the guests of a workshop: eight on a page of A4, to be cut and handed over.

Black on white, with the code in letters beside the QR code, like the posters. All measures are in millimetres, unless
they say points.
"""

from typing import TYPE_CHECKING

from domain.outcomes.organising.guests import CardOfGuest, GuestCards
from domain.voice import Language
from domain.words import cut
from messages.catalogue import Phrases
from messages.organising.paper import document
from messages.organising.posters import draw_qr
from messages.pictures import drawable

if TYPE_CHECKING:
    from fpdf import FPDF

_PAGE_WIDTH, _PAGE_HEIGHT = 210, 297
_COLUMNS, _ROWS = 2, 4
_WIDTH, _HEIGHT = _PAGE_WIDTH / _COLUMNS, _PAGE_HEIGHT / _ROWS
_MARGIN = 6
_QR = 44
_POINT = 25.4 / 72
_NAME, _LEAST_NAME, _SMALL, _CODE = 17, 9, 9.5, 15  # points


def draw(outcome: GuestCards, w: Phrases) -> bytes:
    """Takes a while."""
    pdf = document(outcome.workshop, Language(w.voice.language))
    on_page = _COLUMNS * _ROWS
    for first in range(0, len(outcome.cards), on_page):
        if first:
            pdf.add_page()
        _lines_to_cut(pdf)
        for place, card in enumerate(outcome.cards[first : first + on_page]):
            row, column = divmod(place, _COLUMNS)
            _card(pdf, outcome, card, column * _WIDTH, row * _HEIGHT, w)
    return bytes(pdf.output())


def _lines_to_cut(pdf: "FPDF") -> None:
    pdf.set_line_width(0.2)
    pdf.set_dash_pattern(2, 2)
    pdf.line(_WIDTH, 0, _WIDTH, _PAGE_HEIGHT)
    for row in range(1, _ROWS):
        pdf.line(0, row * _HEIGHT, _PAGE_WIDTH, row * _HEIGHT)
    pdf.set_dash_pattern()


def _card(pdf: "FPDF", outcome: GuestCards, card: CardOfGuest, left: float, top: float, w: Phrases) -> None:
    """Who it is for above; below it the QR code, and beside that the way without it."""
    room = _WIDTH - 2 * _MARGIN
    left += _MARGIN
    _text(pdf, card.name, left, top + 12, room, _NAME, strong=True)
    _text(pdf, card.organisation, left, top + 18, room, _SMALL)
    draw_qr(pdf, card.link, left - 2, top + 22, _QR)
    beside, narrow = left + _QR + 1, room - _QR - 1
    for at, (said, points, strong) in enumerate(
        (
            (outcome.workshop, _SMALL, True),
            (w.plain("guests.card.scan"), _SMALL, False),
            (f"@{outcome.bot}", _SMALL, True),
            (w.plain("guests.card.send"), _SMALL, False),
            (card.code, _CODE, True),
            (w.plain("guests.card.until", day=w.date(outcome.until)), _SMALL, False),
        )
    ):
        _text(pdf, said, beside, top + 28 + at * 7, narrow, points, strong=strong)


def _text(
    pdf: "FPDF", said: str, left: float, baseline: float, room: float, points: float, *, strong: bool = False
) -> None:
    """A line, in smaller letters if it is too long, and cut if that does not help."""
    said = drawable(said, strong=strong)
    while said:
        pdf.set_font("sans", "B" if strong else "", points)
        if pdf.get_string_width(said) <= room:
            pdf.text(left, baseline, said)
            return
        if points > _LEAST_NAME:
            points -= 1
        elif len(said) > 1:
            said = cut(said, len(said) - 1)
        else:
            return

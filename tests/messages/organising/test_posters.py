"""What is printed for a workshop, as a printer draws it, a scanner reads it, and a person from three metres."""

from dataclasses import replace
from datetime import date, time

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from fontTools.ttLib import TTFont

from domain.links import Link, LinkKind, PrintedFor, read_payload
from domain.outcomes.organising.workshops import Form, WorkshopPrint
from domain.voice import Language
from domain.workshops import Hours
from messages.organising import posters
from messages.pictures import FONTS

CODE = "K7RD2M"
ERFURT = WorkshopPrint(
    1, "Werkstatt der Mutigen Erfurt", date(2027, 5, 12), Hours(time(9), time(17)),
    "Rathaus, Marktplatz 1, 99084 Erfurt", CODE, f"https://t.me/mutmacher_bot?start=w_{CODE}", "mutmacher_bot",
    Form.POSTER, PrintedFor.EVERYBODY, Language.DE,
)  # fmt: skip
LONG = replace(
    ERFURT, title="Regionale Werkstatt für Ehrenamt, Bürgerbeteiligung und Wärmeplanung Thüringen Süd",
    place="Kulturhaus Großschwabhausen, Große Straße der Deutschen Einheit 123, Hinterhaus, 99441 Großschwabhausen",
    bot="a_bot_whose_name_is_longest_of_a", language=Language.EN,
)  # fmt: skip
HOSTILE = replace(ERFURT, title="W" * 80, place="<b>\U0001f389</b> " + "M" * 100)
CASES = [ERFURT, LONG, HOSTILE]
FORMS = [(posters.poster, 1), (posters.cards, 4)]


def page(pdf):
    """What stands on the only page, and its picture in grey at 200 dots per inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        sheet = document[0]
        assert [round(side) for side in sheet.get_size()] == [595, 842], "A4"
        return sheet.get_textpage().get_text_bounded(), sheet.render(
            scale=200 / 72, grayscale=True
        ).to_numpy()


@pytest.mark.parametrize("printed", CASES)
@pytest.mark.parametrize(("draw", "copies"), FORMS)
def test_the_code_on_the_page_is_read_in_grey_and_in_black_and_white(draw, copies, printed):
    text, grey = page(draw(printed))
    grey = grey.reshape(grey.shape[:2])
    for picture in (grey, np.where(grey > 127, 255, 0).astype(np.uint8)):
        found = zxingcpp.read_barcodes(picture)
        assert [each.text for each in found] == [printed.link] * copies
    assert text.count(CODE) == copies
    assert "".join(text.split()).count(f"@{printed.bot}") == copies


@pytest.mark.parametrize("printed", CASES)
@pytest.mark.parametrize(("draw", "copies"), FORMS)
def test_nothing_runs_over_the_edge(draw, copies, printed):
    """White margins, also along the lines where cards are cut."""
    _, grey = page(draw(printed))
    dark = grey.reshape(grey.shape[:2]) < 128
    edge = round(5 / 25.4 * 200)
    assert not dark[edge:-edge, :edge].any(where=_uncut(dark[edge:-edge, :edge], copies))
    middle = dark.shape[1] // 2
    if copies > 1:
        assert not dark[edge : edge * 10, middle - edge : middle - 4].any()
        assert not dark[edge : edge * 10, middle + 4 : middle + edge].any()


def _uncut(strip, copies):
    """All but the rows of the line across, which reaches the edge."""
    rows = np.ones(strip.shape, dtype=bool)
    middle = rows.shape[0] // 2
    rows[middle - 4 : middle + 4] = copies == 1
    return rows


@pytest.mark.parametrize("bot", ["mutmacher_bot", "a_bot_whose_name_is_longest_of_a", "x" * 32])
@pytest.mark.parametrize(("draw", "code_high"), [(posters.poster, 15), (posters.cards, 15)])
def test_code_and_name_can_be_read_from_three_metres(draw, code_high, bot):
    """Heights of capitals in millimetres: a two-hundredth of the distance, and what the rule for signs asks for."""
    sizes = letters(draw(replace(ERFURT, bot=bot)))
    code = max(size for text, size in sizes if text in CODE)
    assert code * _capitals() >= code_high - 0.01
    name = min(size for text, size in sizes if text == "@")
    least = 10 if draw is posters.poster or len(bot) < 20 else 6  # a card has no room for the longest
    assert name * _capitals() >= least - 0.01


def letters(pdf):
    """Each letter on the page with the size of its font in millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        size = pypdfium2.raw.FPDFText_GetFontSize
        return [(text.get_text_range(n, 1), size(text.raw, n) * 25.4 / 72) for n in range(text.count_chars())]


def _capitals():
    with TTFont(FONTS / "SourceSansPro-Semibold.otf") as font:
        return font["OS/2"].sCapHeight / font["head"].unitsPerEm


@pytest.mark.parametrize(
    ("audience", "de", "en"),
    [
        (PrintedFor.MPS, "Für Abgeordnete", "For members of parliament"),
        (PrintedFor.TOWN_HALLS, "Für Rathäuser und Landkreise", "For town halls and districts"),
        (PrintedFor.MAKERS, "Für Gestalter:innen", "For changemakers"),
    ],
)
def test_each_role_has_its_own_in_both_languages(audience, de, en):
    for language, invited in ((Language.DE, de), (Language.EN, en)):
        text, _ = page(posters.poster(replace(ERFURT, audience=audience, language=language)))
        assert text.startswith(invited)
        steps = {Language.DE: "1. Telegram öffnen", Language.EN: "1. Open Telegram"}
        assert steps[language] in text
        assert "12. Mai 2027, 9 bis 17 Uhr" in text or "12 May 2027, 9 am to 5 pm" in text
    link = Link(LinkKind.WORKSHOP, CODE, audience)
    opened = read_payload(link.payload)
    assert (opened, opened.audience) == (link, audience)

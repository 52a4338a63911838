"""The picture of a retrospective can be read on a phone: everything fits, and stands out from its ground."""

import io
from datetime import date
from itertools import pairwise

import pytest
from PIL import Image

from domain.outcomes.choices import Theme
from domain.outcomes.pledging.retrospectives import DeedShown, FiveLines, LineWords, RetrospectivePictured
from domain.pledges import Status
from domain.retrospectives import DeedKind, Line
from domain.voice import Voice
from messages import pictures
from messages.catalogue import words
from messages.pictures import LEAST_HEIGHT, MARGIN, PALETTES, WIDTH, Style, drawable, layout, wrapped
from messages.pledging.retrospective_pictures import blocks, png

BEN, ANA = "Ben Albrecht", "Ana Keller"
ENOUGH = 4.5  # WCAG 2.2 AA, for text of any size
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf"
PEOPLES = (
    "Termin im Ausschuss steht.",
    "ÄÖÜ äöü ß „Zitat“ – 10 €",
    "🎉👩‍🚒🏳️‍🌈",
    "Früher anfangen 🎉",
    LONG * 3,
    "<b>fett</b> & @ana https://example.org",
    "W" * 200,
    "Zażółć gęślą jaźń ğüşiöç Ελληνικά Київ",
    "日本語",
    "x",
)


def pictured(said, *, theme=Theme.LIGHT, results=((BEN, Status.KEPT), (ANA, Status.PARTLY))):
    done = (
        DeedShown(DeedKind.TALK, date(2027, 2, 3)),
        DeedShown(DeedKind.NOTE, date(2027, 5, 11), BEN, said),
    )
    own = (LineWords(Line.LEARNED, ANA, said), LineWords(Line.NEXT, BEN, said))
    lines = FiveLines("Ich rufe an.", BEN, date(2027, 7, 20), done, results, own)
    return RetrospectivePictured(1, (BEN, ANA), lines, theme)


def arranged(outcome, voice=Voice.DU):
    return layout(blocks(outcome, words(voice, date(2027, 7, 21))))


def inked(placed):
    """Left, top, right and bottom of it."""
    left, top, right, bottom = pictures._font(placed.style).getbbox(placed.text, anchor="la")
    return placed.left + left, placed.top + top, placed.left + right, placed.top + bottom


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("said", PEOPLES)
def test_every_line_is_inside_and_none_is_on_another(said, voice):
    found = arranged(pictured(said), voice)
    boxes = [inked(each) for each in found.placed]
    assert all(left >= MARGIN - 4 and right <= WIDTH - MARGIN for left, _, right, _ in boxes)
    assert all(top >= 0 and bottom <= found.height - MARGIN / 2 for _, top, _, bottom in boxes)
    assert all(upper[3] <= lower[1] for upper, lower in pairwise(boxes))


@pytest.mark.parametrize("theme", Theme)
def test_it_is_a_picture_of_the_width_of_a_phone(theme):
    outcome = pictured("Früher anfangen 🎉", theme=theme)
    picture = Image.open(io.BytesIO(png(outcome, words(Voice.DU, date(2027, 7, 21)))))
    assert (picture.format, picture.width) == ("PNG", WIDTH)
    assert picture.height == arranged(outcome).height >= LEAST_HEIGHT
    colours = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in picture.getcolors(1 << 20)}
    assert {PALETTES[theme].ground, PALETTES[theme].text, PALETTES[theme].accent} <= colours


@pytest.mark.parametrize("palette", PALETTES.values())
def test_text_stands_out_from_its_ground(palette):
    assert contrast(palette.text, palette.ground) >= ENOUGH
    assert contrast(palette.accent, palette.ground) >= ENOUGH


def contrast(one, other):
    """As WCAG computes it, of two colours as #rrggbb."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_has_no_shape_is_left_out_and_nothing_else():
    assert drawable("Früher anfangen 🎉 – „ja“ 10 €") == "Früher anfangen – „ja“ 10 €"
    assert drawable("🎉👩‍🚒🏳️‍🌈") == ""
    assert drawable("Zażółć gęślą jaźń ğüşiöç Ελληνικά Київ") == "Zażółć gęślą jaźń ğüşiöç Ελληνικά Київ"


def test_a_long_word_is_cut_and_loses_nothing():
    cut = list(wrapped(LONG, Style(size=46, leading=60, space=0)))
    assert len(cut) > 1
    assert "".join(cut) == LONG


def test_it_reads_as_the_message_does_but_of_both():
    same = pictured("Früher anfangen 🎉", results=((BEN, Status.PARTLY), (ANA, Status.PARTLY)))
    told = [each.text for each in blocks(same, words(Voice.SIE, date(2027, 7, 21)))]
    assert told == [
        "Bilanz",
        "Ben Albrecht und Ana Keller",
        "Versprochen",
        "„Ich rufe an.“ (Ben Albrecht), bis 20. Juli",
        "Getan",
        "Gespräch am 3. Februar, „Früher anfangen“ (Ben Albrecht, 11. Mai)",
        "Ergebnis",
        "teilweise, so sehen es beide.",
        "Gelernt",
        "„Früher anfangen“ (Ana Keller)",
        "Wie weiter",
        "„Früher anfangen“ (Ben Albrecht)",
        "Werkstatt der Mutigen",
    ]

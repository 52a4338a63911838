"""Pictures with words, to be read on a phone: blocks of text below each other, in a light and in a dark palette.

Pillow is loaded with the first of them.
"""

import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from domain.outcomes.choices import Theme

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH = 1080
MARGIN = 84
LEAST_HEIGHT = 1080
FONTS = Path(__file__).parent / "fonts"
_MISSING = "\uffff"  # a noncharacter, which no font has


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb: of the ground, of text, of what is set apart from it, and of a line."""

    ground: str
    text: str
    accent: str
    rule: str


LIGHT = Palette(ground="#fffaf0", text="#1d2433", accent="#9a3412", rule="#e7c9a9")
DARK = Palette(ground="#161a24", text="#f4efe6", accent="#ffb27a", rule="#4a3a30")
PALETTES = {Theme.LIGHT: LIGHT, Theme.DARK: DARK}


@dataclass(frozen=True)
class Style:
    """`size` and `leading` (from one line to the next) in pixels; `space`: above the block."""

    size: int
    leading: int
    space: int
    strong: bool = False
    accent: bool = False


@dataclass(frozen=True)
class Block:
    """A text that is wrapped, in one style."""

    text: str
    style: Style


@dataclass(frozen=True)
class Placed:
    """One line of text, and where its top left corner is, in pixels."""

    text: str
    style: Style
    left: int
    top: int


@dataclass(frozen=True)
class Layout:
    """Lines of text, and how high the picture has to be for them."""

    placed: tuple[Placed, ...]
    height: int


def layout(blocks: list[Block]) -> Layout:
    """The blocks below each other, each wrapped to the width between the margins."""
    placed: list[Placed] = []
    top = MARGIN
    for block in blocks:
        top += block.style.space
        for words in wrapped(block.text, block.style):
            placed.append(Placed(words, block.style, MARGIN, top))
            top += block.style.leading
    return Layout(tuple(placed), max(LEAST_HEIGHT, top + MARGIN))


def png(arranged: Layout, palette: Palette) -> bytes:
    """The picture."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - see above

    image = Image.new("RGB", (WIDTH, arranged.height), palette.ground)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, arranged.height), fill=palette.accent)
    for each in arranged.placed:
        colour = palette.accent if each.style.accent else palette.text
        pen.text((each.left, each.top), each.text, font=_font(each.style), fill=colour, anchor="la")
    out = io.BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()


def wrapped(text: str, style: Style) -> Iterator[str]:
    """The text in lines that are not wider than there is room. What the font has no shape for is left out."""
    return broken(drawable(text, strong=style.strong), lambda line: _is_too_wide(line, style))


def broken(text: str, is_too_wide: Callable[[str], bool]) -> Iterator[str]:
    """The text in lines that are not too wide, broken between words, and within one that is too long."""
    line = ""
    for word in text.split():
        for part in _parts(word, is_too_wide):
            together = f"{line} {part}" if line else part
            if line and is_too_wide(together):
                yield line
                together = part
            line = together
    if line:
        yield line


def _parts(word: str, is_too_wide: Callable[[str], bool]) -> Iterator[str]:
    """The word, cut where it is wider than a line."""
    part = ""
    for letter in word:
        if part and not unicodedata.combining(letter) and is_too_wide(part + letter):
            yield part
            part = ""
        part += letter
    if part:
        yield part


def _is_too_wide(text: str, style: Style) -> bool:
    return _font(style).getlength(text) > WIDTH - 2 * MARGIN


def drawable(text: str, *, strong: bool = False) -> str:
    """The text without what the font has no shape for, as emoji, with single blanks."""
    letters = (letter if _has(strong, letter) else " " * letter.isspace() for letter in text)
    return " ".join("".join(letters).split())


@cache
def _has(strong: bool, letter: str) -> bool:
    """Whether the font has a shape for it, not the one for what is missing; what selects a shape is none."""
    if unicodedata.name(letter, "").startswith("VARIATION SELECTOR"):
        return False
    font = _loaded(strong, 24)
    return bytes(font.getmask(letter)) not in (bytes(font.getmask(_MISSING)), b"")


def _font(style: Style) -> "FreeTypeFont":
    return _loaded(style.strong, style.size)


@cache
def _loaded(strong: bool, size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - see above

    name = "SourceSansPro-Semibold.otf" if strong else "SourceSansPro-Regular.otf"
    return ImageFont.truetype(FONTS / name, size)

"""Texts that hold people's words, which get as much room as Telegram's limit leaves."""

from collections.abc import Callable

from markupsafe import Markup

from domain.words import utf16_length

LONGEST = 4096  # UTF-16 units, Telegram's limit for a message
CAPTION = 1024  # and for the text below a picture
COPY = 256  # and for a text that a button copies
_ROOMS = (500, 240, 120, 60, 30, 0)  # UTF-16 units for each of people's texts


def fitted(text: Callable[[int], str], longest: int = LONGEST) -> str:
    """The text with the most room for each of people's words, in UTF-16 units, that still fits into `longest` units.

    `text` makes it with so much room. Without any room it has to fit.
    """
    tried = (text(room) for room in _ROOMS)
    return next((each for each in tried if _length(each) <= longest), "") or text(0)


def _length(html: str) -> int:
    return utf16_length(Markup(html).unescape())  # noqa: S704 - an upper bound: tags count too

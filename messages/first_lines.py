"""The first line of a message, which a locked phone shows."""

from markupsafe import Markup

from domain.words import give_way, utf16_length
from messages.catalogue import Phrases

FIRST_LINE = 48  # UTF-16 units that a lock screen shows


def first_line(w: Phrases, key: str, /, **values: str) -> Markup:
    """The phrase of `key` in at most FIRST_LINE units; if it is too long, the longest value is cut first."""
    line = w(key, **values)
    over = utf16_length(line.striptags()) - FIRST_LINE
    if over <= 0:
        return line
    room = sum(map(utf16_length, values.values())) - over
    return w(key, **dict(zip(values, give_way(tuple(values.values()), room), strict=True)))


def fits(w: Phrases, key: str, /, **values: str) -> bool:
    """Whether the phrase fits into a first line without being cut."""
    return utf16_length(w(key, **values).striptags()) <= FIRST_LINE

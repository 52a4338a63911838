"""One line as somebody types it: when, what, and behind the last comma where."""

import re
from datetime import time

from domain.programme.items import PLACE_LIMIT, TITLE_LIMIT, Item, ItemFault
from domain.words import Empty, TooLong, clean

_LONGEST = 2_000  # UTF-16 units of words whose end is not worth looking for
_FORMULA = re.compile(r"[=@]|[+-](?=[\w(\"'@=])")
_MINUTE = r"[:.](?P<{0}minute>\d{{2}})(?::\d{{2}})?(?!\d)"
_HOUR, _O_CLOCK, _HALF = r"(?P<{0}hour>\d{{1,2}})", r"\s*(?:Uhr\b|h\b)", r"(?:\s*(?P<{0}half>[ap])\.?m\b\.?)?"
# "10:15", "10.15 Uhr", "9 Uhr", "9h", "9 am", "9:30 pm": a bare number is none, unless another time follows.
_CLOCK = rf"{_HOUR}(?:{_MINUTE}(?:{_O_CLOCK})?|{_O_CLOCK}|(?=\s*[ap]\.?m\b)){_HALF}"
_BARE = rf"{_HOUR}(?:{_MINUTE})?(?:{_O_CLOCK})?{_HALF}"
_TO = r"\s*(?:-|\u2013|\u2014|bis|to|until)\s*"
_SPAN = re.compile(
    rf"\W*(?:um|ab|von|from|at)?\s*(?:{_BARE.format('a_')}{_TO}{_CLOCK.format('b_')}|{_CLOCK.format('c_')})",
    re.IGNORECASE,
)
_BETWEEN = " \t,;:|\u2013\u2014-"
_NOON, _HOURS, _MINUTES = 12, 24, 60

Span = tuple[time, time | None]


class ItemError(ValueError):
    def __init__(self, fault: ItemFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def item_in(line: str) -> Item:
    """What "10:15 Begrüßung, Saal 1" or "10:15-10:30 Uhr: Begrüßung" says. Raises ItemError."""
    found = _SPAN.match(line)
    if found is None:
        raise ItemError(ItemFault.NO_TIME)
    words = _words(line[found.end() :].strip(_BETWEEN))
    title, comma, place = words.rpartition(",")
    return item_of(_span(found), title if comma and title.strip() else words, place if comma else "")


def span_in(cell: str) -> Span | None:
    """The time, or from when until when, that is all of a cell; None if it is anything else, or no time of a day."""
    found = _SPAN.fullmatch(cell.strip())
    if found is None:
        return None
    try:
        return _span(found)
    except ItemError:
        return None


def item_of(span: Span, title: str, place: str) -> Item:
    """An item of these parts. Raises ItemError."""
    begins, ends = span
    if ends is not None and ends <= begins:
        raise ItemError(ItemFault.BACKWARDS)
    called = _short(title, TITLE_LIMIT)
    if not called:
        raise ItemError(ItemFault.NO_TITLE)
    return Item(begins, called, _short(place, PLACE_LIMIT), ends)


def _span(found: re.Match[str]) -> Span:
    """Raises ItemError for hours that no day has."""
    said = found.groupdict()
    if said["c_hour"] is not None:
        return _time(said, "c_"), None
    if said["b_half"] and not said["a_half"]:
        said["a_half"] = said["b_half"] if int(said["a_hour"]) <= int(said["b_hour"]) else None
    return _time(said, "a_"), _time(said, "b_")


def _time(said: dict[str, str | None], which: str) -> time:
    hour, minute = int(said[f"{which}hour"] or 0), int(said[f"{which}minute"] or 0)
    half = said[f"{which}half"]
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half.lower() == "p" else 0)
    if hour >= _HOURS or minute >= _MINUTES:
        raise ItemError(ItemFault.NO_TIME)
    return time(hour, minute)


def _words(text: str) -> str:
    try:
        words = clean(text, limit=_LONGEST)
    except Empty:
        return ""
    except TooLong:
        raise ItemError(ItemFault.TOO_LONG) from None
    if _FORMULA.match(words):
        raise ItemError(ItemFault.FORMULA)
    return words


def _short(text: str, limit: int) -> str:
    words = _words(text)
    try:
        return clean(words, limit=limit) if words else ""
    except TooLong:
        raise ItemError(ItemFault.TOO_LONG) from None

"""Words about a day without what does not tell which one: capitals, times of the day, "am", "spätestens"."""

import re
import unicodedata
from datetime import time

from domain.days.vocabulary import SHORT_WEEKDAYS, WEEKDAYS, one_of

_SPELT_OUT = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "–": "-",
        "—": "-",
        "−": "-",
        "‑": "-",
        "’": "'",
        "‘": "'",
        "\u2060": None,
    }
)
_AROUND = "()[]„“”\"'»«:;,!?- "

_CLOCK = r"\d{1,2}(?:[:.]\d{2})?"
_UNIT = r"(?:uhr|h|o'clock|[ap]\.?m\.?(?=$|,| on ))"
_AT = r"(?:(?:um|gegen|ab|at|from|von|zwischen|between|so|ca\.?) ){0,3}"
_TIMES = re.compile(
    rf",? ?(?<![\d.:/-]){_AT}\b{_CLOCK}(?: ?(?:-|bis|to|und|and) ?{_CLOCK})? ?{_UNIT}(?: \d{{2}})?(?![a-z\d])"
    rf"|(?<=\d{{4}}) {_CLOCK}$"
    rf"|,? ?\b(?:um|gegen|at) {_CLOCK}(?![\d.:])"
    rf"|,? ?(?<![\d.:/-])\b\d{{1,2}}:\d{{2}}\b"
)
_HOURS = r"(?:frueh|vormittag|mittag|nachmittag|abend|nacht)s?|morning|afternoon|evening|night|noon|lunchtime"
_TIME_OF_DAY = re.compile(
    rf"(?<=[\w.])(?:,? (?:(?:am|in der|in the|at) )?(?:{_HOURS})| am morgen| in der frueh)(?= |$)"
)
_DAY_AND_HOURS = re.compile(rf"\b({one_of(WEEKDAYS)}|heute)(?: ?(?:morgens?|{_HOURS}))(?= |,|$)")

_FIRST_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?: ?(?:-|bis|to|und|and) ?\d{1,2}(?:[:.]\d{2})?)?"
    r"(?: ?(?P<half>[ap])\.?m)?(?: ?uhr (?P<after>\d{2}))?"
)
_LATER = re.compile(r"nachmittag|abend|afternoon|evening")
_NOON, _HOURS_A_DAY, _MINUTES_AN_HOUR = 12, 24, 60

_SAYS_NOTHING = (
    r"bis|zu|zum|zur|am|an|ab|von|vom|der|die|das|dem|den|noch|spaetestens|einschliesslich|inklusive"
    r"|on|by|until|till|the|from|latest|including|(?:no|not) later than|at(?: the latest|(?= the))"
    r"|circa|ca\.?|etwa|ungefaehr|gegen|rund um|um(?= den| die| das)|about|around|roughly"
    r"|kurz|direkt|gleich|just|right|shortly|vielleicht|maybe|lieber|gerne?|also|ja"
)
_BEFORE = re.compile(rf"(?:(?:{_SAYS_NOTHING})[ ,]+)+")
_AFTER = re.compile(
    r"(?:[ ,]+(?:herum|rum|bitte|gerne?|vielleicht|spaetestens|please|maybe|wohl|oder so|or so|at the latest|latest))+$"
)
_AFTER_DATE = r"(?<=\d[./-]\d[./-]\d\d)|(?<=\d[./-]\d\d[./-]\d\d)"  # "12.2.26." but not "12.02."
_FULL_STOP = re.compile(rf"(?:(?<=[a-z])|(?<=\d{{4}})|{_AFTER_DATE})\.$")
WEEKDAY_FIRST = re.compile(rf"(?P<weekday>{one_of([*WEEKDAYS, *SHORT_WEEKDAYS])})[., ]+(?P<rest>.+)")


def folded(text: str) -> str:
    """The text in small letters, with umlauts spelt out, single spaces, one kind of dash and one of apostrophe."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(_SPELT_OUT)
    return " ".join(composed.split())


def plain(text: str) -> str:
    """The text folded, without marks around it or any time of the day: "Am 3.5., 14 Uhr!" is "am 3.5."."""
    typed = folded(text).strip(_AROUND)
    typed = _DAY_AND_HOURS.sub(r"\1", _TIMES.sub("", typed))
    typed = _TIME_OF_DAY.sub("", typed)
    return _FULL_STOP.sub("", " ".join(typed.split()).strip(_AROUND))


def time_of_day(text: str) -> time | None:
    """The first time that the words name by the clock: "3.5., 14.30 Uhr", "um 9", "at 2 pm". None if they name none, or
    none that there is; "abends" alone is none.
    """
    said = folded(text)
    found = _TIMES.search(said)
    clock = _FIRST_CLOCK.search(found[0]) if found else None
    if clock is None:
        return None
    hour, minute = int(clock["hour"]), int(clock["minute"] or clock["after"] or 0)
    if hour == _NOON and clock["half"] == "a":
        hour = 0
    elif hour < _NOON and (clock["half"] == "p" or (clock["half"] is None and _LATER.search(said))):
        hour += _NOON
    return time(hour, minute) if hour < _HOURS_A_DAY and minute < _MINUTES_AN_HOUR else None


def bare(typed: str) -> str:
    """The words without those before and after that do not tell which day: "bis zum 3.5. bitte" is "3.5."."""
    found = _BEFORE.match(typed)
    return _AFTER.sub("", typed[found.end() :] if found else typed).strip(_AROUND)

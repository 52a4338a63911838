"""Words about a day without what does not tell which one: capitals, times of the day, "am", "spätestens"."""

import re
import unicodedata

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


def bare(typed: str) -> str:
    """The words without those before and after that do not tell which day: "bis zum 3.5. bitte" is "3.5."."""
    found = _BEFORE.match(typed)
    return _AFTER.sub("", typed[found.end() :] if found else typed).strip(_AROUND)

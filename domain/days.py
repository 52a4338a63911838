"""Days as people type them, in German and English."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from rapidfuzz import fuzz, process

from domain.calendar import months_after

DAY_LIMIT = 100  # UTF-16 units of a text that is to be a day

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan",
            "februar february feb",
            "märz maerz march mrz mär mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "montag monday mo mon",
            "dienstag tuesday di tue",
            "mittwoch wednesday mi wed",
            "donnerstag thursday do thu",
            "freitag friday fr fri",
            "samstag saturday sonnabend sa sat",
            "sonntag sunday so sun",
        )
    )
    for name in names.split()
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "ein eine einem einen einer a an one",
            "zwei two",
            "drei three",
            "vier four",
            "fünf five",
            "sechs six",
            "sieben seven",
            "acht eight",
            "neun nine",
            "zehn ten",
            "elf eleven",
            "zwölf twelve",
        ),
        start=1,
    )
    for word in words.split()
}
_DAYS_FROM_TODAY = {
    "heute": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "übermorgen": 2,
    "uebermorgen": 2,
    "day after tomorrow": 2,
}
_CENTURY = 2000  # of a year typed with two digits
_LONGEST_WAIT = 8  # years until 29 February comes again, over a turn of the century
_FAR = 1000  # of any unit: nobody means it, and it would leave the calendar
_UNITS: dict[str, Callable[[date, int], date]] = {
    **dict.fromkeys(("tag", "day"), lambda today, number: today + timedelta(days=number)),
    **dict.fromkeys(("woche", "week"), lambda today, number: today + timedelta(weeks=number)),
    **dict.fromkeys(("monat", "month"), months_after),
    **dict.fromkeys(("jahr", "year"), lambda today, number: months_after(today, 12 * number)),
}
# A misspelt month is taken from this likeness on: "Setpember" is, "Jule" (June or July?) is not.
_LIKENESS = 80
_SHORTEST_MISSPELT = 5

# What may stand before a day and says nothing about which.
_PREFIX = re.compile(
    r"^(?:(?:bis|zum|am|an|der|dem|den|vom|ab|spätestens|kommende[nrs]?|nächste[nrs]?|on|by|until|till|the|next|this|"
    r"coming|diese[nrs]?)\s+)+"
)
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?:[,\s]*(?P<year>\d{4}|\d{2}))?"
_NAME = r"(?P<name>[a-zäöü]{3,})\.?"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NUMERIC = re.compile(
    rf"{_DAY}\s?(?P<dot>[./-])\s?(?P<month>\d{{1,2}})(?:(?P=dot)\s?(?P<year>\d{{4}}|\d{{2}})|(?P=dot))?"
)
_DAY_NAME = re.compile(rf"{_DAY}(?:\.|st|nd|rd|th)?\s*(?:of\s+)?{_NAME}{_YEAR}")
_NAME_DAY = re.compile(
    r"(?P<name>[a-zäöü]{3,})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:(?:,\s*|\s+)(?P<year>\d{4}))?"
)
_DISTANCE = re.compile(
    rf"in\s+(?P<number>\w{{1,12}})\s+(?P<unit>{'|'.join(_UNITS)})(?:e|s|en|n)?(?:\s+time)?"
)
_HALF_YEAR = re.compile(r"in\s+(?:einem\s+halben\s+jahr|half\s+a\s+year)")

# What comes before a day in a sentence that says until when; what the day must hold to be none by chance: "bis so weit"
# names no Sunday, "bis 1.5 Millionen" no May.
_UNTIL = re.compile(r"\b(?:bis|spätestens|by|until|till)\s+(?=(?P<rest>.*))", re.IGNORECASE)
_SURELY_A_DAY = re.compile(r"\d.*[^\W\d_]{3}|[^\W\d_]{3}.*\d|\d\.\s?\d{1,2}\.|\d{4}")
_AROUND = "()[]„“”\"'»«:–-.,;!? "
_LONGEST_DAY = 6  # words: "zum Montag, dem 1. März 2027"


def parse_day(text: str, today: date) -> date | None:
    """The day that is meant, None if none can be made out.

    Without a year it is the next one from `today` on, today included; with a year it may be past. A weekday
    is the next one after today. In numbers the day comes before the month (2027-07-20 excepted).
    """
    typed = " ".join(text.casefold().replace("\u2060", "").split()).strip(" .,;!?")
    typed = _without_weekday(_PREFIX.sub("", typed))
    for read in _WAYS:
        if (day := read(typed, today)) is not None:
            return day
    return None


def day_in(sentence: str, today: date) -> date | None:
    """The first day until which a sentence says something will be done, None if it names none for certain."""
    for found in _UNTIL.finditer(" ".join(sentence.split())):
        words = found["rest"].split()[:_LONGEST_DAY]
        for count in range(len(words), 0, -1):
            typed = " ".join(words[:count])
            day = parse_day(typed.strip(_AROUND), today) if _SURELY_A_DAY.search(typed) else None
            if day is not None:
                return day
    return None


def _without_weekday(typed: str) -> str:
    first, _, rest = typed.partition(" ")
    if rest and first.strip(".,") in _WEEKDAYS:
        return _PREFIX.sub("", rest.lstrip(" ,"))
    return typed


def _from_today(typed: str, today: date) -> date | None:
    days = _DAYS_FROM_TODAY.get(typed)
    return None if days is None else today + timedelta(days=days)


def _on_weekday(typed: str, today: date) -> date | None:
    weekday = _WEEKDAYS.get(typed)
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _after_a_while(typed: str, today: date) -> date | None:
    if _HALF_YEAR.fullmatch(typed):
        return months_after(today, 6)
    if not (found := _DISTANCE.fullmatch(typed)):
        return None
    number = int(found["number"]) if found["number"].isdecimal() else _NUMBERS.get(found["number"], _FAR)
    return _UNITS[found["unit"]](today, number) if number < _FAR else None


def _in_numbers(typed: str, today: date) -> date | None:
    found = _ISO.fullmatch(typed) or _NUMERIC.fullmatch(typed)
    return _made(found["day"], int(found["month"]), found["year"], today) if found else None


def _with_a_name(typed: str, today: date) -> date | None:
    found = _DAY_NAME.fullmatch(typed) or _NAME_DAY.fullmatch(typed)
    if not found or not (month := _month(found["name"])):
        return None
    return _made(found["day"], month, found["year"], today)


def _month(name: str) -> int | None:
    if name in _MONTHS:
        return _MONTHS[name]
    if len(name) < _SHORTEST_MISSPELT:
        return None
    near = process.extractOne(name, _MONTHS.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return _MONTHS[near[0]] if near else None


def _made(day: str, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day_of(int(year) + (_CENTURY if len(year) == 2 else 0), month, int(day))  # noqa: PLR2004 - digits
    years = range(today.year, today.year + _LONGEST_WAIT + 1)
    coming = (_day_of(one, month, int(day)) for one in years)
    return next((one for one in coming if one and one >= today), None)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # no such day
        return None


_WAYS: tuple[Callable[[str, date], date | None], ...] = (
    _from_today,
    _on_weekday,
    _after_a_while,
    _in_numbers,
    _with_a_name,
)

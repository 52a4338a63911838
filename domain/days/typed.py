"""From words to a reading: the single rules, and how words join the days that these read.

Each layer hands on only to the one below, so that the work grows with the text and not with its possible readings:
`read` (or) > `_span` (from ... to) > `_beside` (before, after) > `_dated` (weekday and date) > the rules.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from domain.calendar import working_day
from domain.days import dated, distances, edges, feasts, weekdays
from domain.days.distances import distance
from domain.days.plain import WEEKDAY_FIRST, bare
from domain.days.reading import Doubt, Reading, asked, chosen, exactly, or_next_year
from domain.days.vocabulary import MONTHS, NEXT, ORDINALS, SHORT_WEEKDAYS, THIS, WEEKDAYS, one_of

Rule = Callable[[str, date], Reading | None]

# Whatever these read is a day also in the middle of a sentence.
CERTAIN: tuple[Rule, ...] = (
    weekdays.from_today,
    weekdays.on_weekday,
    weekdays.later_than_weekday,
    weekdays.weekday_in_week,
    weekdays.counted_weekday,
    distances.after_a_while,
    dated.iso,
    dated.dotted,
    dated.slashed,
    dated.day_and_name,
    edges.edge,
    edges.inside,
    edges.part_of_month,
    edges.weekend,
    edges.whole,
    feasts.feast,
)
ENGLISH: tuple[Rule, ...] = (*CERTAIN, dated.english_name_and_day)
# Whatever only these others read is a day in an answer, but not in a sentence: "Fr.", "20.7", "6 Monate", "am 15.".
ALONE: tuple[Rule, ...] = (
    *CERTAIN,
    weekdays.on_short_weekday,
    distances.a_while,
    dated.dotted_open,
    dated.slashed_open,
    dated.day_and_name_short,
    dated.name_and_day,
    dated.day_of_month,
    edges.whole_year,
)

LONGEST = 100  # characters: no day needs more
_A_DAY = timedelta(days=1)
_OR = re.compile(r",? (?:oder|or) ")
_JOINT = re.compile(
    r" bis(?: zum?)? | to | through | (?:und|and|&) |,? spaetestens | ?[-/] ?"
    r"|,? (?=(?:anfang|mitte|ende|early|mid|late) )"
)
_BETWEEN = re.compile(r"(?:zwischen|between) ")
_OPEN_LEFT = re.compile(rf"\d{{1,2}}\.?|{one_of(ORDINALS)}|\d{{1,2}}\.\d{{1,2}}\.?|{edges.EDGE_WORD}")
_LAST_NUMBER = re.compile(r"(?P<words>.*[a-z].*?)\d{1,2}(?:st|nd|rd|th|\.)?")
_A_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)?")
_NUMBER_FIRST = re.compile(r"\D{0,4}\d{1,2}(?:st|nd|rd|th|\.)?(?P<rest>.+)")
_BESIDE = re.compile(
    r"(?P<long>.{3,30}? )?(?P<how>vor|nach|before|after) (?:(?:dem|der|den|die|das|the) )?(?P<anchor>.+)"
)
_BEFORE = ("vor", "before")
_MONTH_OF = re.compile(rf" (?:(?:im|in|of|des) )?(?P<which>{THIS}|{NEXT}) (?:monate?s?|month)$")
_YEAR_OF = re.compile(
    rf"(?:,? (?:(?:im|in|of|des) )?(?P<which>{THIS}|{NEXT}) (?:jahre?s?|year)$)"
    rf"|^(?:(?:im|in) )?(?P<first>{THIS}|{NEXT}) (?:jahre?s?|year) (?=.)"
)


def read(typed: str, today: date, rules: tuple[Rule, ...]) -> Reading | None:
    """What plain words (see `plain.plain`) name by these rules; None unless all of them name a day."""
    if len(typed) > LONGEST:
        return None
    if reading := _span(typed, today, rules):
        return or_next_year(reading, today)
    either = _with_what_follows(_OR.split(typed))
    readings = [reading for part in either if (reading := _span(part, today, rules))]
    if len(either) == 1 or len(readings) < len(either):
        return None
    return asked(Doubt.SEVERAL, [reading.day for reading in readings])


def _with_what_follows(either: list[str]) -> list[str]:
    """The parts; a bare number gets what follows the number in the last one: "3." or "4. Mai" are both in May."""
    found = _NUMBER_FIRST.fullmatch(either[-1])
    return [
        f"{part}{found['rest']}" if found and _A_NUMBER.fullmatch(bare(part)) else part for part in either
    ]


def _span(typed: str, today: date, rules: tuple[Rule, ...]) -> Reading | None:
    if reading := _beside(typed, today, rules):
        return reading
    if not (both := _ends(typed)):
        return None
    begins, ends = (_beside(end, today, rules) for end in both)
    return _until(begins, ends) if ends and (begins or _OPEN_LEFT.fullmatch(bare(both[0]))) else None


def _ends(typed: str) -> tuple[str, str] | None:
    """What "from ... to ..." may join: split at its last joint, with what the right end leaves unsaid."""
    joints = list(_JOINT.finditer(typed))
    if not joints:
        return None
    left, right = typed[: joints[-1].start()], typed[joints[-1].end() :]
    if _A_NUMBER.fullmatch(right) and (words := _LAST_NUMBER.fullmatch(left)):
        right = words["words"] + right
    left, right = _with_what_follows([_BETWEEN.sub("", left), right])
    return left, right


def _until(begins: Reading | None, ends: Reading) -> Reading:
    """The last day of a span: by then it is done."""
    first = begins.first if begins and begins.first <= ends.first else ends.first
    if ends.doubt in (None, Doubt.CHOSEN, Doubt.WIDE):
        return chosen(ends.day, first, ends.last)
    return ends


def _beside(typed: str, today: date, rules: tuple[Rule, ...]) -> Reading | None:
    """Before Easter, nach dem 1. Mai, zwei Wochen vor Weihnachten; otherwise the day that the words name themselves."""
    found = _BESIDE.fullmatch(bare(typed))
    named = _dated(typed, today, rules)
    if named or not found or distance(found["anchor"]):  # "vor 3 Wochen" was three weeks ago
        return named
    before = found["how"] in _BEFORE
    if not (anchor := _dated(found["anchor"], today, rules)):
        return None
    reading = _away(found["long"], anchor, before=before)
    if reading and reading.day < today and (later := _dated(found["anchor"], anchor.last + _A_DAY, rules)):
        return _away(found["long"], later, before=before)
    return reading


def _away(long: str | None, anchor: Reading, *, before: bool) -> Reading | None:
    """That distance before or after the anchor; without one, the nearest working day, since then people are there."""
    if long is None:
        day = _working(anchor.first - _A_DAY, -_A_DAY) if before else _working(anchor.last + _A_DAY, _A_DAY)
        return chosen(day, day, day)
    words = bare(long.strip())
    if not (far := distance(words) or distance(f"1 {words}")):  # "the day after Easter"
        return None
    return exactly(far.before(anchor.day) if before else far.after(anchor.day))


def _working(day: date, step: timedelta) -> date:
    while not working_day(day, None):
        day += step
    return day


def _dated(typed: str, today: date, rules: tuple[Rule, ...]) -> Reading | None:
    if reading := _by_rules(typed, today, rules):
        return reading
    found = WEEKDAY_FIRST.fullmatch(bare(typed))
    reading = _by_rules(found["rest"], today, rules) if found else None
    if found is None or reading is None or reading.first != reading.last or reading.doubt:
        return reading
    weekday = (WEEKDAYS | SHORT_WEEKDAYS)[found["weekday"]]
    if found["weekday"] == "so" or weekday == reading.day.weekday():  # "so 20.7." is "about 20 July", too
        return reading
    return _of_another_weekday(reading, weekday)


def _of_another_weekday(reading: Reading, weekday: int) -> Reading:
    """The date is another weekday than was said: the nearest day of that weekday may be meant."""
    ahead = (weekday - reading.day.weekday() + 3) % 7 - 3
    return replace(reading, doubt=Doubt.WEEKDAY, others=(reading.day + timedelta(days=ahead),))


def _by_rules(typed: str, today: date, rules: tuple[Rule, ...]) -> Reading | None:
    said = _with_year(_with_month(typed, today), today)
    spellings = dict.fromkeys((said, bare(said)))
    return next((reading for words in spellings for rule in rules if (reading := rule(words, today))), None)


def _with_month(typed: str, today: date) -> str:
    """The words with "des nächsten Monats" replaced by the month's name and year, which other rules know."""
    found = _MONTH_OF.search(typed)
    if not found or not typed[: found.start()].strip():
        return typed
    ahead = 0 if re.fullmatch(THIS, found["which"]) else 1
    year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
    name = next(name for name, number in MONTHS.items() if number == month + 1)
    return f"{typed[: found.start()]} {name} {year}"


def _with_year(typed: str, today: date) -> str:
    """The words with the year in digits at their end, for "März nächsten Jahres" and "nächstes Jahr im März" alike."""
    found = _YEAR_OF.search(typed)
    if not found:
        return typed
    year = today.year + (0 if re.fullmatch(THIS, found["which"] or found["first"]) else 1)
    return f"{typed[: found.start()]}{typed[found.end() :]} {year}"

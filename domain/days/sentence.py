"""The days that a sentence names: until which something is done, or on which it happens."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import islice

from domain.calendar import months_after
from domain.days.feasts import NAMES
from domain.days.plain import bare, folded, plain
from domain.days.reading import Doubt, Reading, asked
from domain.days.typed import CERTAIN, ENGLISH, read
from domain.days.vocabulary import MONTHS, SHORT_WEEKDAYS, WEEKDAYS, one_of

_GERMAN_UNTIL = frozenset(("bis", "spaetestens", "vor", "innerhalb", "binnen"))
_ENGLISH_UNTIL = frozenset(("by", "until", "till", "before", "within", "no"))  # "no later than"
_GERMAN_ON = frozenset(("am", "an", "in", "im", "nach", "zum", "zu", "zur", "ab", "vom", "zwischen", "kw"))
_GERMAN_NEAR = frozenset(stem + ending for stem in ("naechste", "kommende") for ending in ("", "n", "r", "s"))
_GERMAN_EDGES = frozenset(("anfang", "mitte", "ende", "morgen", "uebermorgen"))
_ENGLISH_ON = frozenset(("on", "in", "after", "from", "between", "early", "mid", "late", "next", "tomorrow"))
_UNTIL = _GERMAN_UNTIL | _ENGLISH_UNTIL
_ON = _GERMAN_ON | _GERMAN_NEAR | _GERMAN_EDGES | _ENGLISH_ON
_ENGLISH = _ENGLISH_UNTIL | _ENGLISH_ON

# A word without which nothing is read as a day; most of what "in" or "am" opens has none.
_SOME_DAY = re.compile(
    rf"\d|{one_of(map(re.escape, (*MONTHS, *WEEKDAYS, *NAMES)))}|heute|morgen|today|tonight|tomorrow|woche|week|monat|"
    r"month|quart|jahr|year|tag|day|half|fortnight|spring|summer|autumn|winter|frueh|sommer|herbst"
)

_AROUND = "()[]„“”\"'»«"
_LONGEST_DAY = 8  # words: "spätestens bis zum Montag, dem 1. März 2027"
_MOST_TRIED = 30  # openers in one sentence: more are no sentence
_MOST = 4  # days of one sentence that are worth asking about
_CLAUSE_ENDS = re.compile(r"[;:!?)]$|[^\W\d_]{4}\.$")  # "März." ends one, "1.3." and "Okt." do not
_WEEKDAY = frozenset([*WEEKDAYS, *SHORT_WEEKDAYS, *(f"{day}s" for day in WEEKDAYS)])
# A year this far off counts something else: "bis 5. Mai 2000 Unterschriften".
_MONTHS_BACK, _MONTHS_AHEAD = 12, 60


def reading_until(sentence: str, today: date) -> Reading | None:
    """The day until which the sentence says that something will be done; of several the first, the others beside it."""
    return _together(list(_found(sentence, today, _UNTIL)))


def reading_on(sentence: str, today: date) -> Reading | None:
    """The day on or after which something happens, by the sentence: "Ich rufe in zwei Wochen an", "am 20. Juli"."""
    return _together(list(_found(sentence, today, _ON)))


def _together(readings: list[Reading]) -> Reading | None:
    if len({reading.day for reading in readings}) <= 1:
        return readings[0] if readings else None
    return asked(Doubt.SEVERAL, [reading.day for reading in readings[:_MOST]])


def _found(sentence: str, today: date, openers: frozenset[str]) -> Iterator[Reading]:
    words = unicodedata.normalize("NFC", sentence).split()
    behind = 0  # the place after the last day found
    for place in islice(_opened(words, openers), _MOST_TRIED):
        if place >= behind and (hit := _day_from(words, place, today)):
            reading, behind = hit
            yield reading


def _opened(words: list[str], openers: frozenset[str]) -> Iterator[int]:
    """The places of words that may begin a day. "Morgen" within a sentence is the morning, not tomorrow."""
    for place, word in enumerate(words):
        if _opener(word) in openers and not (place and word == "Morgen"):
            yield place


def _opener(word: str) -> str:
    return folded(word).strip(_AROUND).removesuffix(",").partition("-")[0]


def _day_from(words: list[str], place: int, today: date) -> tuple[Reading, int] | None:
    """The reading of as many words from there on as name a day together, and the place after them."""
    phrase = _clause(words[place : place + _LONGEST_DAY])
    if not _SOME_DAY.search(folded(" ".join(phrase))):
        return None
    rules = ENGLISH if _opener(words[place]) in _ENGLISH else CERTAIN
    for count in range(len(phrase), 0, -1):
        reading = read(plain(" ".join(phrase[:count])), today, rules)
        if reading and _likely(reading, today) and not _every_week(words, place, phrase[:count]):
            return reading, place + count
    return None


def _clause(words: list[str]) -> list[str]:
    end = next((place for place, word in enumerate(words, 1) if _CLAUSE_ENDS.search(word)), len(words))
    return words[:end]


def _likely(reading: Reading, today: date) -> bool:
    return months_after(today, -_MONTHS_BACK) <= reading.day <= months_after(today, _MONTHS_AHEAD)


def _every_week(words: list[str], place: int, phrase: list[str]) -> bool:
    """Whether a weekday comes right before a weekday: "Montag bis Freitag" is a habit, not a day."""
    before = folded(words[place - 1]).strip(_AROUND) if place else ""
    return before in _WEEKDAY and bare(plain(" ".join(phrase))) in _WEEKDAY

"""Feasts by name, legal holidays or not: Ostern, Himmelfahrt, Nikolaus, New Year's Eve."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import easter_sunday
from domain.days.reading import Reading, coming, exactly
from domain.days.vocabulary import NEXT, THIS, YEARS, one_of

_A_DAY = timedelta(days=1)
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Feast:
    """`day`: its day in a year, None if we do not know. It lasts from `before` days earlier to `after` days later."""

    day: Callable[[int], date | None]
    before: int = 0
    after: int = 0


def _fixed(month: int, day: int, before: int = 0, after: int = 0) -> Feast:
    return Feast(lambda year: date(year, month, day), before, after)


def _easter(days: int, before: int = 0, after: int = 0) -> Feast:
    def day(year: int) -> date | None:
        sunday = easter_sunday(year)
        return sunday + timedelta(days=days) if sunday else None

    return Feast(day, before, after)


def _advent(number: int) -> Feast:
    return Feast(lambda year: _before(date(year, 12, 25), _SUNDAY) - timedelta(weeks=4 - number))


def _before(day: date, weekday: int) -> date:
    """The last such weekday before the day."""
    return day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


_WEDNESDAY = 2
_CHRISTMAS_DAYS = (
    "{count} weihnachtstag|{count} weihnachtsfeiertag|{word}r weihnachtstag|{word}n weihnachtstag|"
    "{word}r weihnachtsfeiertag|{word}n weihnachtsfeiertag"
)
_FEASTS: tuple[tuple[str, Feast], ...] = (
    ("neujahr|neujahrstag|new year|new years|new year's|new year's day|new years day", _fixed(1, 1)),
    ("dreikoenig|dreikoenigstag|heilige drei koenige|heiligen drei koenige|epiphany", _fixed(1, 6)),
    ("valentinstag|valentine's day", _fixed(2, 14)),
    ("rosenmontag", _easter(-48)),
    ("karneval|fasching|fastnacht|fasnacht|carnival", _easter(-47, before=5)),
    ("aschermittwoch|ash wednesday", _easter(-46)),
    ("frauentag|internationaler frauentag|weltfrauentag|women's day|international women's day", _fixed(3, 8)),
    ("palmsonntag|palm sunday", _easter(-7)),
    ("gruendonnerstag|maundy thursday", _easter(-3)),
    ("karfreitag|good friday", _easter(-2)),
    ("ostersamstag|karsamstag|easter saturday|holy saturday", _easter(-1)),
    ("ostern|osterfest|osterfeiertage|osterfeiertagen|easter", _easter(0, before=2, after=1)),
    ("ostersonntag|easter sunday", _easter(0)),
    ("ostermontag|easter monday", _easter(1)),
    ("tag der arbeit|maifeiertag|may day|labour day", _fixed(5, 1)),
    ("europatag|europe day", _fixed(5, 9)),
    ("muttertag|mother's day", Feast(lambda year: _before(date(year, 5, 15), _SUNDAY))),
    ("tag des grundgesetzes", _fixed(5, 23)),
    ("himmelfahrt|christi himmelfahrt|himmelfahrtstag|vatertag|ascension|ascension day", _easter(39)),
    ("pfingsten|pfingstfest|pfingstfeiertage|pfingstfeiertagen|pentecost|whitsun", _easter(49, after=1)),
    ("pfingstsonntag|whit sunday", _easter(49)),
    ("pfingstmontag|whit monday", _easter(50)),
    ("fronleichnam|corpus christi", _easter(60)),
    ("mariae himmelfahrt|maria himmelfahrt|assumption|assumption day", _fixed(8, 15)),
    (
        "tag der deutschen einheit|tag der einheit|german unity day|day of german unity|unity day",
        _fixed(10, 3),
    ),
    ("reformationstag|reformation day|halloween", _fixed(10, 31)),
    ("allerheiligen|all saints|all saints' day|all saints day", _fixed(11, 1)),
    ("martinstag|sankt martin|st. martin|st martin|st. martin's day", _fixed(11, 11)),
    ("buss- und bettag|buss und bettag", Feast(lambda year: _before(date(year, 11, 23), _WEDNESDAY))),
    ("1. advent|erster advent|ersten advent|first sunday of advent", _advent(1)),
    ("2. advent|zweiter advent|zweiten advent", _advent(2)),
    ("3. advent|dritter advent|dritten advent", _advent(3)),
    ("4. advent|vierter advent|vierten advent", _advent(4)),
    ("tag des ehrenamts|tag des ehrenamtes|volunteer day", _fixed(12, 5)),
    ("nikolaus|nikolaustag|st nicholas|st. nicholas|saint nicholas|st nicholas' day", _fixed(12, 6)),
    ("heiligabend|heiliger abend|heiligen abend|christmas eve", _fixed(12, 24)),
    ("weihnachten|weihnacht|christmas|xmas|x-mas", _fixed(12, 24, after=2)),
    ("weihnachtsfeiertage|weihnachtsfeiertagen", _fixed(12, 26, before=1)),
    (f"christmas day|{_CHRISTMAS_DAYS.format(count='1.', word='erste')}", _fixed(12, 25)),
    (f"boxing day|{_CHRISTMAS_DAYS.format(count='2.', word='zweite')}", _fixed(12, 26)),
    ("feiertage|feiertagen|holidays|festive season", _fixed(12, 24, after=8)),
    ("zwischen den jahren", _fixed(12, 31, before=4)),
    ("zwischen weihnachten und neujahr|between christmas and new year", _fixed(12, 31, before=4)),
    ("silvester|sylvester|silvesterabend|jahreswechsel|new year's eve|new years eve", _fixed(12, 31)),
)
NAMES = frozenset(name for names, _ in _FEASTS for name in names.split("|"))
_BY_NAME = {name: feast for names, feast in _FEASTS for name in names.split("|")}
_NAMED = re.compile(
    rf"(?:{THIS} |{NEXT} |ueber |ueber die |in den |over |at )*(?P<name>{one_of(map(re.escape, NAMES))})"
    r"(?:,? (?:im |in )?(?P<year>\d{4}))?"
)


def feast(typed: str, today: date) -> Reading | None:
    """The next day of that name, today included; of a feast of several days that has begun, today."""
    found = _NAMED.fullmatch(typed)
    if not found:
        return None
    years = [int(found["year"])] if found["year"] else range(today.year - 1, today.year + 3)
    return coming(_kept(_BY_NAME[found["name"]], years, today), today)


def _kept(one: Feast, years: Iterable[int], today: date) -> Iterator[Reading]:
    for day in (one.day(year) for year in years if year in YEARS):
        if day is not None:
            yield _from(day, day - one.before * _A_DAY, day + one.after * _A_DAY, today)


def _from(day: date, first: date, last: date, today: date) -> Reading:
    shown = today if day < today <= last else day
    return exactly(shown) if first == last else Reading(shown, first, last)

"""Which day of a stretch of time is proposed: "Ende März", "Mitte nächster Woche", "im Mai", "KW 14".

=========  =======================  ==========================  ==========
           Anfang                   Mitte                       Ende
=========  =======================  ==========================  ==========
week       Tuesday                  Wednesday                   Friday
month      the 5th                  the 15th                    the last
quarter,   the 15th of the first    the 15th of the second      the last
season     month                    month
half year  end of the first month   end of the third month      the last
year       31 January               30 June                     31 December
=========  =======================  ==========================  ==========

A beginning lasts some days, and whoever says "bis Anfang März" means to be done while it lasts. A week ends on its
Friday, since pledges are about work; once that Friday is over, it ends on its Sunday.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from domain.calendar import months_after
from domain.days.reading import Doubt, Reading, asked, chosen, coming
from domain.days.stretches import Scale, Stretch, months_named, names_a_month, stretches
from domain.days.vocabulary import MONTHS, ORDINALS, one_of, ordinal

_FRIDAY = 4
_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(weeks=1)

# From the first and last day of a stretch: a day at its beginning, in its middle and at its end.
_Edges = Callable[[date, date], tuple[date, date, date]]


def _last_of(first: date, months: int) -> date:
    """The last day of the nth month of a stretch that begins on the first of a month."""
    return months_after(first, months) - _A_DAY


def _by_months(first: date, last: date) -> tuple[date, date, date]:
    return first.replace(day=15), months_after(first, 1).replace(day=15), last


_EDGES: dict[Scale, _Edges] = {
    Scale.WEEK: lambda first, _: (first + _A_DAY, first + 2 * _A_DAY, first + _FRIDAY * _A_DAY),
    Scale.MONTH: lambda first, last: (first.replace(day=5), first.replace(day=15), last),
    Scale.QUARTER: _by_months,
    Scale.SEASON: _by_months,
    Scale.HALF: lambda first, last: (_last_of(first, 1), _last_of(first, 3), last),
    Scale.YEAR: lambda first, last: (_last_of(first, 1), _last_of(first, 6), last),
}
_BEGINNING, _MIDDLE, _END = range(3)
_EDGE_WORDS = {
    **dict.fromkeys(("anfang", "anfangs", "beginn", "start", "beginning", "early"), _BEGINNING),
    **dict.fromkeys(("mitte", "middle", "mid"), _MIDDLE),
    **dict.fromkeys(("ende", "end", "late"), _END),
}
EDGE_WORD = one_of(_EDGE_WORDS)
_OF = r"(?:(?:of|des|der|dem|von|vom|the|in|im) )*"
_EDGE = re.compile(rf"(?P<edge>{EDGE_WORD})(?: |-){_OF}(?P<noun>.{{2,40}})")
_JOINED = re.compile(r"(?P<noun>monat|quartal|jahr)e?s?(?P<edge>anfang|beginn|mitte|ende)s?")
_INSIDE = re.compile(rf"(?:im laufe|in the course|in|im|within|waehrend|during) {_OF}(?P<noun>.{{2,40}})")
_ANY = re.compile(r"(?:monat|woche|quartal|month|week|quarter)s?")
_PART = rf"(?P<count>{one_of(ORDINALS)}|\d\.|letzte[nrs]?|last)"
_PARTS = re.compile(
    rf"{_OF}{_PART} (?:(?P<part>haelfte|half|woche|week) {_OF}(?P<month>[a-z]{{3,12}}(?: \d{{4}})?)"
    rf"|(?P<joined>{one_of(MONTHS)})(?P<joined_part>haelfte|woche))"
)
_WEEKEND = re.compile(
    r"(?P<next>naechste[sn]? |next )?(?:kommende[sn]? |diese[sm]? |this |coming )?(?:wochenende|weekend)"
)


def edge(typed: str, today: date) -> Reading | None:
    """Anfang März, mid-June, end of next week, Jahresende."""
    found = _EDGE.fullmatch(typed) or _JOINED.fullmatch(typed)
    if not found:
        return None
    which = _EDGE_WORDS[found["edge"]]
    candidates = stretches(found["noun"], today, misspelt=True)
    days = (_EDGES[one.scale](one.first, one.last)[which] for one in candidates)
    return coming((chosen(day, day, day) for day in days), today)


def inside(typed: str, today: date) -> Reading | None:
    """Im März, in Q2, in KW 14: some day of it, so its end is taken; of a season it is asked which month."""
    found = _INSIDE.fullmatch(typed)
    return _whole(found["noun"], today, within=True) if found else None


def whole(typed: str, today: date) -> Reading | None:
    """KW 14, nächste Woche, next month: its end. For "Mai" it is asked, since "until May" may mean its beginning."""
    return _whole(typed, today, within=not names_a_month(typed))


def whole_year(typed: str, today: date) -> Reading | None:
    """2027, next year: it is asked which end or middle is meant; this year is taken until 31 December."""
    found = [one for one in stretches(typed.removeprefix("in "), today) if one.scale is Scale.YEAR]
    if not found:
        return None
    year = found[0]
    if year.first.year == today.year:
        return _chosen(year, year.last)
    return _wide(year, [year.last, _last_of(year.first, 6)])


def part_of_month(typed: str, today: date) -> Reading | None:
    """Erste Märzhälfte, last week of April. A month's first week is its first seven days."""
    found = _PARTS.fullmatch(typed)
    if not found:
        return None
    count = ordinal(found["count"].rstrip("."))  # None: the last
    half = (found["part"] or found["joined_part"]) in ("haelfte", "half")
    months = months_named(found["month"] or found["joined"], today)
    return coming((_chosen(one, _end_of_part(one, count, half=half)) for one in months), today)


def weekend(typed: str, today: date) -> Reading | None:
    """Am Wochenende: its Sunday. "Next weekend" may also be the one after."""
    found = _WEEKEND.fullmatch(typed)
    if not found:
        return None
    sunday = today + timedelta(days=6 - today.weekday())
    if found["next"]:
        return asked(Doubt.NEXT, (sunday, sunday + _A_WEEK))
    return chosen(sunday, sunday - _A_DAY, sunday)


def _end_of_part(month: Stretch, count: int | None, *, half: bool) -> date:
    """The first half ends on the 15th, a week on each seventh day; the second half and the last week with the month."""
    if count is None or (half and count > 1):
        return month.last
    days = 15 if half else 7 * count
    return min(month.first + timedelta(days=days - 1), month.last)


def _whole(noun: str, today: date, *, within: bool) -> Reading | None:
    if _ANY.fullmatch(noun):  # "einmal im Monat"
        return None
    candidates = [one for one in stretches(noun, today) if one.scale is not Scale.YEAR]
    if not candidates:
        return None
    one = next((one for one in candidates if one.last >= today), candidates[-1])
    if one.scale is Scale.SEASON:
        ends = [_last_of(one.first, months) for months in (3, 2, 1)]
        return _wide(one, [end for end in ends if end >= today] or ends[:1])
    if not within:
        return _wide(one, [one.last, *([one.first] if one.first >= today else [])])
    end = _EDGES[one.scale](one.first, one.last)[_END]
    return _chosen(one, end if end >= today else one.last)


def _wide(stretch: Stretch, days: list[date]) -> Reading:
    day, *others = days
    return Reading(day, stretch.first, stretch.last, Doubt.WIDE, tuple(others))


def _chosen(stretch: Stretch, day: date) -> Reading:
    return chosen(day, stretch.first, stretch.last)

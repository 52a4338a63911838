"""Weeks in which parliaments sit, and school holidays of the Länder, as far as they are known: sources in NOTICE.

What is not known counts as an ordinary day.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from pathlib import Path

BUNDESTAG = "BT"

_DATA = Path(__file__).parent / "calendar_data"
_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)


class TermKind(StrEnum):
    SITTING = "sitting"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """From its first to its last day, inclusive, a parliament sits or schools are closed.

    `of`: whose term it is, "BT" for the Bundestag or a Land, of which it is the Landtag's or the schools'.
    """

    kind: TermKind
    of: str
    first: date
    last: date

    @classmethod
    def stored(cls, kind: str, of: str, first: str, last: str) -> "Term":
        """What `as_stored` wrote. Raises ValueError for anything else."""
        return cls(TermKind(kind), of, date.fromisoformat(first), date.fromisoformat(last))

    def as_stored(self) -> list[str]:
        return [self.kind.value, self.of, self.first.isoformat(), self.last.isoformat()]


@dataclass(frozen=True)
class Terms:
    """Every known day by what it is a day of; a sitting takes whole weeks, Monday to Sunday."""

    days: Mapping[tuple[TermKind, str], frozenset[date]]

    def sitting(self, day: date, land: str | None = None) -> bool:
        """Whether the Bundestag, or the parliament of this Land, sits in the week of that day.

        Of somebody in parliament it is not known which of the two they are in.
        """
        return any(day in self._of(TermKind.SITTING, of) for of in (BUNDESTAG, land))

    def landtag_known(self, land: str | None) -> bool:
        """Whether it is known when the parliament of this Land sits."""
        return bool(self._of(TermKind.SITTING, land))

    def school_holidays(self, day: date, land: str | None) -> bool:
        """Whether schools of this Land are closed for holidays; False for an unknown Land."""
        return day in self._of(TermKind.SCHOOL, land)

    def in_school_holidays(self, days: Iterable[date], land: str | None) -> bool:
        """Whether any of these days, on which somebody was asked, lies in the school holidays of their Land: then it
        says nothing that they did not answer.
        """
        return any(self.school_holidays(day, land) for day in days)

    def replaced_by(self, newer: Iterable[Term]) -> "Terms":
        """These terms, but where the newer ones reach, of each kind and Land from their first day to their last, those
        alone count.
        """
        days = dict(self.days)
        for (kind, of), terms in groupby(sorted(newer), key=lambda each: (each.kind, each.of)):
            spans = [_days_of(each) for each in terms]
            first, last = min(min(span) for span in spans), max(max(span) for span in spans)
            kept = {day for day in days.get((kind, of), frozenset()) if not first <= day <= last}
            days[kind, of] = frozenset(kept.union(*spans))
        return Terms(days)

    def _of(self, kind: TermKind, of: str | None) -> frozenset[date]:
        return self.days.get((kind, of or ""), frozenset())


@lru_cache
def shipped() -> Terms:
    """What comes with Mutmacher in small files."""
    return Terms({}).replaced_by(
        Term(kind, row[column], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        for kind, name, column in (
            (TermKind.SITTING, "sitting-weeks.csv", "parliament"),
            (TermKind.SCHOOL, "school-holidays.csv", "land"),
        )
        for row in _rows(name)
    )


def _days_of(term: Term) -> set[date]:
    first, last = term.first, term.last
    if term.kind is TermKind.SITTING:
        first -= timedelta(days=first.weekday())
        last += _A_WEEK - timedelta(days=last.weekday() + 1)
    return {first + number * _A_DAY for number in range((last - first).days + 1)}


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

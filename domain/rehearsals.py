"""A rehearsal: what two people would be sent about a pledge made on some day, and what is worth knowing of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar import local_day, public_holiday, quiet
from domain.nudging import deadline_for
from domain.places.laender import LAENDER
from domain.roles import Role
from domain.terms import BUNDESTAG, TermKind, Terms

AFTERWARDS = timedelta(days=45)
"""How long after the deadline a rehearsal runs: by then, what has ended is closed."""
_A_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class RehearsalPlan:
    """A pledge of the first person's, made on this local day with the second, for six months.

    `first_land`, `second_land`: whose holidays and sittings count for them, the number of a Land as `LANDS` has them.
    `answering`: whether both tap the likeliest answer as soon as they are asked; else neither ever taps anything.
    """

    made_on: date
    first_is_mp: bool = False
    second_is_mp: bool = True
    first_land: int = 0
    second_land: int = 0
    answering: bool = True

    @property
    def deadline(self) -> date:
        return deadline_for(self.made_on)

    @property
    def people(self) -> tuple["Dummy", "Dummy"]:
        return (
            _made_up(self.first_is_mp, self.first_land),
            _made_up(self.second_is_mp, self.second_land),
        )


LANDS: Sequence[str | None] = (None, *LAENDER)
"""The Länder by number; 0: none."""


@dataclass(frozen=True)
class Dummy:
    """Somebody made up for a rehearsal."""

    role: Role
    land: str | None


def _made_up(is_mp: bool, land: int) -> Dummy:
    return Dummy(Role.MP if is_mp else Role.ASSOCIATION, LANDS[land] if land in range(len(LANDS)) else None)


@dataclass(frozen=True)
class RehearsedMessage:
    """A message of a rehearsal, and when it was sent, in UTC. `to_first`: to the one who promises.

    `text`: HTML, as it is sent. `labels`: those of its buttons. `asked_for`: it answers what its reader just tapped.
    """

    at: datetime
    to_first: bool
    text: str
    labels: tuple[str, ...] = ()
    asked_for: bool = False


def busiest_hour(said: Iterable[RehearsedMessage]) -> tuple[datetime, int] | None:
    """The hour in which most comes by itself, the earliest of several, and how much; None if nothing does."""
    hours = Counter(each.at.replace(minute=0, second=0, microsecond=0) for each in said if not each.asked_for)
    return min(hours.items(), key=lambda each: (-each[1], each[0]), default=None)


class ClashKind(StrEnum):
    WEEKEND = "weekend"  # the deadline is a Saturday or a Sunday
    HOLIDAY = "holiday"  # the deadline is a public holiday of one of the two
    QUIET = "quiet"  # some of the time is that around New Year, in which nobody is asked
    SITTING = "sitting"  # an MP is asked in a sitting week
    SCHOOL = "school"  # somebody is asked in their school holidays
    UNKNOWN = "unknown"  # an MP is asked on a day for which no sittings of the Bundestag are known


@dataclass(frozen=True)
class Clash:
    """Something that an organiser wants to know of before the day. `days`: when, in order."""

    kind: ClashKind
    days: tuple[date, ...]


def clashes(
    plan: RehearsalPlan, said: Iterable[RehearsedMessage], terms: Terms, zone: ZoneInfo
) -> list[Clash]:
    """What of the plan and of what is sent by itself meets a weekend, a holiday, or sitting weeks."""
    asked = [(each, local_day(each.at, zone)) for each in said if not each.asked_for]
    asked = [(each, day) for each, day in asked if day != plan.made_on]
    found: dict[ClashKind, set[date]] = {}
    for kind, day in (*_of_deadline(plan), *_of_questions(plan, asked, terms)):
        found.setdefault(kind, set()).add(day)
    return [Clash(kind, tuple(sorted(found[kind]))) for kind in ClashKind if kind in found]


def _of_deadline(plan: RehearsalPlan) -> Iterator[tuple[ClashKind, date]]:
    if plan.deadline.weekday() >= _SATURDAY:
        yield ClashKind.WEEKEND, plan.deadline
    if any(public_holiday(plan.deadline, each.land) for each in plan.people):
        yield ClashKind.HOLIDAY, plan.deadline
    days = range((plan.deadline - plan.made_on).days + 1)
    still = [day for number in days if quiet(day := plan.made_on + number * _A_DAY)]
    if still:
        yield ClashKind.QUIET, still[0]
        yield ClashKind.QUIET, still[-1]


def _of_questions(
    plan: RehearsalPlan, asked: Iterable[tuple[RehearsedMessage, date]], terms: Terms
) -> Iterator[tuple[ClashKind, date]]:
    known_until = max(terms.days.get((TermKind.SITTING, BUNDESTAG), ()), default=date.min)
    for each, day in asked:
        reader = plan.people[0 if each.to_first else 1]
        if terms.school_holidays(day, reader.land):
            yield ClashKind.SCHOOL, day
        if reader.role.is_mp and terms.sitting(day, reader.land):
            yield ClashKind.SITTING, day
        if reader.role.is_mp and day > known_until:
            yield ClashKind.UNKNOWN, day

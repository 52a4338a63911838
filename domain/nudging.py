"""When people are asked about a pledge (in months 1 to 5 and at its deadline), when they may be asked at all, and
which deadlines are allowed.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar import USUAL_HOUR, asking_day, instant, months_after, quiet

DEADLINE_MONTHS = 6
SHORTEST_MONTHS = 1
LONGEST_MONTHS = 12

TOGETHER = timedelta(days=6)
"""Monthly questions that fall due this soon after one that is asked come in the same message."""
APART = timedelta(days=7)
"""Within this time a person gets at most one message with questions, except on a deadline's day."""
BEGIN_WITHIN = timedelta(days=7)
"""For so long after `begin_on` somebody may still be asked to name a day to talk."""
DIALOGUE = timedelta(minutes=30)
"""Words that were asked for this recently are probably being typed: no question comes in between."""
SNOOZE_WEEKS = (1, 2)
"""For how many weeks a question may be put off."""
PAUSE_WEEKS = (1, 2, 4)
"""For how many weeks somebody may pause, unless they pause until they say so."""

_A_DAY = timedelta(days=1)

# After a yes that took longer than `_TO_ANSWER`, at least so much has to be left.
_LEAST_LEFT = timedelta(weeks=4)
_TO_ANSWER = timedelta(weeks=1)

# A question closer to the deadline's own than this would only ask the same twice.
_ROOM_BEFORE_DEADLINE = timedelta(days=7)


class Period(StrEnum):
    """Which question of a pledge a nudge asks; pledge, party and period identify a nudge."""

    M1 = "m1"
    M2 = "m2"
    M3 = "m3"
    M4 = "m4"
    M5 = "m5"
    DEADLINE = "deadline"


_ORDER = {period: number for number, period in enumerate(Period)}
_MONTHS = (Period.M1, Period.M2, Period.M3, Period.M4, Period.M5)


def in_order(period: Period) -> int:
    """A sort key: the question's place among those of a pledge."""
    return _ORDER[period]


def earlier_than(period: Period) -> tuple[Period, ...]:
    """The questions that are asked before this one."""
    return tuple(each for each in Period if _ORDER[each] < _ORDER[period])


def current(planned: Collection[Period], due: Collection[Period]) -> Period | None:
    """The question that an answer given now belongs to: the latest one due, or the first monthly one if none is due.

    How it ended is not asked before its day: None if that is the only question planned.
    """
    if due:
        return max(due, key=in_order)
    return min((each for each in planned if each is not Period.DEADLINE), key=in_order, default=None)


def may_follow(last: date | None, today: date, periods: Collection[Period]) -> bool:
    """Whether somebody may be asked about these periods today, who was last asked anything on `last` (None: never).

    It counts calendar days, so that neither seconds nor summer time move a question to the next day.
    """
    return last is None or today - last >= APART or Period.DEADLINE in periods


@dataclass(frozen=True, slots=True)
class Planned:
    period: Period
    due: datetime  # UTC


class DeadlineOutOfRange(ValueError):  # noqa: N818 - named for what is wrong with the day
    """The day lies outside `earliest` to `latest`, inclusive."""

    def __init__(self, earliest: date, latest: date) -> None:
        super().__init__(f"a deadline lies from {earliest} to {latest}")
        self.earliest = earliest
        self.latest = latest


def deadline_for(made_on: date, months: int = DEADLINE_MONTHS, *, land: str | None = None) -> date:
    """The deadline to propose: that many calendar months later.

    If that is in the quiet time, it is the first working day after it, so that people can be asked on the day
    itself. An earlier day would give them less time than the button says.
    """
    day = months_after(made_on, months)
    return asking_day(day, land) if quiet(day) else day


def talk_for(today: date, weeks: int, *, land: str | None = None) -> date:
    """The day to talk again to propose: so many weeks from today, or the first working day after the quiet time."""
    day = today + timedelta(weeks=weeks)
    return asking_day(day, land) if quiet(day) else day


def begin_on(made_on: date, land: str | None) -> date:
    """The day on which one party is asked to name a day to talk if neither has: once a whole working day has passed."""
    first = asking_day(made_on + _A_DAY, land)
    return asking_day(first + _A_DAY, land)


def days_to_begin(today: date, deadline: date, land: str | None) -> tuple[date, ...]:
    """The days to talk that are proposed to somebody who is asked to begin: working days, none after the deadline."""
    days = dict.fromkeys(asking_day(today + timedelta(weeks=weeks), land) for weeks in (1, 2))
    return tuple(day for day in days if day <= deadline)


def is_too_late(agreed_on: date, deadline: date, *, written_on: date) -> bool:
    """Whether a yes comes too late to bind anybody to this deadline: fewer than four weeks would be left.

    Within a week of the day the pledge was written it never is unless the deadline is over: a deadline of one month is
    allowed, and an answer takes some days.
    """
    left = deadline - agreed_on
    answered_soon = agreed_on - written_on <= _TO_ANSWER
    return left <= timedelta() or (left < _LEAST_LEFT and not answered_soon)


def check_deadline(made_on: date, day: date) -> None:
    """Raises DeadlineOutOfRange unless `day` lies 1 to 12 calendar months after `made_on`, inclusive.

    What `deadline_for` proposes for 12 months is in the range, too. A day in the quiet time is allowed: it is
    the person's own choice then, even if they only tap the day that their sentence names.
    """
    earliest = months_after(made_on, SHORTEST_MONTHS)
    latest = deadline_for(made_on, LONGEST_MONTHS)
    if not earliest <= day <= latest:
        raise DeadlineOutOfRange(earliest, latest)


def may_be_deadline(made_on: date, day: date) -> bool:
    try:
        check_deadline(made_on, day)
    except DeadlineOutOfRange:
        return False
    return True


def plan(
    made_on: date, deadline: date, *, zone: ZoneInfo, land: str | None, hour: time = USUAL_HOUR
) -> tuple[Planned, ...]:
    """The questions about a pledge to one party, in order, each at `hour` by the wall clock of `zone`.

    Months 1 to 5 count from the day the pledge was made and clamp to the month's end. Each question moves to the
    next working day (of the Land) outside the quiet time, and is left out unless it is then at least seven days
    before the deadline. The deadline's question moves the same way: for a Saturday it comes on Monday, so that
    the day is over when people are asked how it ended. The caller must choose an `hour` within office hours.
    """
    return tuple(
        Planned(period, instant(day, hour, zone)) for period, day in _asking_days(made_on, deadline, land)
    )


def _asking_days(made_on: date, deadline: date, land: str | None) -> Iterator[tuple[Period, date]]:
    for number, period in enumerate(_MONTHS, start=1):
        day = asking_day(months_after(made_on, number), land)
        if day + _ROOM_BEFORE_DEADLINE <= deadline:
            yield period, day
    yield Period.DEADLINE, asking_day(deadline, land)

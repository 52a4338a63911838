"""Which deadlines are allowed, and which are proposed."""

from datetime import date, timedelta

from domain.calendar import asking_day, months_after, quiet

DEADLINE_MONTHS = 6
SHORTEST_MONTHS = 1
LONGEST_MONTHS = 12
BEGIN_WITHIN = timedelta(days=7)
"""How long after `begin_on` somebody may still be asked to name a day to talk."""

_A_DAY = timedelta(days=1)

# After a yes that took longer than `_TO_ANSWER`, at least so much has to be left.
_LEAST_LEFT = timedelta(weeks=4)
_TO_ANSWER = timedelta(weeks=1)


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
    """The day to talk again to propose: that many weeks from today, or the first working day after the quiet time."""
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

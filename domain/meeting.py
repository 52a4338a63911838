"""How people are brought together: how many may ask whom, how long a card and a question last, where they meet."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import end_of_day, instant, local_day
from domain.roles import Role

MP_CAP = 5
"""Conversations that an MP is asked for in one workshop."""
OPEN_LIMIT = 5
"""Questions of one person that may wait for an answer at the same time."""
CARD_HOLDS = timedelta(minutes=30)
"""How long a card nobody has answered holds one of an MP's conversations for its reader."""
ROUND_CARD_HOLDS = timedelta(hours=1)
"""How long an unanswered card of a round holds one of an MP's conversations against the next round."""
PREVIEW_LASTS = timedelta(days=1)
"""How long a round may be confirmed after it was planned."""
KEEPS_LOOKING = timedelta(days=7)
"""How long after the workshop's day we look for somebody for those who heard "nobody yet"."""
TABLES = 12
"""Standing tables in the hall."""

_EVENING = time(21)  # people are awake to hear it
_AFTER_THE_DAY = timedelta(days=7)


def conversations_left(role: Role, asked: int) -> int | None:
    """How many more people may ask somebody of this role whom `asked` people ask already; None without a cap."""
    return max(0, MP_CAP - asked) if role.is_mp else None


def expiry(asked_at: datetime, workshop_day: date, zone: ZoneInfo) -> datetime:
    """When a question to another person expires, in UTC.

    Asked on the workshop's day (by the wall clock of `zone`): at nine in its evening, and at its end if it is later
    than that already. On any other day: after seven days.
    """
    if local_day(asked_at, zone) != workshop_day:
        return asked_at + _AFTER_THE_DAY
    evening = instant(workshop_day, _EVENING, zone)
    return evening if asked_at < evening else end_of_day(asked_at, zone)


def table(introduction_id: int) -> int:
    """The number of the standing table, from 1, to which a pair is sent."""
    return 1 + introduction_id % TABLES

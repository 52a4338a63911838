"""The rules of meeting: how many may ask whom, how long a card and a question last, and where a pair meets."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import asking_day, end_of_day, instant, local_day
from domain.roles import Role

MP_CAP = 5
"""How many conversations an MP may be asked for in one workshop."""
CARD_HOLDS = timedelta(minutes=30)
"""How long an unanswered card reserves one of an MP's conversations for its reader."""
CARD_IS_NEW = timedelta(minutes=1)
"""How long nobody is sent a second card unasked after one that they have not answered."""
ROUND_CARD_HOLDS = timedelta(hours=1)
"""How long an unanswered card of a round reserves one of an MP's conversations from the next round."""
PREVIEW_LASTS = timedelta(days=1)
"""How long after it was planned a round may be confirmed."""
KEEPS_LOOKING = timedelta(days=7)
"""How long after the workshop's day, or an expiry, the bot keeps looking for people who were told "nobody yet"."""
ASKED_AGAIN_WITHIN = timedelta(days=30)
"""How long after a question expired the same person may be asked a second time; by then the interest is old."""
SECOND_QUESTION_LASTS = timedelta(days=42)
"""How long a second question may be answered: nobody is told when it ends, so that it can last."""
TABLES = 12
"""Standing tables in the room, unless its organisers say how many."""

ASKED_AFTERWARDS_WITHIN = timedelta(days=7)
"""How long after `afterwards_on` two people may still be asked whether they met."""

NIGHT = time(22)
"""From then until eight nobody hears that a question's time is over."""

_EVENING = time(21)  # people are still awake to hear it
_AFTER_THE_DAY = timedelta(days=7)
_ASKED_AT_LEAST = timedelta(hours=1)


def conversations_left(role: Role, asked: int, most: int = MP_CAP) -> int | None:
    """How many more people may ask somebody in this role whom `asked` people have asked, None without a cap.

    `most`: how many the MP takes in all (`domain.presence.most_talks`).
    """
    return max(0, most - asked) if role.is_mp else None


def expiry(
    asked_at: datetime,
    workshop_day: date,
    zone: ZoneInfo,
    closes: time | None = None,
    leaves: time | None = None,
) -> datetime:
    """When a request to meet somebody expires, in UTC.

    If it is made on the workshop's day (by the wall clock of `zone`) before that `closes`, it expires then, but not
    within an hour. If nobody said when it closes, it expires at nine that evening, or at midnight if it is already
    later than nine. Otherwise it expires after seven days. `leaves`: when the first of the two goes that day; nobody
    waits for an answer longer than that, if it was not too late when they asked.
    """
    ends = _expiry(asked_at, workshop_day, zone, closes)
    if leaves is None or local_day(asked_at, zone) != workshop_day:
        return ends
    gone = instant(workshop_day, leaves, zone)
    return min(ends, gone) if asked_at < gone else ends


def _expiry(asked_at: datetime, workshop_day: date, zone: ZoneInfo, closes: time | None) -> datetime:
    over = closes is not None and asked_at >= instant(workshop_day, closes, zone)
    if over or local_day(asked_at, zone) != workshop_day:
        return asked_at + _AFTER_THE_DAY
    if closes is not None:
        return max(instant(workshop_day, closes, zone), asked_at + _ASKED_AT_LEAST)
    evening = instant(workshop_day, _EVENING, zone)
    return evening if asked_at < evening else end_of_day(asked_at, zone)


def afterwards_on(workshop_day: date, land: str | None) -> date:
    """The day on which people are asked whether they met at the workshop: the first asking day after its own."""
    return asking_day(workshop_day + timedelta(days=1), land)


def table(introduction_id: int, tables: int) -> int | None:
    """The number, from 1, of the standing table that a pair is sent to; None without any."""
    return 1 + introduction_id % tables if tables else None

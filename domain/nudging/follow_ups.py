"""A question that nobody answered comes once more."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import USUAL_HOUR, asking_day, instant, local_day
from domain.nudging.periods import Period

AGAIN_HOUR = time(16)
"""It comes at another time of day: at this one if it came in the morning."""
AGAIN_FROM = timedelta(days=6)
"""No question is asked again within this time, however the hours and the clock's change fall."""
ONCE = (Period.BEFORE14, Period.BEFORE3)

_NOON = time(12)
_AGAIN_AFTER = timedelta(days=7)


def again_due(asked_at: datetime, zone: ZoneInfo, land: str | None) -> datetime:
    """When a question that was asked then is due once more, in UTC: seven days later, at another time of day."""
    day = asking_day(local_day(asked_at, zone) + _AGAIN_AFTER, land)
    early = asked_at.astimezone(zone).time() < _NOON
    return instant(day, AGAIN_HOUR if early else USUAL_HOUR, zone)

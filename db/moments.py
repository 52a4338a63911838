"""Places for moments, in statements that are built once: to build one costs more than to ask it."""

from datetime import datetime, timedelta

from sqlalchemy import BindParameter, bindparam

from db.types import UtcDateTime

Moment = datetime | BindParameter[datetime]

NOW: BindParameter[datetime] = bindparam("now", type_=UtcDateTime())
"""The moment at which the statement is asked."""

_PLACES: dict[str, timedelta] = {}


def from_now(period: timedelta) -> BindParameter[datetime]:
    """So long after `NOW`; a negative period is before it."""
    name = f"now_and_{period // timedelta(seconds=1)}".replace("-", "less_")
    _PLACES[name] = period
    return bindparam(name, type_=UtcDateTime())


def as_of(now: datetime) -> dict[str, datetime]:
    """What is filled into all these places, whichever a statement has, if it is asked now."""
    return {NOW.key: now, **{name: now + period for name, period in _PLACES.items()}}

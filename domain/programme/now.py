"""What is on at a time of the day, what comes after it, and what later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.programme.items import Item

REMINDED_BEFORE = timedelta(minutes=5)
LAST_TAKES = timedelta(hours=2)
"""How long the last item lasts if nobody said when it, or the workshop, ends."""
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class NowAndNext:
    """`now`: what is on, several of it if they overlap; `then`: all that begins next; `later`: the rest of the day."""

    now: tuple[Item, ...] = ()
    then: tuple[Item, ...] = ()
    later: tuple[Item, ...] = ()


def now_and_next(items: Sequence[Item], at: time, closes: time | None = None) -> NowAndNext:
    """The items (`in_order`) as they stand at that time of their day; before it begins `now` is empty, after its end
    all of it is. `closes`: when the workshop does, None if nobody said.

    An item of which nobody said when it ends is over once another one begins, the last with the workshop, or else after
    two hours.
    """
    coming = [each for each in items if each.begins > at]
    following = coming[0].begins if coming else None
    return NowAndNext(
        now=tuple(each for each in items if each.begins <= at < _ends(each, items, closes)),
        then=tuple(each for each in coming if each.begins == following),
        later=tuple(each for each in coming if each.begins != following),
    )


def _ends(item: Item, items: Sequence[Item], closes: time | None) -> time:
    if item.ends is not None:
        return item.ends
    after = next((each.begins for each in items if each.begins > item.begins), None)
    if after is not None:
        return after
    return closes if closes is not None and closes > item.begins else _later(item.begins, LAST_TAKES)


def _later(at: time, by: timedelta) -> time:
    """So much later on the same day, at the latest at its end."""
    moment = datetime.combine(_ANY_DAY, at) + by
    return moment.time() if moment.date() == _ANY_DAY else time.max

"""Two people who share something, seen by either of them."""

from typing import TypeVar

Id = TypeVar("Id", int, int | None)


def other_of(one: Id, other: Id, me: int) -> Id:
    """The one of the two that is not `me`. Raises ValueError if `me` is neither."""
    if me == one:
        return other
    if me == other:
        return one
    raise ValueError("somebody who is neither of the two has no counterpart")

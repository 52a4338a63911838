"""What a list changes in the stored programme: what is new, what moves to another time or place, what stays."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from domain.labels import spelt
from domain.programme.items import Item


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item that is stored."""

    id: int
    item: Item


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A stored item, and how it reads once the list is taken over. `line`: of the list."""

    line: int
    was: KnownItem
    item: Item


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """What taking the list over does. `absent`: the stored items that are not on it, which stay."""

    new: tuple[tuple[int, Item], ...]
    changed: tuple[ItemChange, ...]
    unchanged: int
    absent: int


def plan(known: Iterable[KnownItem], listed: Iterable[tuple[int, Item]], *, moves: bool) -> ProgrammePlan:
    """A list that has been taken over, taken over again, changes nothing. What a list does not say is kept.

    `moves`: the list is of the whole day, so that what it has at another time has been moved; a line that somebody
    types beside the others is one more.
    """
    had, left = list(known), list(listed)
    found: list[ItemChange] = []
    for alike in (*_ALIKE, *(_MOVED if moves else ())):
        for line, item in tuple(left):
            same = [each for each in had if alike(each.item, item)]
            if same:
                had.remove(same[0])
                left.remove((line, item))
                found.append(ItemChange(line, same[0], _filled(item, same[0].item)))
    changed = sorted((each for each in found if each.item != each.was.item), key=lambda each: each.line)
    return ProgrammePlan(tuple(left), tuple(changed), len(found) - len(changed), len(had))


def _filled(item: Item, known: Item) -> Item:
    """What the list leaves open stays as it was; an end only while the item begins when it did."""
    ends = known.ends if item.begins == known.begins else None
    return replace(item, place=item.place or known.place, ends=item.ends or ends)


def _same_title(one: Item, other: Item) -> bool:
    return (spelt(one.title) or one.title) == (spelt(other.title) or other.title)


# The surest first: all the same; the same title at the same time, in the same place or elsewhere.
_ALIKE: tuple[Callable[[Item, Item], bool], ...] = (
    lambda one, other: one == other,
    lambda one, other: _same_title(one, other) and one.begins == other.begins and one.place == other.place,
    lambda one, other: _same_title(one, other) and one.begins == other.begins,
)
# At another time: in the same place, or elsewhere.
_MOVED: tuple[Callable[[Item, Item], bool], ...] = (
    lambda one, other: _same_title(one, other) and one.place == other.place,
    _same_title,
)

"""Figures about people: small ones are not told, because they could be traced to somebody."""

from collections.abc import Sequence
from enum import StrEnum
from math import inf
from typing import TypeAlias

FEW = 5
"""Below this many people no number is told; if it counts people's words, nothing is told at all."""


class Withheld(StrEnum):
    """What is said instead of a number."""

    FEW = "few"  # it is below five
    REST = "rest"  # five or more, but whoever knows the whole could subtract it and be left with fewer
    UNTOLD = "untold"  # even these words would leave only one number that it can be


Figure: TypeAlias = int | Withheld


def told(number: int) -> int | None:
    """The number as others may see it, None below five."""
    return number if number >= FEW else None


def figure(number: int) -> Figure:
    """The number as others may see it."""
    return number if number >= FEW else Withheld.FEW


def within(part: int, whole: int) -> Figure:
    """The number of those among `whole` for whom something is true, told beside the whole.

    If it is true of all of them, nothing is said about a few, and the number is told.
    """
    return figure(part) if part == whole else parts([part], whole)[0]


def told_within(part: int, whole: int) -> int | None:
    """The same number, None if it is withheld."""
    number = within(part, whole)
    return number if isinstance(number, int) else None


def parts(numbers: Sequence[int], whole: int) -> list[Figure]:
    """The parts of a whole, told beside it: where small ones are withheld, enough others are, too, for subtraction to
    reveal none. What none of the parts counts is withheld, too.
    """
    others = whole - sum(numbers)
    kept = {n for n, number in enumerate(numbers) if number < FEW}
    for n in sorted(set(range(len(numbers))) - kept, key=lambda n: numbers[n]):
        if _tell_none([numbers[each] for each in kept], others):
            break
        kept.add(n)
    safe = whole < FEW or _tell_none([numbers[each] for each in kept], others)
    return [_withheld(number, safe=safe) if n in kept else number for n, number in enumerate(numbers)]


def _tell_none(withheld: Sequence[int], others: int) -> bool:
    """Whether somebody who knows the sum of these and the others, and which of these are below five, learns no number
    from one to four. That there are no others may be known.
    """
    ranges = [(1, FEW - 1) if number < FEW else (FEW, inf) for number in withheld if number]
    numbers = [*(number for number in withheld if number), others]
    ranges.append((0, inf if others else 0))
    total = sum(numbers)
    if all(number >= FEW or not number for number in numbers):
        return True
    return total >= FEW and all(
        _is_open(ranges, n, total) for n, number in enumerate(numbers) if 0 < number < FEW
    )


def _is_open(ranges: Sequence[tuple[float, float]], n: int, total: int) -> bool:
    """Whether the n-th of numbers in these ranges may still be one of several if they have this sum."""
    rest = [each for m, each in enumerate(ranges) if m != n]
    least, most = ranges[n]
    least = max(least, total - sum(high for _, high in rest))
    most = min(most, total - sum(low for low, _ in rest))
    return most > least


def _withheld(number: int, *, safe: bool) -> Withheld:
    if not safe:
        return Withheld.UNTOLD
    return Withheld.FEW if number < FEW else Withheld.REST

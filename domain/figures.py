"""Figures about people: small ones are not told, because they could be traced to somebody."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeAlias

FEW = 5
"""Below this many people no number is told; if it counts people's words, nothing is told at all."""


class Withheld(StrEnum):
    """What is said in the place of a number."""

    FEW = "few"  # it is below five
    REST = "rest"  # five or more, but whoever knows the whole could subtract it and be left with fewer


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


def parts(numbers: Sequence[int], whole: int) -> list[Figure]:
    """The parts of a whole, told beside it: where small ones are withheld, so many are that subtraction tells none of
    them. What none of the parts counts is withheld, too.
    """
    others = whole - sum(numbers)
    kept = {n for n, number in enumerate(numbers) if number < FEW}
    for n in sorted(set(range(len(numbers))) - kept, key=lambda n: numbers[n]):
        if _tell_none([*(numbers[each] for each in kept), others]):
            break
        kept.add(n)
    return [_withheld(number) if n in kept else number for n, number in enumerate(numbers)]


def _tell_none(withheld: Sequence[int]) -> bool:
    """Whether somebody who knows the sum of these learns no number from one to four."""
    some = [number for number in withheld if number]
    return all(number >= FEW for number in some) or (len(some) > 1 and sum(some) >= FEW)


def _withheld(number: int) -> Withheld:
    return Withheld.FEW if number < FEW else Withheld.REST

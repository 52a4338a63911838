"""Small figures are told to nobody."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import Withheld, parts, told, told_within, within

FEW, REST, UNTOLD = Withheld.FEW, Withheld.REST, Withheld.UNTOLD


@pytest.mark.parametrize(("number", "said"), [(0, None), (4, None), (5, 5), (300, 300)])
def test_nobody_is_told_how_many_below_five(number, said):
    assert told(number) == said


@pytest.mark.parametrize(
    ("numbers", "whole", "said"),
    [
        ([], 0, []),
        ([26, 40], 66, [26, 40]),
        ([3, 40], 43, [FEW, REST]),  # else 43 - 40
        ([3, 40, 20], 63, [FEW, 40, REST]),
        ([1, 2, 40], 43, [FEW, FEW, REST]),  # else both together are three
        ([2, 4, 40], 46, [FEW, FEW, 40]),
        ([3, 40], 60, [FEW, 40]),  # seventeen are neither
        ([26], 28, [REST]),  # else two are not
        ([26], 31, [26]),
        ([0, 40], 40, [FEW, 40]),  # nobody can be traced to nobody
        ([4], 4, [FEW]),
        ([4, 4], 8, [UNTOLD, UNTOLD]),  # two numbers below five can be eight in one way only
        ([5, 1], 6, [UNTOLD, UNTOLD]),
        ([4, 4, 20], 28, [FEW, FEW, REST]),
    ],
)
def test_no_part_is_told_by_subtraction(numbers, whole, said):
    assert parts(numbers, whole) == said


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(0, 20))
def test_whoever_subtracts_learns_no_small_number(numbers, others):
    whole = sum(numbers) + others
    told_of = parts(numbers, whole)
    assert [n for n in told_of if isinstance(n, int) and n < 5] == []
    withheld = [n for n, said in zip(numbers, told_of, strict=True) if not isinstance(said, int)]
    some = [n for n in (*withheld, others) if n]
    everything = len(withheld) == len(numbers)
    assert everything or len(some) != 1 or some[0] >= 5
    assert everything or sum(some) >= 5 or not some


@given(st.lists(st.integers(0, 9), min_size=1, max_size=3), st.integers(0, 6))
def test_whoever_tries_all_numbers_is_left_with_several(numbers, others):
    whole = sum(numbers) + others
    spans = [
        _possible(number, said, whole) for number, said in zip(numbers, parts(numbers, whole), strict=True)
    ]
    left = range(whole + 1) if others else (0,)
    fits = [each for each in product(*spans, left) if sum(each) == whole]
    assert (*numbers, others) in fits
    for at, number in enumerate((*numbers, others)):
        assert whole < 5 or not 0 < number < 5 or len({each[at] for each in fits}) > 1


def _possible(number, said, whole):
    """What whoever knows that nobody is listed for nothing may think that it is."""
    known = {FEW: range(1, 5), REST: range(5, whole + 1), UNTOLD: range(whole + 1)}
    return known.get(said, [said]) if number else [0]


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(12, 20, 12), (12, 14, REST), (3, 20, FEW), (20, 20, 20), (4, 4, FEW)]
)
def test_a_part_beside_its_whole(part, whole, said):
    assert within(part, whole) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(12, 20, 12), (12, 14, None), (3, 20, None), (20, 20, 20)]
)
def test_a_part_that_is_withheld_is_no_number(part, whole, said):
    assert told_within(part, whole) == said

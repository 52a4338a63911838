"""Nothing that `/stand` tells says of anybody whether they are one of few: tried by somebody who knows all of it."""

from collections import Counter
from datetime import date
from functools import cache
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from domain import insight
from domain.figures import FEW
from domain.insight import WHOLES, GroupCount, Measure, OtherEnding, Progress, Step, cascade, rounded, summed
from domain.nudging import Period
from domain.pledges import Status

ANYBODY = frozenset[Status]()
CHAINS = [
    insight.person(has_profile=False),
    insight.person(has_profile=True),
    *(insight.card(stage) for stage in range(4)),
    insight.running("1", ANYBODY, answered=False, again=False),
    insight.running("1", frozenset({Status.STUCK}), answered=True, again=True),
    insight.over(frozenset({Status.KEPT}), answered=True, again=False),
    insight.question(Period.M1, asked=False, answered=False),
    insight.question(Period.M1, asked=True, answered=False),
    insight.question(Period.M1, asked=True, answered=True),
]
GROUPS = ("", "BY", "SN")
LISTED = sorted(((chain, group) for chain in CHAINS for group in GROUPS), key=insight._in_order)
COUNTS = st.lists(st.integers(0, 9), min_size=len(LISTED), max_size=len(LISTED))


def counted(numbers, workshop=1):
    listed = zip(LISTED, numbers, strict=True)
    return [GroupCount(workshop, chain, number, group or None) for (chain, group), number in listed]


def told(numbers):
    """By chain and group, the cells of one workshop as they are told, in the order of `LISTED`."""
    figures = rounded(counted(numbers)).get(1, {})
    by_whole = {
        whole: [n for n, (chain, _) in enumerate(LISTED) if chain[0].step is whole] for whole in WHOLES
    }
    cells = [0] * len(LISTED)
    for whole, there in by_whole.items():
        for n, number in zip(there, cascade([numbers[n] for n in there]), strict=True):
            cells[n] = number if figures else 0
        assert sum(cells[n] for n in there) == summed(figures.values())[Measure(whole)]
    return cells


@cache
def every_view():
    """Each figure of each view, and each that is left when one is taken from another, as the cells that it adds up."""
    measures = {each for chain in CHAINS for each in chain}
    views = np.unique(
        [
            [measure in chain and group in (None, of) for chain, of in LISTED]
            for group in (None, *GROUPS)
            for measure in measures
        ],
        axis=0,
    ).astype(float)
    left = [one - other for one in views for other in views if (one >= other).all() and (one != other).any()]
    return [*views, *left]


def bounds(numbers, view):
    """The least and the most that this figure can be for somebody who knows all figures, the rule, and what is shown
    elsewhere as it is: how many joined, from five upward.
    """
    cells = told(numbers)
    rows, most = [], []
    for whole in WHOLES:
        there = [n for n, (chain, _) in enumerate(LISTED) if chain[0].step is whole]
        for end, shown in enumerate(accumulate(cells[n] for n in there), 1):
            row = np.zeros(len(LISTED))
            row[there[:end]] = 1
            rows += [row, -row]
            most += [shown + FEW - 1, -shown]
    joined = [n for n, (chain, _) in enumerate(LISTED) if chain[0].step is Step.JOINED]
    known, exactly = None, None
    if (number := sum(numbers[n] for n in joined)) >= FEW:
        known, exactly = np.zeros((1, len(LISTED))), [number]
        known[0, joined] = 1
    found = [
        linprog(sign * view, A_ub=np.array(rows), b_ub=most, A_eq=known, b_eq=exactly, method="highs")
        for sign in (1, -1)
    ]
    assert all(each.success for each in found)
    return found[0].fun, -found[1].fun


@settings(max_examples=100, deadline=None)
@given(COUNTS, st.randoms(use_true_random=False))
def test_no_figure_nor_difference_is_known_to_be_from_one_to_four(numbers, rng):
    joined = sum(numbers[n] for n, (chain, _) in enumerate(LISTED) if chain[0].step is Step.JOINED)
    if joined < FEW:
        assert not any(told(numbers))
        return
    for view in rng.sample(every_view(), 3):
        least, most = bounds(numbers, view)
        assert least < 0.5 or most > FEW - 0.5, (numbers, view)


def test_the_attack_finds_what_rounding_each_number_by_itself_gives_away():
    """Four of two each: each is told as none, and all together as ten, so that none can be fewer than two."""
    ranges = [(0, 2)] * 4
    together = ([[1] * 4, [-1] * 4], [12, -8])
    least = linprog([1, 0, 0, 0], A_ub=together[0], b_ub=together[1], bounds=ranges, method="highs").fun
    assert least == 2


@settings(max_examples=100, deadline=None)
@given(COUNTS)
def test_what_is_told_could_be_the_truth(numbers):
    """Rounded again, it stays the same; all of it is a multiple of five, and so is every sum and difference."""
    cells = told(numbers)
    assert told(cells) == cells
    assert all(number >= 0 and number % FEW == 0 for number in cells)


@settings(max_examples=100, deadline=None)
@given(COUNTS, COUNTS, st.permutations(range(len(LISTED))))
def test_whatever_they_are_told_apart_by_the_sums_are_the_same(numbers, others, order):
    both = [*counted(numbers), *counted(others, workshop=2)]
    apart = rounded(both[n] for n in [*order, *(len(order) + n for n in order)])
    together = rounded(GroupCount(each.workshop_id, each.chain, each.number) for each in both)
    assert {w: summed(each.values()) for w, each in apart.items()} == {
        w: summed(each.values()) for w, each in together.items()
    }


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 40), max_size=12))
def test_a_number_and_every_sum_of_neighbours_is_less_than_five_away(numbers):
    shown = cascade(numbers)
    exact, about = ([0, *accumulate(each)] for each in (numbers, shown))
    for begin in range(len(exact)):
        for end in range(begin, len(exact)):
            assert abs((exact[end] - exact[begin]) - (about[end] - about[begin])) < FEW
    assert sum(shown) <= sum(numbers)
    assert all(later >= sooner for sooner, later in pairwise(about))


def test_of_fewer_than_five_people_nothing_is_told():
    few = [GroupCount(1, insight.person(has_profile=True), 4), GroupCount(1, insight.card(3), 90)]
    assert rounded(few) == {1: {}}


SAID = [
    (frozenset(), OtherEnding.UNSAID),
    (frozenset({Status.KEPT}), "kept"),
    (frozenset({Status.KEPT, Status.RUNNING}), "kept"),  # the other's word stands
    (frozenset({Status.KEPT, Status.PARTLY}), OtherEnding.DIFFERENT),
    (frozenset({Status.RUNNING}), OtherEnding.UNSAID),
]


@pytest.mark.parametrize(("said", "how"), SAID)
def test_how_a_pledge_ended(said, how):
    assert Measure(Step.ENDED, how) in insight.over(said, answered=True, again=False)


@pytest.mark.parametrize(
    ("said", "pace"),
    [
        ({Status.RUNNING}, Progress.ONWARD),
        ({Status.RUNNING, Status.NOTHING}, Progress.STUCK),
        ({Status.STUCK}, Progress.STUCK),
    ],
)
def test_where_one_is_stuck_it_is(said, pace):
    assert Measure(Step.PACE, f"2{pace}") in insight.running("2", frozenset(said), answered=True, again=False)


@pytest.mark.parametrize(
    ("today", "quarter"),
    [(date(2027, 1, 20), "1"), (date(2027, 3, 6), "1"), (date(2027, 4, 21), "3"), (date(2027, 7, 20), "4"),
     (date(2027, 8, 20), "4"), (date(2027, 1, 19), "1")],
)  # fmt: skip
def test_how_much_of_its_time_is_used(today, quarter):
    assert insight.quarter(date(2027, 1, 20), date(2027, 7, 20), today) == quarter


def test_a_share_of_few_is_not_told():
    part, whole = Measure(Step.BOTH), Measure(Step.ASKED)
    assert insight.share({part: 5, whole: 15}, part, whole) is None
    assert insight.share(Counter({whole: 20}), part, whole) == 0
    assert insight.share({part: 35, whole: 70}, part, whole) == 50

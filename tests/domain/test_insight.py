"""What `/stand` tells: every view is a sum of the same rounded cells."""

from collections import Counter
from datetime import date
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@settings(max_examples=100)
@given(COUNTS)
def test_what_is_told_could_be_the_truth(numbers):
    """Rounded again, it stays the same; all of it is a multiple of five, and so is every sum and difference."""
    cells = told(numbers)
    assert told(cells) == cells
    assert all(number >= 0 and number % FEW == 0 for number in cells)


@settings(max_examples=100)
@given(COUNTS, COUNTS, st.permutations(range(len(LISTED))))
def test_whatever_they_are_told_apart_by_the_sums_are_the_same(numbers, others, order):
    both = [*counted(numbers), *counted(others, workshop=2)]
    apart = rounded(both[n] for n in [*order, *(len(order) + n for n in order)])
    together = rounded(GroupCount(each.workshop_id, each.chain, each.number) for each in both)
    assert {w: summed(each.values()) for w, each in apart.items()} == {
        w: summed(each.values()) for w, each in together.items()
    }


@settings(max_examples=100)
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

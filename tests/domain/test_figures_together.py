"""What one place tells does not undo what another withholds: tried by somebody who reads all of them at once.

They know the rules, every cell of `/stand` and of the report by role, Land and topic, and what the wall, the welcome,
the desk and a pledge moment tell as it stands (`db/reached.py`); and solve for the least and the most that each
figure, and each difference of two, can be.
"""

from collections import Counter
from itertools import accumulate, product
from math import ceil, floor
from random import Random

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from domain import insight
from domain.figures import FEW, told, told_within
from domain.insight import WHOLES, GroupCount, Measure, Step, cascade, rounded
from domain.nudging import Period
from domain.pledges import Blocker, Status

MP = "mp"
CHAINS = [
    insight.person(has_profile=False),
    insight.person(has_profile=True),
    *(insight.card(stage) for stage in range(4)),
    insight.running("1", frozenset(), answered=False, again=False),
    insight.running("1", frozenset({Status.STUCK}), answered=True, again=True),
    insight.over(frozenset({Status.KEPT}), answered=True, again=False),
    insight.question(Period.M1, asked=False, answered=False),
    insight.question(Period.M1, asked=True, answered=False),
    insight.question(Period.M1, asked=True, answered=True),
    insight.obstacle(Blocker.MONEY),
    insight.obstacle(Blocker.TIME),
]
DIVISIONS = (("", "association", MP), ("", "BY", "SN"), ("", "kita", "ehrenamt"))
CELLS = [
    (number, *cell)
    for number, groups in enumerate(DIVISIONS)
    for cell in sorted(product(CHAINS, groups), key=insight._in_order)
]
MPS, TODAY = len(CELLS), len(CELLS) + 1
"""Beside the cells: how many MPs are confirmed, and the pledges of the day."""
LIVE = {Step.JOINED: "joined", Step.BOTH: "met", Step.PROMISED: "made"}
MEASURES = sorted({each for chain in CHAINS for each in chain})


def vector(at):
    row = np.zeros(len(CELLS) + 2)
    row[list(at)] = 1
    return row


def of(measure, division=0, group=None):
    """A figure of a view, as the cells that it adds up."""
    return vector(
        n
        for n, (each, chain, name) in enumerate(CELLS)
        if each == division and measure in chain and group in (None, name)
    )


def crowd(rng, most):
    """A workshop: how many are in each cell, each with a role, a Land and a topic; confirmed MPs, and pledges
    of the day.
    """
    cells = Counter()
    for chain in CHAINS:
        for _ in range(rng.randint(0, most)):
            for division, groups in enumerate(DIVISIONS):
                cells[division, chain, rng.choice(groups)] += 1
    numbers = [cells[each] for each in CELLS]
    mps = sum(number for number, (_, chain, name) in zip(numbers, CELLS, strict=True)
              if name == MP and chain[0].step is Step.JOINED)  # fmt: skip
    made = int(of(Measure(Step.PROMISED))[: len(CELLS)] @ numbers)
    return np.array([*numbers, rng.randint(0, mps), rng.randint(0, made)])


class Reader:
    """What they know, as equations and inequalities."""

    def __init__(self, truth):
        self.at_most, self.exactly = [], []
        self._same_in_every_division()
        self._is_a_part(vector([MPS]), of(Measure(Step.JOINED), 0, MP))
        self._is_a_part(vector([TODAY]), of(Measure(Step.PROMISED)))
        joined = int(of(Measure(Step.JOINED)) @ truth)
        for division in range(len(DIVISIONS)):
            self._reads_cells(truth, division)
        for step in LIVE:
            self._reads(of(Measure(step)), truth, told)
        made = int(of(Measure(Step.PROMISED)) @ truth)
        self._reads(vector([MPS]), truth, lambda mps: told_within(mps, joined))
        if told(made):
            self._reads(vector([TODAY]), truth, lambda today: told_within(today, made))

    def _same_in_every_division(self):
        for chain, division in product(CHAINS, range(1, len(DIVISIONS))):
            one, other = (
                vector(n for n, cell in enumerate(CELLS) if cell[:2] == (d, chain)) for d in (0, division)
            )
            self.exactly.append((one - other, 0))

    def _is_a_part(self, part, whole):
        self.at_most.append((part - whole, 0))

    def _reads_cells(self, truth, division):
        """Each running total is cut: it is what is told, or up to four more."""
        for whole in WHOLES:
            there = [n for n, (d, chain, _) in enumerate(CELLS) if (d, chain[0].step) == (division, whole)]
            for end, shown in enumerate(accumulate(cascade([int(truth[n]) for n in there])), 1):
                self.at_most += [(vector(there[:end]), shown + FEW - 1), (-vector(there[:end]), -shown)]

    def _reads(self, figure, truth, tells):
        number = tells(int(figure @ truth))
        if number is not None:
            self.exactly.append((figure, number))

    def knows(self, figure):
        """The least and the most that it can be."""
        rows, most = zip(*self.at_most, strict=True)
        same, number = zip(*self.exactly, strict=True)
        found = [
            linprog(sign * figure, A_ub=np.array(rows), b_ub=most, A_eq=np.array(same), b_eq=number, method="highs")
            for sign in (1, -1)
        ]  # fmt: skip
        assert all(each.success for each in found)
        return ceil(found[0].fun - 1e-6), floor(-found[1].fun + 1e-6)


def figures():
    """Each figure of each view, and each that is left when one is taken from another that it is a part of."""
    views = [
        np.unique([of(each, division, group) for each in MEASURES for group in (None, *groups)], axis=0)
        for division, groups in enumerate(DIVISIONS)
    ]
    live = [
        vector([MPS]),
        vector([TODAY]),
        of(Measure(Step.JOINED)) - vector([MPS]),
        of(Measure(Step.JOINED), 0, MP) - vector([MPS]),
        of(Measure(Step.PROMISED)) - vector([TODAY]),
    ]
    left = [
        one - other
        for each in views
        for one, other in product(each, each)
        if (one >= other).all() and (one != other).any() and other.any()
    ]
    return [*live, *(view for each in views for view in each if view.any()), *left]


FIGURES = figures()


@settings(max_examples=100)
@given(st.randoms(use_true_random=False), st.sampled_from([3, 9, 25]))
def test_who_reads_every_place_knows_no_figure_nor_difference_to_be_from_one_to_four(rng, most):
    truth = crowd(rng, most)
    assume(of(Measure(Step.JOINED)) @ truth >= FEW)  # of fewer, no place tells anything
    reader = Reader(truth)
    for figure in (*FIGURES[:5], *rng.sample(FIGURES[5:], 3)):
        least, greatest = reader.knows(figure)
        assert least <= figure @ truth <= greatest
        assert least < 1 or greatest >= FEW, (least, greatest, figure, truth)


def test_the_cells_that_are_told_are_those_that_they_know():
    rng = np.random.default_rng(7)
    numbers = rng.integers(0, 9, len(CELLS))
    for division, groups in enumerate(DIVISIONS):
        there = [n for n, cell in enumerate(CELLS) if cell[0] == division]
        counted = [GroupCount(1, CELLS[n][1], int(numbers[n]), CELLS[n][2] or None) for n in there]
        shown = rounded(counted)[1]
        for whole, group in product(WHOLES, groups):
            cells = [n for n in there if CELLS[n][1][0].step is whole]
            steps = cascade([int(numbers[n]) for n in cells])
            mine = sum(step for n, step in zip(cells, steps, strict=True) if CELLS[n][2] == group)
            assert shown[group].get(Measure(whole), 0) == mine


def test_the_attack_finds_what_rounding_each_number_by_itself_gives_away():
    """Four of two each: each is told as none, and all together as ten, so that none can be fewer than two."""
    ranges = [(0, 2)] * 4
    together = ([[1] * 4, [-1] * 4], [12, -8])
    least = linprog([1, 0, 0, 0], A_ub=together[0], b_ub=together[1], bounds=ranges, method="highs").fun
    assert least == 2


def test_the_attack_finds_a_part_that_is_told_beside_its_whole():
    truth = crowd(Random(3), 9)
    reader = Reader(truth)
    made = int(of(Measure(Step.PROMISED)) @ truth)
    reader.exactly.append((vector([TODAY]), made - 2))
    assert reader.knows(of(Measure(Step.PROMISED)) - vector([TODAY])) == (2, 2)

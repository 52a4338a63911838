"""The process dies at any await and any commit of six flows: nothing is lost, and what was on its way to a chat comes
at most once more.
"""

import pytest

from tests.faults.flows import FLOWS
from tests.faults.stories import judge, told

POINTS = 4  # of each flow, with every run of the tests; on PostgreSQL one
TWICE_OR_THRICE = (2, 84)  # runs of each flow with two or three deaths: five hundred in all


def sweep(run, ground, flow, points, record_property):
    undisturbed, fate = run(told(ground, FLOWS[flow]))
    repeats = runs = 0
    for deaths in points(fate.waits):
        this, met = run(told(ground, FLOWS[flow], *deaths))
        try:
            repeats += judge(this, undisturbed, met.died)
        except AssertionError as error:
            raise AssertionError(f"{flow}, died at {deaths}: {error}") from error
        runs += 1
    record_property("figures", f"{flow}: {fate.waits} points, {runs} runs, 0 lost, {repeats} repeats")


@pytest.mark.parametrize("flow", FLOWS)
def test_a_process_that_dies_at_any_point_loses_nothing(run, ground, flow, size, dice, record_property):
    def points(waits):
        every = range(1, waits + 1)
        return [(n,) for n in size(sorted(dice.sample(every, POINTS)), every)]

    sweep(run, ground, flow, points, record_property)


@pytest.mark.parametrize("flow", FLOWS)
def test_nor_does_it_on_postgresql(run, server, flow, size, dice, record_property):
    def points(waits):
        every = range(1, waits + 1)
        return [(n,) for n in size(dice.sample(every, 1), every)]

    sweep(run, server, flow, points, record_property)


@pytest.mark.parametrize("flow", FLOWS)
def test_two_or_three_deaths_lose_no_more(run, ground, flow, size, dice, record_property):
    """The second within what the first left to do."""

    def points(waits):
        return [_deaths(dice, waits) for _ in range(size(*TWICE_OR_THRICE))]

    sweep(run, ground, flow, points, record_property)


def _deaths(dice, waits):
    first = dice.randrange(1, waits)
    return (first, *(first + dice.randrange(1, 80) for _ in range(dice.choice((1, 2)))))


def test_points_are_all_that_a_process_waits_for(run, ground):
    """Every statement and commit, and every call to Telegram, is one at least; another one more."""
    _, fate = run(told(ground, FLOWS["accept"]))
    assert fate.waits > 100

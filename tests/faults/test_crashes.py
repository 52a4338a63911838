"""The process dies at any await and any commit of six flows: nothing is lost, and what was on its way to a chat comes
at most once more.
"""

from itertools import count

import pytest

from tests.faults.flows import FLOWS
from tests.faults.stories import judge, told

POINTS = 3  # of each flow, with every run of the tests; on PostgreSQL one of two flows
TWICE_OR_THRICE = (1, 84)  # runs of each flow with two or three deaths: five hundred in all


def killed(run, ground, flow, undisturbed, points, record_property):
    """`points`: at which waits a process dies, run by run; the first that nobody lives to ends it."""
    expected, waits = undisturbed
    runs = repeats = 0
    for deaths in points:
        this, fate = run(told(ground, flow, *deaths))
        if not fate.died:
            break
        try:
            repeats += judge(this, expected, fate.died)
        except AssertionError as error:
            raise AssertionError(f"died at {deaths}: {error}") from error
        runs += 1
    assert runs
    record_property("figures", f"{flow.__name__}: {waits} points, {runs} runs, 0 lost, {repeats} repeats")


def _every():
    return ((n,) for n in count(1))


def _some(dice, waits, number):
    return [(n,) for n in dice.sample(range(1, waits - 10), number)]


@pytest.mark.parametrize("flow", FLOWS)
def test_a_process_that_dies_at_any_point_loses_nothing(
    run, ground, flow, undisturbed, size, dice, record_property
):
    story = FLOWS[flow]
    points = size(_some(dice, undisturbed(story)[1], POINTS), _every())
    killed(run, ground, story, undisturbed(story), points, record_property)


def test_nor_does_it_on_postgresql(run, server, undisturbed, size, dice, record_property):
    for story in dice.sample(list(FLOWS.values()), size(2, len(FLOWS))):
        points = size(_some(dice, undisturbed(story)[1], 1), _every())
        killed(run, server, story, undisturbed(story), points, record_property)


@pytest.mark.parametrize("flow", FLOWS)
def test_two_or_three_deaths_lose_no_more(run, ground, flow, undisturbed, size, dice, record_property):
    """The second within what the first left to do."""
    story = FLOWS[flow]
    points = [_deaths(dice, undisturbed(story)[1]) for _ in range(size(*TWICE_OR_THRICE))]
    killed(run, ground, story, undisturbed(story), points, record_property)


def test_with_the_probe_nothing_that_has_buttons_comes_twice(
    run, ground, undisturbed, size, dice, record_property
):
    """DELIVERY_PROBE finds what has arrived by the number of its row, which its buttons hold."""
    for story in dice.sample(list(FLOWS.values()), size(2, len(FLOWS))):
        expected, waits = undisturbed(story)
        runs = repeats = 0
        for deaths in size(_some(dice, waits, POINTS), _every()):
            this, fate = run(told(ground, story, *deaths, probe=True))
            if not fate.died:
                break
            repeats += judge(this, expected, fate.died)
            twice = set(this.repeated(expected)) & this.buttoned
            assert not twice, f"{story.__name__}, died at {deaths}: {twice}"
            runs += 1
        record_property(
            "figures", f"{story.__name__}: {runs} runs, {repeats} repeats, of what has no buttons"
        )


def _deaths(dice, waits):
    first = dice.randrange(1, waits - 10)
    return (first, *(first + dice.randrange(1, 80) for _ in range(dice.choice((1, 2)))))


def test_there_are_at_least_four_hundred_points(undisturbed):
    assert sum(undisturbed(story)[1] for story in FLOWS.values()) >= 400

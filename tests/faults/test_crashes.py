"""The process dies at any await and any commit of six flows: nothing is lost, and what was on its way to a chat comes
at most once more.

POINTS: at how many waits of each flow, or `all`. DEATHS: in how many runs of each flow two or three die.
"""

from itertools import count

import pytest

from tests.faults.flows import FLOWS
from tests.faults.sizes import sized
from tests.faults.stories import judge, told

POINTS = sized("POINTS", 3)
POINTS_ON_POSTGRESQL = sized("POINTS", 1)
FLOWS_AT_ONCE = 2 if POINTS else len(FLOWS)
DEATHS = sized("DEATHS", 1)


def killed(run, ground, flow, undisturbed, points, report):
    """`points`: at which waits a process dies, run by run; the first that nobody lives to ends it. One that fails is
    said at once, and the others are tried all the same.
    """
    expected, waits = undisturbed
    runs, repeats, failed = 0, 0, []
    for deaths in points:
        this, fate = run(told(ground, flow, *deaths))
        if not fate.died:
            break
        try:
            repeats += judge(this, expected, fate.died, fate.in_doubt)
        except AssertionError as error:
            failed.append(f"{flow.__name__}, died at {deaths}: {error}")
            report(failed[-1])
        runs += 1
    assert runs
    assert not failed, "\n".join(failed)
    report(f"{flow.__name__}: {waits} points, {runs} runs, 0 lost, {repeats} repeats")


def _points(dice, waits, number):
    """So many, or one after the other until a story has no more."""
    if number is None:
        return ((n,) for n in count(1))
    return [(n,) for n in dice.sample(range(1, waits - 10), number)]


@pytest.mark.parametrize("flow", FLOWS)
def test_a_process_that_dies_at_any_point_loses_nothing(run, ground, flow, undisturbed, dice, report):
    story = FLOWS[flow]
    points = _points(dice, undisturbed(story)[1], POINTS)
    killed(run, ground, story, undisturbed(story), points, report)


def test_nor_does_it_on_postgresql(run, server, undisturbed, dice, report):
    for story in dice.sample(list(FLOWS.values()), FLOWS_AT_ONCE):
        points = _points(dice, undisturbed(story)[1], POINTS_ON_POSTGRESQL)
        killed(run, server, story, undisturbed(story), points, report)


@pytest.mark.parametrize("flow", FLOWS)
def test_two_or_three_deaths_lose_no_more(run, ground, flow, undisturbed, dice, report):
    """The second within what the first left to do."""
    story = FLOWS[flow]
    points = [_deaths(dice, undisturbed(story)[1]) for _ in range(DEATHS)]
    killed(run, ground, story, undisturbed(story), points, report)


def test_with_the_probe_nothing_that_has_buttons_comes_twice(run, ground, undisturbed, dice, report):
    """DELIVERY_PROBE finds what has arrived by the number of its row, which its buttons hold."""
    for story in dice.sample(list(FLOWS.values()), FLOWS_AT_ONCE):
        expected, waits = undisturbed(story)
        runs = repeats = 0
        for deaths in _points(dice, waits, POINTS):
            this, fate = run(told(ground, story, *deaths, probe=True))
            if not fate.died:
                break
            repeats += judge(this, expected, fate.died, fate.in_doubt)
            twice = set(this.repeated(expected)) & this.buttoned
            assert not twice, f"{story.__name__}, died at {deaths}: {twice}"
            runs += 1
        report(f"{story.__name__}: {runs} runs, {repeats} repeats, of what has no buttons")


def _deaths(dice, waits):
    first = dice.randrange(1, waits - 10)
    return (first, *(first + dice.randrange(1, 80) for _ in range(dice.choice((1, 2)))))


def test_there_are_at_least_four_hundred_points(undisturbed):
    assert sum(undisturbed(story)[1] for story in FLOWS.values()) >= 400

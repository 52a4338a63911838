"""The nth operation of the database fails, for each n until a story ends without: locked, full, broken, read-only, or
the answer to a commit is lost; for a moment, or for long. Afterwards all is as if nothing had been, and nobody repaired
anything.
"""

import asyncio
from itertools import count, product

import pytest

from tests.faults.flows import accept
from tests.faults.stories import judge, told_in_trouble
from tests.faults.trouble import COMMITS, KINDS, LASTS, HastyLoop, Trouble


@pytest.fixture
def run():
    with asyncio.Runner(loop_factory=HastyLoop) as runner:
        yield runner.run


def fails_everywhere(run, ground, undisturbed, kind, lasts, points, record_property):
    expected, _ = undisturbed(accept)
    runs = repeats = 0
    for n in points:
        trouble = Trouble(kind, n, (COMMITS if kind == "lost answer" else LASTS)[lasts])
        this = run(told_in_trouble(ground, accept, trouble))
        if not trouble.failed:
            break
        try:
            repeats += judge(this, expected, 0)
        except AssertionError as error:
            raise AssertionError(f"{kind}, {lasts}, from operation {n}: {error}") from error
        runs += 1
    record_property("figures", f"{kind}, {lasts}: {runs} runs, 0 lost, {repeats} repeats")


@pytest.mark.parametrize("lasts", LASTS)
@pytest.mark.parametrize("kind", KINDS)
def test_whichever_operation_fails_nothing_is_lost_or_half_done(
    run, ground, undisturbed, kind, lasts, size, dice, record_property
):
    fails_everywhere(run, ground, undisturbed, kind, lasts, size(_one(dice, kind), count(1)), record_property)


def test_nor_on_postgresql(run, server, undisturbed, size, dice, record_property):
    for kind, lasts in dice.sample(list(product(KINDS, LASTS)), size(2, len(KINDS) * len(LASTS))):
        points = size(_one(dice, kind), count(1))
        fails_everywhere(run, server, undisturbed, kind, lasts, points, record_property)


def _one(dice, kind):
    """The story has so many at least; commits are few."""
    return [dice.randrange(1, 10 if kind == "lost answer" else 100)]

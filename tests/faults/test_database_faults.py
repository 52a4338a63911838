"""The nth operation of the database fails, for each n until a story ends without: locked, full, broken, read-only, or
the answer to a commit is lost; for a moment, or for long. Afterwards all is as if nothing had been, and nobody repaired
anything.

OPERATIONS: `all`, or how many of them, drawn by chance.
"""

import asyncio
from itertools import count, product

import pytest

from tests.faults.flows import accept
from tests.faults.sizes import sized
from tests.faults.stories import judge, told_in_trouble
from tests.faults.trouble import COMMITS, KINDS, LASTS, HastyLoop, Trouble

OPERATIONS = sized("OPERATIONS", 1)
FAULTS = list(product(KINDS, LASTS))


@pytest.fixture
def run():
    with asyncio.Runner(loop_factory=HastyLoop) as runner:
        yield runner.run


def fails_everywhere(run, ground, undisturbed, kind, lasts, points, report):
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
    report(f"{kind}, {lasts}: {runs} runs, 0 lost, {repeats} repeats")


@pytest.mark.parametrize("lasts", LASTS)
@pytest.mark.parametrize("kind", KINDS)
def test_whichever_operation_fails_nothing_is_lost_or_half_done(
    run, ground, undisturbed, kind, lasts, dice, report
):
    fails_everywhere(run, ground, undisturbed, kind, lasts, _operations(dice, kind), report)


def test_nor_on_postgresql(run, server, undisturbed, dice, report):
    for kind, lasts in dice.sample(FAULTS, 2 if OPERATIONS else len(FAULTS)):
        fails_everywhere(run, server, undisturbed, kind, lasts, _operations(dice, kind), report)


def _operations(dice, kind):
    """The story has so many at least; commits are few."""
    if OPERATIONS is None:
        return count(1)
    return [dice.randrange(1, 10 if kind == "lost answer" else 100) for _ in range(OPERATIONS)]

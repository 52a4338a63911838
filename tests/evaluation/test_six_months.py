"""The simulation of silence runs, and its counts add up. What it finds is no rule of ours, and not tested."""

from collections import Counter

import pytest

from tests.evaluation.six_months import VARIANTS, Answering, Pair, SixMonths, compare

PLEDGES = 12


@pytest.fixture(scope="module")
def found():
    compared = compare([1], Answering(), PLEDGES)
    return {name: runs[0] for name, runs in compared.items()}


def test_every_pledge_is_counted_once_in_each_variant(found):
    assert set(found) == set(VARIANTS)
    for each in found.values():
        assert each.pairs.total() == PLEDGES
        assert 0 < each.answered <= each.asked
        assert 0 < each.messages <= each.asked


def test_only_what_is_switched_on_happens(found):
    assert found["asked once"].hints == found["asked again"].hints == 0
    assert found["asked once, hint"].hints > 0
    assert found["asked once"].asked == found["asked once, hint"].asked < found["asked again"].asked


@pytest.mark.parametrize(("rate", "pair"), [(0.999, Pair.BOTH), (0.001, Pair.SILENT)])
def test_where_everybody_answers_nobody_is_silent_and_the_other_way_round(rate, pair):
    answering = Answering(rate=rate, spread=100)
    run = SixMonths(1, again=True, hint=False, answering=answering, pledges=PLEDGES).run()
    assert run.pairs == Counter({pair: PLEDGES})


def test_the_same_seed_brings_the_same():
    once, again = (
        SixMonths(3, again=True, hint=True, answering=Answering(), pledges=4).run() for _ in range(2)
    )
    assert once == again

"""How many requests may be answered."""

from web.allowance import Allowance


def test_an_allowance_fills_up_again_and_no_further():
    now = [0.0]
    allowance = Allowance(2, 3, lambda: now[0])
    assert [allowance.take() for _ in range(4)] == [True, True, True, False]
    now[0] += 0.5
    assert [allowance.take() for _ in range(2)] == [True, False]
    now[0] += 60
    assert [allowance.take() for _ in range(4)] == [True, True, True, False]

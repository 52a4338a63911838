"""The other one of a pair."""

import pytest

from domain.pairs import other_of


@pytest.mark.parametrize(("me", "other"), [(1, 2), (2, 1)])
def test_the_other_is_whoever_i_am_not(me, other):
    assert other_of(1, 2, me) == other


def test_of_an_erased_counterpart_there_is_no_id():
    assert other_of(1, None, 1) is None
    assert other_of(None, 2, 2) is None


def test_a_stranger_has_no_counterpart():
    with pytest.raises(ValueError, match="neither"):
        other_of(1, None, 3)

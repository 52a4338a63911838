"""Small figures are told to nobody."""

import pytest

from domain.figures import told


@pytest.mark.parametrize(("number", "said"), [(0, None), (4, None), (5, 5), (300, 300)])
def test_nobody_is_told_how_many_below_five(number, said):
    assert told(number) == said

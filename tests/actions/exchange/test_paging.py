"""Lists at the desk, a page at a time."""

import pytest

from actions.exchange.paging import PAGE, on_page, pages


@pytest.mark.parametrize(("lines", "number"), [(0, 1), (1, 1), (PAGE, 1), (PAGE + 1, 2), (3 * PAGE, 3)])
def test_how_many_pages_there_are(lines, number):
    assert pages(lines) == number


def test_a_page_that_is_gone_is_the_last_one_now():
    listed = range(PAGE + 1)
    assert on_page(listed, 0) == (0, range(PAGE))
    assert on_page(listed, 7) == (1, range(PAGE, PAGE + 1))
    assert on_page([], 3) == (0, [])

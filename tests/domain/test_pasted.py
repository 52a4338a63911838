"""Pasted texts, which clients cut where a message ends."""

import pytest

from domain.pasted import belong_together, may_be_cut


@pytest.mark.parametrize(
    ("text", "cut"),
    [("a" * 4096, True), ("a" * 4000, True), ("a" * 3999, False), ("\N{SUNFLOWER}" * 2000, True)],
)
def test_only_a_text_as_long_as_a_message_may_go_on(text, cut):
    assert may_be_cut(text) is cut


@pytest.mark.parametrize(
    ("first", "then", "together"), [(100, 100, True), (100, 103, True), (100, 104, False), (100, 99, False)]
)
def test_parts_are_sent_one_right_after_the_other(first, then, together):
    assert belong_together(first, then) is together

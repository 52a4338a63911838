"""What a button can say."""

import pytest

from domain.button_data import LONGEST, is_well_spelt


@pytest.mark.parametrize(
    "data", ["help", "meet:12", "report:1:m1:running", "topic_pick:7:offer-talk", "a:" + "b" * 32]
)
def test_a_word_and_up_to_three_more(data):
    assert is_well_spelt(data)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "Help",
        "meet:",
        "meet:1:2:3:4",
        "meet:é",
        "meet: 1",
        "meet:1\n",
        "a:" + "b" * 33,
        "mutig!",
        "a" * 21,
    ],
)
def test_anything_else_is_none(data):
    assert not is_well_spelt(data)


def test_telegram_carries_64_bytes():
    longest = ":".join(("a" * 20, "b" * 32, "c" * 10))
    assert len(longest) == LONGEST
    assert is_well_spelt(longest)
    assert not is_well_spelt(longest + "c")

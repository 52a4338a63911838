"""What a button's data can hold besides what it means: the number of the row that its message was sent for."""

import pytest

from domain.button_data import LONGEST, is_well_spelt, marked, unmarked


@pytest.mark.parametrize("data", ["help", "pledge:7", "report:12:m1:done", "x" * 20])
def test_the_number_comes_off_again(data):
    assert unmarked(marked(data, 123456)) == (data, 123456)
    assert not is_well_spelt(marked(data, 1)), "only without it does it mean anything"


def test_where_there_is_no_room_the_data_stay_as_they_are():
    data = "x" * (LONGEST - 2)
    assert marked(data, 7) == f"{data}~7"
    assert marked(data, 77) == data


@pytest.mark.parametrize("data", ["help", "~7", "help~", "help~x", "help~-1", "help~²", ""])
def test_what_holds_none_is_left_alone(data):
    assert unmarked(data) == (data, None)

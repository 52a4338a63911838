"""The hour at which somebody wants to be asked, in their own words."""

from datetime import time

import pytest

from domain import nudging
from domain.nudging import HOURS, HourOutOfRange, read_hour


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("um 18 Uhr", 18), ("18", 18), ("18:00", 18), ("18.30 Uhr", 18), ("18h", 18), ("ab 19 Uhr", 19),
        ("8", 8), ("um 8 Uhr morgens", 8), ("um 6 abends", 18), ("bitte um 9", 9), ("9 Uhr bitte", 9),
        ("abends", 18), ("lieber abends", 18), ("Mittags.", 12), ("nach Feierabend", 18), ("wie bisher", 10),
        ("6 pm", 18), ("6pm", 18), ("8 am", 8), ("at 7 pm", 19), ("in the evening", 18), ("12", 12),
        ("Ana", None), ("morgen", None), ("um halb sieben", None), ("100", None), ("8 Hunde", None), ("", None),
    ],
)  # fmt: skip
def test_an_hour_in_words(words, hour):
    assert read_hour(words) == hour


@pytest.mark.parametrize("words", ["7 Uhr", "20 Uhr", "um 3", "0", "11 pm", "99"])
def test_nobody_is_asked_at_night(words):
    with pytest.raises(HourOutOfRange):
        read_hour(words)


def test_only_an_hour_in_the_evening_lasts_until_eight():
    assert {nudging.hour_of(hour): nudging.closes_for(nudging.hour_of(hour)) for hour in HOURS} == {
        **{time(hour): time(18) for hour in range(8, 18)},
        **{time(hour): time(20) for hour in (18, 19)},
    }
    assert nudging.hour_of(None) == time(10)

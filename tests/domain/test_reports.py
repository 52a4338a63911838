"""When a report is announced: its pledges are over, nobody can object any more, and their words are still there."""

from datetime import date, timedelta

import pytest

from domain.calendar import months_after
from domain.reports import TOLD_WITHIN, report_on
from domain.retention import SENT_KEPT, words_end_on


@pytest.mark.parametrize(
    ("day", "kept", "on"),
    [
        (date(2027, 1, 20), 90, date(2027, 8, 17)),
        (date(2026, 8, 31), 90, date(2027, 3, 28)),
        (date(2027, 1, 20), 1, date(2027, 7, 21)),
    ],
)
def test_the_day_is_four_weeks_after_the_last_usual_deadline_while_there_are_words(day, kept, on):
    assert report_on(day, kept) == on


@pytest.mark.parametrize("kept", [1, 14, 28, 90, 365])
@pytest.mark.parametrize("ahead", range(0, 365, 73))
def test_the_words_of_a_pledge_of_that_day_are_still_there(kept, ahead):
    day = date(2027, 1, 1) + timedelta(days=ahead)
    assert months_after(day, 6) < report_on(day, kept) < words_end_on(months_after(day, 6), kept)


def test_nobody_is_told_twice_because_it_was_forgotten_that_they_were():
    assert TOLD_WITHIN < SENT_KEPT

"""When the words of a pledge are deleted, and when people are told."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.retention import NOTICE, latest_ended, latest_noticed, notice_on, words_end_on

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
settings = st.integers(1, 365)


def test_words_are_kept_for_the_days_after_the_deadline():
    assert words_end_on(date(2027, 7, 20), 90) == date(2027, 10, 19)
    assert notice_on(date(2027, 7, 20), 90) == date(2027, 10, 4)


@given(days, days, settings)
def test_both_directions_of_the_rule_agree(deadline, today, kept):
    assert (deadline <= latest_ended(today, kept)) == (words_end_on(deadline, kept) <= today)
    assert (deadline <= latest_noticed(today, kept)) == (notice_on(deadline, kept) <= today)


@given(days, settings)
def test_the_notice_comes_two_weeks_before_the_last_day(deadline, kept):
    assert words_end_on(deadline, kept) - notice_on(deadline, kept) == NOTICE + timedelta(days=1)

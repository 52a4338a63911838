"""When people are asked about a pledge, and which deadlines may be chosen."""

from datetime import date, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import calendar, nudging
from domain.nudging import Period

BERLIN = ZoneInfo("Europe/Berlin")
ALL_MONTHS = [Period.M1, Period.M2, Period.M3, Period.M4, Period.M5]

days = st.dates(date(2026, 1, 1), date(2034, 12, 31))
lands = st.sampled_from([None, "BY", "BE", "SN", "NW"])


def planned(made_on, deadline, land=None, **more):
    return nudging.plan(made_on, deadline, zone=BERLIN, land=land, **more)


def schedule(*args, **more):
    return {
        one.period: one.due.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M") for one in planned(*args, **more)
    }


def test_half_a_year_has_five_months_and_the_deadline():
    assert schedule(date(2027, 1, 20), date(2027, 7, 20)) == {
        "w1": "2027-01-27 10:00",
        "m1": "2027-02-22 10:00",  # a Saturday
        "m2": "2027-03-22 10:00",  # a Saturday
        "m3": "2027-04-20 10:00",
        "m4": "2027-05-20 10:00",
        "m5": "2027-06-21 10:00",  # a Sunday
        "d14": "2027-07-06 10:00",
        "d3": "2027-07-16 10:00",  # 17 July is a Saturday: the day before
        "deadline": "2027-07-20 10:00",
    }


def test_the_end_of_august_clamps():
    assert schedule(date(2026, 8, 31), date(2027, 2, 28)) == {
        "w1": "2026-09-07 10:00",
        "m1": "2026-09-30 10:00",
        "m2": "2026-11-02 10:00",  # 31 October is a Saturday
        "m3": "2026-11-30 10:00",
        "m4": "2027-01-07 10:00",  # 31 December is quiet
        "m5": "2027-02-01 10:00",  # 31 January is a Sunday
        "d14": "2027-02-15 10:00",  # a Sunday
        "d3": "2027-02-25 10:00",
        "deadline": "2027-03-01 10:00",  # 28 February is a Sunday
    }


def test_a_month_in_the_quiet_time_waits_for_its_end():
    assert schedule(date(2026, 11, 24), date(2027, 5, 24))["m1"] == "2027-01-07 10:00"


def test_a_holiday_of_the_land_counts():
    made_on, deadline = date(2027, 4, 27), date(2027, 10, 27)
    assert schedule(made_on, deadline, land="BY")["m1"] == "2027-05-28 10:00"
    assert schedule(made_on, deadline, land="BE")["m1"] == "2027-05-27 10:00"


def test_the_hour_is_the_persons_own():
    due = schedule(date(2027, 1, 20), date(2027, 7, 20), hour=time(16, 30))
    assert {moment[-5:] for moment in due.values()} == {"16:30"}


@pytest.mark.parametrize(
    ("deadline", "planned_"),
    [
        (date(2027, 2, 20), "w1 d14 d3"),
        (date(2027, 2, 28), "w1 d14 d3"),
        (date(2027, 3, 12), "w1 d14 d3"),  # month 1 would be on 22 February, four days before the 26th
        (date(2027, 3, 15), "w1 m1 d14 d3"),
        (date(2027, 5, 20), "w1 m1 m2 m3 d14 d3"),
        (date(2028, 1, 20), "w1 m1 m2 m3 m4 m5 d14 d3"),
    ],
)
def test_short_pledges_leave_out_what_does_not_fit(deadline, planned_):
    found = [one.period for one in planned(date(2027, 1, 20), deadline)]
    assert found == [*planned_.split(), "deadline"]


def test_days_before_the_deadline_move_away_from_the_quiet_time():
    """Fourteen days before 20 January is the last quiet day; three days before the 7th, nobody is asked."""
    assert schedule(date(2027, 7, 20), date(2028, 1, 20))["d14"] == "2028-01-07 10:00"
    late = schedule(date(2027, 7, 7), date(2028, 1, 7))
    assert "d3" not in late
    assert late["d14"] == "2027-12-17 10:00"
    assert late["deadline"] == "2028-01-07 10:00"


def test_periods_are_stable_words():
    assert [period.value for period in Period] == [
        "w1", "m1", "m2", "m3", "m4", "m5", "d14", "d3", "deadline",
    ]  # fmt: skip


@given(days, st.integers(1, 12), lands, st.sampled_from([time(8), time(10), time(17, 59)]))
def test_every_question_falls_into_office_hours(made_on, months, land, hour):
    deadline = nudging.deadline_for(made_on, months)
    due = [one.due for one in planned(made_on, deadline, land, hour=hour)]
    assert due == sorted(set(due))
    assert all(calendar.office_hours(moment, BERLIN, land) == moment for moment in due)
    assert {moment.astimezone(BERLIN).time() for moment in due} == {hour}
    assert made_on < due[0].astimezone(BERLIN).date()
    assert due[-1].astimezone(BERLIN).date() >= deadline
    *before, _ = (moment.astimezone(BERLIN).date() for moment in due)
    assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(before))


@given(days, lands)
def test_half_a_year_always_has_its_first_questions_and_its_last(made_on, land):
    deadline = nudging.deadline_for(made_on)
    found = [one.period for one in planned(made_on, deadline, land)]
    assert set(found) >= {*ALL_MONTHS[1:3], Period.DEADLINE}
    assert {Period.WEEK1, Period.M1} & set(found)
    assert found == sorted(found, key=nudging.in_order)


@pytest.mark.parametrize(
    ("made_on", "deadline"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 1, 20), date(2027, 7, 20)),
        (date(2027, 2, 17), date(2027, 8, 17)),
        (date(2026, 6, 19), date(2026, 12, 19)),
        (date(2026, 6, 20), date(2027, 1, 7)),
        (date(2026, 7, 6), date(2027, 1, 7)),
        (date(2026, 7, 7), date(2027, 1, 7)),
        (date(2028, 6, 30), date(2029, 1, 8)),  # 7 January is a Sunday
    ],
)
def test_the_deadline_is_half_a_year_on_and_never_quiet(made_on, deadline):
    assert nudging.deadline_for(made_on) == deadline


@pytest.mark.parametrize(
    ("today", "weeks", "day"),
    [
        (date(2027, 4, 12), 2, date(2027, 4, 26)),
        (date(2026, 12, 5), 2, date(2026, 12, 19)),
        (date(2026, 12, 11), 2, date(2027, 1, 7)),  # not on 25 December
        (date(2026, 12, 4), 4, date(2027, 1, 7)),
        (date(2027, 12, 12), 4, date(2028, 1, 9)),
    ],
)
def test_a_talk_is_proposed_some_weeks_on_and_never_in_the_quiet_time(today, weeks, day):
    assert nudging.talk_for(today, weeks) == day


@pytest.mark.parametrize(
    ("agreed_on", "too_late"),
    [
        (date(2027, 4, 12), False),
        (date(2027, 9, 14), False),  # four weeks are left
        (date(2027, 9, 15), True),
        (date(2027, 10, 11), True),
        (date(2027, 10, 12), True),
        (date(2027, 10, 13), True),
    ],
)
def test_a_yes_is_too_late_when_less_than_four_weeks_are_left(agreed_on, too_late):
    assert nudging.is_too_late(agreed_on, date(2027, 10, 12), written_on=date(2027, 4, 12)) is too_late


def test_a_month_is_long_enough_if_the_answer_comes_within_a_week():
    written_on, deadline = date(2027, 2, 1), date(2027, 3, 1)
    assert not nudging.is_too_late(date(2027, 2, 8), deadline, written_on=written_on)
    assert nudging.is_too_late(date(2027, 2, 9), deadline, written_on=written_on)


@pytest.mark.parametrize("day", [date(2027, 2, 28), date(2027, 7, 31), date(2028, 1, 31), date(2027, 12, 24)])
def test_one_to_twelve_months_are_allowed(day):
    nudging.check_deadline(date(2027, 1, 31), day)


@pytest.mark.parametrize("day", [date(2027, 1, 31), date(2027, 2, 27), date(2028, 2, 1), date(2026, 7, 1)])
def test_other_deadlines_are_not(day):
    with pytest.raises(nudging.DeadlineOutOfRange) as refused:
        nudging.check_deadline(date(2027, 1, 31), day)
    assert isinstance(refused.value, ValueError)
    assert (refused.value.earliest, refused.value.latest) == (date(2027, 2, 28), date(2028, 1, 31))


@given(days, st.integers(1, 12))
def test_what_is_proposed_is_allowed(made_on, months):
    nudging.check_deadline(made_on, nudging.deadline_for(made_on, months))


def test_the_questions_of_a_pledge_have_an_order():
    assert sorted(set(Period), key=nudging.in_order) == list(Period)
    assert nudging.earlier_than(Period.WEEK1) == ()
    assert nudging.earlier_than(Period.M3) == (Period.WEEK1, Period.M1, Period.M2)
    assert nudging.earlier_than(Period.DEADLINE) == tuple(Period)[:-1]


@pytest.mark.parametrize(
    ("planned", "due", "current"),
    [
        ((), (), None),
        ((Period.DEADLINE, Period.M2, Period.M1), (), Period.M1),
        ((Period.M1, Period.M2, Period.DEADLINE), (Period.M2, Period.M1), Period.M2),
        ((Period.DEADLINE,), (Period.DEADLINE,), Period.DEADLINE),
    ],
)
def test_an_answer_counts_for_the_latest_question_due(planned, due, current):
    assert nudging.current(planned, due) is current


@pytest.mark.parametrize(
    ("made_on", "land", "day"),
    [
        (date(2027, 4, 12), None, date(2027, 4, 14)),  # Monday: Tuesday has to pass
        (date(2027, 4, 16), None, date(2027, 4, 20)),  # Friday
        (date(2027, 4, 17), None, date(2027, 4, 20)),  # Saturday
        (date(2027, 3, 25), None, date(2027, 3, 31)),  # before Easter
        (date(2027, 5, 26), "BY", date(2027, 5, 31)),  # before Corpus Christi, a holiday there
        (date(2027, 5, 26), "BE", date(2027, 5, 28)),
        (date(2026, 12, 18), None, date(2027, 1, 8)),  # before the quiet time
    ],
)
def test_a_whole_working_day_passes_before_anybody_is_asked_to_begin(made_on, land, day):
    assert nudging.begin_on(made_on, land) == day


@pytest.mark.parametrize(
    ("today", "deadline", "offered"),
    [
        (date(2027, 4, 14), date(2027, 10, 12), (date(2027, 4, 21), date(2027, 4, 28))),
        (date(2027, 3, 22), date(2027, 9, 20), (date(2027, 3, 30), date(2027, 4, 5))),  # Easter Monday
        (date(2027, 4, 14), date(2027, 4, 24), (date(2027, 4, 21),)),
        (date(2026, 12, 14), date(2027, 6, 14), (date(2027, 1, 7),)),
    ],
)
def test_the_days_offered_to_begin_with_are_working_days_before_the_deadline(today, deadline, offered):
    assert nudging.days_to_begin(today, deadline, None) == offered

"""Days and instants: months, holidays, office hours, summer time, the quiet time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import calendar

BERLIN = ZoneInfo("Europe/Berlin")
LAENDER = ["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"]

days = st.dates(date(2025, 1, 1), date(2035, 12, 31))
lands = st.sampled_from([None, *LAENDER])
moments = st.datetimes(datetime(2025, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 6, 15), 0, date(2026, 6, 15)),
        (date(2026, 6, 15), 7, date(2027, 1, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_clamp_to_the_end(day, months, then):
    assert calendar.months_after(day, months) == then


@pytest.mark.parametrize(
    ("day", "land", "free"),
    [
        (date(2027, 10, 3), None, True),  # Tag der Deutschen Einheit
        (date(2027, 3, 26), None, True),  # Karfreitag
        (date(2027, 1, 6), None, False),  # Heilige Drei Könige
        (date(2027, 1, 6), "BY", True),
        (date(2027, 1, 6), "BE", False),
        (date(2027, 5, 27), "NW", True),  # Fronleichnam
        (date(2027, 5, 27), "HH", False),
        (date(2027, 3, 8), "BE", True),  # Frauentag
        (date(2027, 11, 17), "SN", True),  # Buß- und Bettag
        (date(2027, 12, 24), None, False),
    ],
)
def test_holidays_are_nationwide_or_of_the_land(day, land, free):
    assert calendar.public_holiday(day, land) is free


@pytest.mark.parametrize("land", LAENDER)
def test_every_land_is_known(land):
    assert calendar.public_holiday(date(2027, 5, 1), land)


def test_an_unknown_land_is_an_error():
    with pytest.raises(NotImplementedError):
        calendar.public_holiday(date(2027, 5, 1), "XX")


@pytest.mark.parametrize(
    ("day", "is_quiet"),
    [
        (date(2026, 12, 19), False),
        (date(2026, 12, 20), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 6), True),
        (date(2027, 1, 7), False),
    ],
)
def test_the_quiet_time(day, is_quiet):
    assert calendar.quiet(day) is is_quiet


def test_after_the_quiet_time_comes_the_next_working_day():
    assert calendar.asking_day(date(2026, 12, 21), None) == date(2027, 1, 7)
    assert calendar.asking_day(date(2027, 12, 20), None) == date(2028, 1, 7)
    assert calendar.asking_day(date(2028, 12, 20), None) == date(2029, 1, 8)  # the 7th is a Sunday


def test_summer_time_does_not_move_the_hour():
    assert calendar.instant(date(2027, 3, 27), time(10), BERLIN) == datetime(2027, 3, 27, 9, tzinfo=UTC)
    assert calendar.instant(date(2027, 3, 28), time(10), BERLIN) == datetime(2027, 3, 28, 8, tzinfo=UTC)
    assert calendar.instant(date(2027, 10, 31), time(10), BERLIN) == datetime(2027, 10, 31, 9, tzinfo=UTC)


def test_a_skipped_time_is_later_and_a_doubled_one_the_first():
    assert calendar.instant(date(2027, 3, 28), time(2, 30), BERLIN) == at("2027-03-28T03:30")
    doubled = time(2, 30, fold=1)
    assert calendar.instant(date(2027, 10, 31), doubled, BERLIN) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "land", "then"),
    [
        ("2027-06-08T08:00", None, "2027-06-08T08:00"),
        ("2027-06-08T17:59:59", None, "2027-06-08T17:59:59"),
        ("2027-06-08T07:59:59", None, "2027-06-08T10:00"),
        ("2027-06-08T00:00", None, "2027-06-08T10:00"),
        ("2027-06-08T18:00", None, "2027-06-09T10:00"),
        ("2027-06-11T18:00", None, "2027-06-14T10:00"),
        ("2027-06-12T12:00", None, "2027-06-14T10:00"),
        ("2027-05-27T12:00", "BY", "2027-05-28T10:00"),
        ("2027-05-27T12:00", "BE", "2027-05-27T12:00"),
        ("2027-05-27T06:00", "BY", "2027-05-28T10:00"),
        ("2027-03-25T19:00", None, "2027-03-30T10:00"),  # Easter and summer time in between
        ("2026-12-22T12:00", None, "2027-01-07T10:00"),
        ("2026-12-18T18:30", None, "2027-01-07T10:00"),
    ],
)
def test_office_hours(moment, land, then):
    assert calendar.office_hours(at(moment), BERLIN, land) == at(then)


@pytest.mark.parametrize(
    ("moment", "land", "then"),
    [
        (
            "2027-06-08T09:59:59",
            None,
            "2027-06-08T10:00",
        ),  # due at night: not with the first minute of office hours
        ("2027-06-08T07:00", None, "2027-06-08T10:00"),
        ("2027-06-08T10:00", None, "2027-06-08T10:00"),
        ("2027-06-08T17:59:59", None, "2027-06-08T17:59:59"),
        ("2027-06-08T18:00", None, "2027-06-09T10:00"),
        ("2027-06-11T20:00", None, "2027-06-14T10:00"),
        ("2027-05-27T12:00", "BY", "2027-05-28T10:00"),
        ("2028-08-15T10:00", "BY", "2028-08-16T10:00"),
    ],
)
def test_questions_are_asked_from_ten_to_six(moment, land, then):
    assert calendar.asking_hours(at(moment), BERLIN, land) == at(then)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2027-06-12T03:00", "2027-06-12T08:00"),  # a Saturday is a day, too
        ("2027-06-12T08:00", "2027-06-12T08:00"),
        ("2027-06-12T17:59:59", "2027-06-12T17:59:59"),
        ("2027-06-12T18:00", "2027-06-13T08:00"),
        ("2027-03-28T00:05", "2027-03-28T08:00"),  # the clocks go forward that night
    ],
)
def test_the_clock_tells_nothing_at_night(moment, then):
    assert calendar.by_day(at(moment), BERLIN) == at(then)


def test_a_later_end_of_the_day():
    late = at("2027-06-12T21:00")
    assert calendar.by_day(late, BERLIN, until=time(22)) == late


@pytest.mark.parametrize(
    ("day", "land", "free"),
    [
        (date(2028, 8, 15), "BY", True),  # Mariä Himmelfahrt in most communities
        (date(2028, 8, 15), "SL", True),
        (date(2028, 8, 15), "BW", False),
        (date(2028, 8, 15), None, False),
        (date(2028, 8, 8), "BY", True),  # the Peace Festival in Augsburg
        (date(2028, 8, 8), "SN", False),
        (date(2028, 6, 15), "SN", True),  # Fronleichnam in a few communities
        (date(2028, 6, 15), "TH", True),
        (date(2027, 5, 27), "TH", True),
        (date(2028, 6, 15), "BB", False),
        (date(2028, 6, 15), None, False),
    ],
)
def test_a_holiday_of_a_part_of_the_land_is_none_to_ask_on(day, land, free):
    assert calendar.working_day(day, land) is not free


@given(moments, lands)
def test_office_hours_hold_everywhere(moment, land):
    then = calendar.office_hours(moment, BERLIN, land)
    local = then.astimezone(BERLIN)
    assert then.utcoffset() == timedelta(0)
    assert moment <= then < moment + timedelta(days=25)
    assert calendar.working_day(local.date(), land)
    assert not calendar.quiet(local.date())
    assert time(8) <= local.time() < time(18)
    assert calendar.office_hours(then, BERLIN, land) == then


@pytest.mark.parametrize(
    ("asked", "later"),
    [
        ("2027-04-12T10:30", "2027-04-13T10:30"),
        ("2027-04-12T06:00", "2027-04-13T08:00"),
        ("2027-04-12T17:59", "2027-04-13T17:59"),
        ("2027-04-12T18:00", "2027-04-14T08:00"),
        ("2027-05-14T15:00", "2027-05-18T15:00"),  # Whit Monday lies between
        ("2027-05-15T12:00", "2027-05-19T08:00"),
        ("2026-12-18T12:00", "2027-01-07T12:00"),  # the quiet time, too
        ("2027-03-25T09:00", "2027-03-30T09:00"),  # Easter, and the change to summer time
    ],
)
def test_a_working_day_later(asked, later):
    assert calendar.working_day_later(at(asked), BERLIN) == at(later)


def test_the_day_ends_at_local_midnight():
    assert calendar.end_of_day(at("2027-03-28T01:00"), BERLIN) == at("2027-03-29T00:00")
    assert calendar.end_of_day(at("2027-03-28T00:00"), BERLIN) == at("2027-03-29T00:00")
    assert calendar.end_of_day(datetime(2027, 6, 8, 22, 30, tzinfo=UTC), BERLIN) == at("2027-06-10T00:00")


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2026, 8, 31), date(2027, 2, 28), 6),
        (date(2026, 6, 29), date(2027, 1, 7), 6),
        (date(2026, 6, 7), date(2027, 1, 7), 7),
        (date(2026, 7, 9), date(2027, 1, 7), 6),
        (date(2026, 7, 20), date(2027, 1, 7), 6),
        (date(2026, 7, 26), date(2027, 1, 7), 5),
        (date(2027, 1, 20), date(2027, 1, 20), 0),
    ],
)
def test_months_between_two_days_as_people_say_them(since, until, months):
    assert calendar.months_apart(since, until) == months


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2027, 7, 1, 21, 59, tzinfo=UTC), date(2027, 7, 1)),
        (datetime(2027, 7, 1, 22, tzinfo=UTC), date(2027, 7, 2)),
        (datetime(2027, 1, 1, 22, 59, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2027, 1, 1, 23, tzinfo=UTC), date(2027, 1, 2)),
    ],
)
def test_a_moment_falls_on_the_local_day(moment, day):
    assert calendar.local_day(moment, BERLIN) == day


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2028, date(2028, 4, 16)),
        (1950, None),
        (2199, None),
    ],
)
def test_easter(year: int, sunday: date | None) -> None:
    assert calendar.easter_sunday(year) == sunday

"""How many people may ask whom, how long a question may be answered, where people meet."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.meeting import MP_CAP, TABLES, afterwards_on, conversations_left, expiry, table
from domain.roles import Role

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2027, 4, 12)


@pytest.mark.parametrize(("asked", "left"), [(0, MP_CAP), (MP_CAP - 1, 1), (MP_CAP, 0), (MP_CAP + 2, 0)])
def test_an_mp_is_asked_for_a_few_conversations(asked, left):
    assert conversations_left(Role.MP, asked) == left


@pytest.mark.parametrize("role", [role for role in Role if not role.is_mp])
def test_nobody_else_has_a_cap(role):
    assert conversations_left(role, 100) is None


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("asked_at", "expires_at"),
    [
        ("2027-04-12T00:00", "2027-04-12T21:00"),
        ("2027-04-12T20:59", "2027-04-12T21:00"),
        ("2027-04-12T21:00", "2027-04-13T00:00"),
        ("2027-04-12T23:59", "2027-04-13T00:00"),
        ("2027-04-11T23:59", "2027-04-18T23:59"),
        ("2027-04-13T00:00", "2027-04-20T00:00"),
    ],
)
def test_a_question_expires_in_the_evening_of_the_day_or_after_a_week(asked_at, expires_at):
    assert expiry(local(asked_at), DAY, BERLIN) == local(expires_at)


@pytest.mark.parametrize(("tables", "numbers"), [(TABLES, set(range(1, TABLES + 1))), (1, {1}), (0, {None})])
def test_a_pair_is_sent_to_one_of_the_tables(tables, numbers):
    assert {table(number, tables) for number in range(100)} == numbers


@pytest.mark.parametrize(
    ("day", "land", "asked_on"),
    [
        (date(2027, 4, 12), None, date(2027, 4, 13)),
        (date(2027, 4, 16), None, date(2027, 4, 19)),  # a Friday
        (date(2027, 5, 26), "BY", date(2027, 5, 28)),  # before Corpus Christi
        (date(2027, 5, 26), "BE", date(2027, 5, 27)),
        (date(2026, 12, 19), None, date(2027, 1, 7)),  # before the quiet time
    ],
)
def test_people_are_asked_whether_they_met_on_the_next_day_they_may_be_asked_on(day, land, asked_on):
    assert afterwards_on(day, land) == asked_on

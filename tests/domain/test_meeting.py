"""How many people may ask whom, how long a question may be answered, where people meet."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.meeting import MP_CAP, TABLES, conversations_left, expiry, table
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


def test_a_pair_is_sent_to_one_of_the_tables():
    assert {table(number) for number in range(100)} == set(range(1, TABLES + 1))

"""What loaded rows say about a person."""

from datetime import timedelta

import pytest

from db.models import Membership, Person
from tests.world import STARTS_AT

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("memberships", "present"),
    [
        ((), None),
        (((7, 0),), 7),
        (((7, 0), (3, 1)), 3),
        (((7, 2), (3, 1)), 7),  # joined again: the order in which rows were loaded says nothing
        (((7, 1), (3, 1)), 7),
    ],
)
def test_the_present_workshop_is_the_one_joined_last(memberships, present):
    joined = [
        Membership(workshop_id=number, joined_at=STARTS_AT + hours * HOUR) for number, hours in memberships
    ]
    assert Person(memberships=joined).present_workshop_id == present

"""What people call themselves, and which role that is; where it is in doubt, none: a tap settles it."""

import csv
from pathlib import Path

import pytest

from domain.roles import Role
from domain.roles_said import role_named

with (Path(__file__).parent / "roles_said.tsv").open(encoding="utf-8", newline="") as file:
    SAID = [
        (row["said"], Role(row["role"]) if row["role"] else None)
        for row in csv.DictReader(file, delimiter="\t")
    ]


@pytest.mark.parametrize(("said", "role"), SAID)
def test_the_role_that_is_meant(said, role):
    assert role_named(said) is role


def test_every_role_is_in_the_table():
    assert {role for _, role in SAID} == {*Role, None}

"""Nobody's political party is stored, and nobody can be looked for, chosen or listed by it."""

import dataclasses
import re

import pytest

from db.models import Base
from domain.audience import Facet
from domain.guest_lists import GuestRow
from domain.outcomes.matching import Card
from domain.participants import Participant, Standing

_PARTY = re.compile(r"partei|fraktion|faction|caucus|party", re.IGNORECASE)


def test_no_column_is_about_it():
    """A party of a pledge is one of its two people."""
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    named = [column for column in columns if _PARTY.search(column.key)]
    strays = [
        str(each) for each in named if {key.column.table.name for key in each.foreign_keys} != {"persons"}
    ]
    assert strays == []
    assert named, "the search finds what is called so"


# What people are described by where they are looked for, suggested, listed or chosen. Whatever is new is asked here
# whether it tells a party.
DESCRIBED = {
    Participant: {"id", "name", "place", "land", "topics"},
    GuestRow: {"name", "organisation", "place", "land", "role"},
    Card: {"name", "role", "confirmed", "organisation", "place", "land", "speaks_english"},
}


@pytest.mark.parametrize("kind", DESCRIBED, ids=lambda kind: kind.__name__)
def test_nobody_is_described_by_it(kind):
    assert {each.name for each in dataclasses.fields(kind)} == DESCRIBED[kind]


def test_nobody_is_chosen_or_narrowed_down_by_it():
    assert {*Facet} == {"workshop", "role", "land", "topic", "pledges", "profile", "silence"}
    assert {*Standing} == {"unfinished", "no_topics", "waiting", "unreachable", "promised", "silent"}

"""Whom the team finds by a name, a place or a topic typed in haste."""

import pytest

from domain.participants import MOST, Participant, search

ANA = Participant(1, "Ana Keller", "Köln", "NW", {"ehrenamt"})
BEN = Participant(2, "Ben Albrecht", "Frankfurt am Main", "HE", {"wohnen"})
CEM = Participant(3, "Cem Demir", "Bonn", "NW", set())


@pytest.mark.parametrize(
    ("typed", "topics", "found"),
    [
        ("keller", (), [1]),
        ("Ana Kelller", (), [1]),
        ("Koeln", (), [1]),
        ("koln", (), [1]),
        ("Frankfurt", (), [2]),
        ("Frankfrut am Main", (), [2]),
        ("Nordrhein-Westfalen", (), [1, 3]),
        ("Hessen", (), [2]),
        ("Ehrenamt", {"ehrenamt"}, [1]),
        ("Bonn", {"wohnen"}, [3, 2]),
        ("Aachen", (), []),
        ("x", (), []),
    ],
)
def test_words_are_a_name_a_place_or_a_topic(typed, topics, found):
    assert search(typed, [ANA, BEN, CEM], set(topics)) == found


def test_more_are_found_than_in_any_other_search_and_still_not_everybody():
    many = [Participant(n, "Ana Keller", "Bonn", "NW", set()) for n in range(MOST + 10)]
    assert len(search("Keller", many, set())) == MOST

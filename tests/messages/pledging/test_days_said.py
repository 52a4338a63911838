"""Days as the bot says them: with the year only if without it one day could be taken for another."""

from datetime import date

import pytest

from domain.nudging import deadline_for
from domain.voice import Voice
from messages.catalogue import words
from messages.pledging.drafting import MONTHS

TODAY = date(2027, 1, 20)


@pytest.mark.parametrize(
    ("day", "german", "english"),
    [
        (TODAY, "20. Januar", "20 January"),
        (date(2027, 7, 20), "20. Juli", "20 July"),
        (date(2027, 11, 20), "20. November", "20 November"),
        (date(2027, 11, 21), "21. November 2027", "21 November 2027"),
        (date(2028, 1, 20), "20. Januar 2028", "20 January 2028"),
        (date(2026, 12, 31), "31. Dezember", "31 December"),
        (date(2026, 3, 20), "20. März", "20 March"),
        (date(2026, 3, 19), "19. März 2026", "19 March 2026"),
        (date(2025, 1, 20), "20. Januar 2025", "20 January 2025"),
    ],
)
def test_the_year_is_said_from_more_than_ten_months_away(day, german, english):
    assert words(Voice.DU, TODAY).day(day) == words(Voice.SIE, TODAY).day(day) == german
    assert words(Voice.EN, TODAY).day(day) == english


@pytest.mark.parametrize(
    ("day", "german", "english"),
    [
        (date(2027, 7, 20), "20. Juli", "20 July"),
        (date(2027, 12, 1), "1. Dezember 2027", "1 December 2027"),
        (date(2028, 1, 7), "7. Januar 2028", "7 January 2028"),
    ],
)
def test_a_day_agreed_on_has_its_year_unless_it_is_this_one(day, german, english):
    assert words(Voice.DU, TODAY).due(day) == words(Voice.SIE, TODAY).due(day) == german
    assert words(Voice.EN, TODAY).due(day) == english
    october = date(2027, 10, 20)
    assert words(Voice.DU, october).due(date(2028, 1, 7)) == "7. Januar 2028"
    assert words(Voice.DU, october).due(date(2027, 12, 1)) == "1. Dezember"


def test_of_the_months_that_can_be_tapped_only_a_year_needs_its_year():
    for ordinal in range(date(2027, 1, 1).toordinal(), date(2029, 1, 1).toordinal()):
        today = date.fromordinal(ordinal)
        with_year = [
            months
            for months in MONTHS
            if words(Voice.EN, today).day(deadline_for(today, months)).split()[-1].isdecimal()
        ]
        assert with_year == [12], today

"""When parliaments sit and schools are closed: what is shipped, and what replaces it."""

from datetime import date, timedelta

import pytest

from domain.places.laender import LAENDER
from domain.terms import Term, TermKind, Terms, shipped

SITTING, SCHOOL = TermKind.SITTING, TermKind.SCHOOL


@pytest.mark.parametrize(
    ("land", "day", "closed"),
    [
        ("BW", date(2026, 7, 29), False),
        ("BW", date(2026, 7, 30), True),
        ("BW", date(2026, 9, 12), True),
        ("BW", date(2026, 9, 13), False),
        ("BE", date(2026, 7, 30), True),
        (None, date(2026, 8, 10), False),
    ],
)
def test_school_holidays_are_those_of_the_land(land, day, closed):
    assert shipped().school_holidays(day, land) is closed


def test_all_laender_have_school_holidays_in_every_summer():
    for year in range(2027, 2031):
        days = [date(year, 6, 20) + timedelta(days=number) for number in range(90)]
        assert all(shipped().in_school_holidays(days, land) for land in LAENDER)


@pytest.mark.parametrize(
    ("days", "land", "unfair"),
    [
        ((date(2027, 7, 22), date(2027, 7, 29)), "BW", True),  # the follow-up came on the first day
        ((date(2027, 7, 21), date(2027, 7, 28)), "BW", False),
        ((date(2027, 7, 22), date(2027, 7, 29)), None, False),
        ((), "BW", False),
    ],
)
def test_a_question_in_school_holidays_says_nothing_about_whoever_did_not_answer(days, land, unfair):
    assert shipped().in_school_holidays(days, land) is unfair


@pytest.mark.parametrize(
    ("day", "land", "sits"),
    [
        (date(2026, 1, 12), None, True),  # a Monday
        (date(2026, 1, 18), None, True),  # the Sunday of that week
        (date(2026, 1, 19), None, False),
        (date(2026, 1, 12), "BY", True),
        (date(2027, 2, 22), None, False),  # not known
    ],
)
def test_the_bundestag_sits_for_whole_weeks(day, land, sits):
    assert shipped().sitting(day, land) is sits


def test_of_a_land_its_parliament_counts_too_once_it_is_known():
    day = date(2027, 2, 24)
    known = shipped().replaced_by([Term(SITTING, "BY", day, day)])
    assert known.landtag_known("BY")
    assert not known.landtag_known("BE")
    assert not known.landtag_known(None)
    assert [known.sitting(day, land) for land in ("BY", "BE", None)] == [True, False, False]


def test_newer_terms_replace_those_of_the_same_kind_and_land_from_their_first_day_to_their_last():
    old = Terms({}).replaced_by(
        [
            Term(SCHOOL, "BE", date(2027, 2, 1), date(2027, 2, 6)),
            Term(SCHOOL, "BE", date(2027, 7, 1), date(2027, 7, 31)),
            Term(SCHOOL, "BE", date(2027, 10, 11), date(2027, 10, 20)),
            Term(SCHOOL, "BB", date(2027, 7, 1), date(2027, 7, 31)),
        ]
    )
    new = old.replaced_by(
        [
            Term(SCHOOL, "BE", date(2027, 3, 22), date(2027, 4, 2)),
            Term(SCHOOL, "BE", date(2027, 8, 1), date(2027, 9, 10)),
        ]
    )
    closed = [
        new.school_holidays(date(2027, month, day), "BE")
        for month, day in ((2, 3), (3, 25), (7, 10), (8, 10), (10, 12))
    ]
    assert closed == [True, True, False, True, True]
    assert new.school_holidays(date(2027, 7, 10), "BB")

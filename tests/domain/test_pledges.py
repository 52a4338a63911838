"""Which answers each side is offered, and when a silence is over."""

from datetime import date

import pytest

from domain.pledges import AT_DEADLINE, Acts, Side, Status, answers, closes_on, side


@pytest.mark.parametrize(
    ("acts", "author", "partner"),
    [
        (Acts.AUTHOR, Side.PROMISER, Side.COUNTERPART),
        (Acts.PARTNER, Side.COUNTERPART, Side.PROMISER),
        (Acts.BOTH, Side.PROMISER, Side.PROMISER),
    ],
)
def test_who_acts_is_asked_how_it_stands(acts: Acts, author: Side, partner: Side) -> None:
    assert side(acts, is_author=True) is author
    assert side(acts, is_author=False) is partner


def test_at_the_deadline_both_have_the_same_answers() -> None:
    assert answers(Side.PROMISER, at_deadline=True) == answers(Side.COUNTERPART, at_deadline=True)
    assert answers(Side.PROMISER, at_deadline=True)[0] == AT_DEADLINE


def test_only_the_counterpart_is_asked_what_arrives() -> None:
    assert Status.MOVING in answers(Side.COUNTERPART, at_deadline=False)[0]
    assert Status.MOVING not in answers(Side.PROMISER, at_deadline=False)[0]


@pytest.mark.parametrize(
    ("asked", "closes"),
    [
        (date(2027, 5, 12), date(2027, 5, 26)),
        (date(2027, 5, 1), date(2027, 5, 18)),  # 15 May is a Saturday, and Monday is Whit Monday
        (date(2026, 12, 10), date(2027, 1, 7)),  # nobody is told around New Year
    ],
)
def test_a_silence_is_over_after_fourteen_days_on_a_working_day(asked: date, closes: date) -> None:
    assert closes_on(asked) == closes

"""Until when a question can be put off, and how people say so."""

from datetime import date

import pytest

from domain.nudging import Snooze, read_snooze, snooze_until, snoozes
from domain.roles import Role
from domain.terms import Term, TermKind, shipped

KNOWN = shipped().replaced_by(
    [
        Term(TermKind.SITTING, "BT", date(2027, 4, 19), date(2027, 4, 23)),
        Term(TermKind.SITTING, "BT", date(2027, 4, 26), date(2027, 4, 30)),
        Term(TermKind.SITTING, "BY", date(2027, 6, 14), date(2027, 6, 18)),
    ]
)
ALL = tuple(Snooze)


@pytest.mark.parametrize(
    ("today", "role", "land", "until"),
    [
        (date(2027, 4, 12), Role.MP, "BE", date(2027, 5, 3)),  # from next week on, for two weeks
        (date(2027, 4, 11), Role.MP, "BE", None),  # a Sunday: not before the week after next
        (date(2027, 4, 30), Role.OFFICE, None, date(2027, 5, 3)),
        (date(2027, 4, 20), Role.TOWN_HALL, "BE", None),
        (date(2027, 4, 20), Role.TOWN_HALL, "BY", date(2027, 5, 3)),  # their Landtag's weeks are known
        (date(2027, 6, 15), Role.MP, "BY", date(2027, 6, 21)),
        (date(2027, 6, 15), Role.MP, "BE", None),
        (date(2027, 5, 4), Role.MP, "BE", None),
    ],
)
def test_after_the_sitting_week_is_the_first_day_to_ask_on(today, role, land, until):
    assert snooze_until(Snooze.SITTING, today, land, role, KNOWN) == until


@pytest.mark.parametrize(
    ("days_left", "role", "offered"),
    [
        (90, Role.MP, ALL),
        (90, Role.OTHER, (Snooze.WEEK, Snooze.TWO_WEEKS)),
        (21, Role.MP, (Snooze.WEEK, Snooze.TWO_WEEKS)),  # the sittings end on the day itself
        (14, Role.MP, (Snooze.WEEK,)),
        (7, Role.MP, ()),
        (3, Role.MP, ()),
        (0, Role.MP, ()),
    ],
)
def test_nothing_is_put_off_to_the_day_of_the_pledge_or_past_it(days_left, role, offered):
    assert snoozes(date(2027, 4, 12), days_left, "BE", role, KNOWN) == offered


def test_a_parliament_that_never_rests_holds_nothing_back_for_ever():
    busy = shipped().replaced_by([Term(TermKind.SITTING, "BT", date(2027, 4, 1), date(2027, 12, 31))])
    assert snooze_until(Snooze.SITTING, date(2027, 4, 12), "BE", Role.MP, busy) is None


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("in zwei Wochen", Snooze.TWO_WEEKS), ("In 2 Wochen bitte", Snooze.TWO_WEEKS),
        ("in 14 Tagen", Snooze.TWO_WEEKS),
        ("Frag mich in zwei Wochen wieder", Snooze.TWO_WEEKS), ("in two weeks, please", Snooze.TWO_WEEKS),
        ("später", Snooze.WEEK), ("Nicht jetzt.", Snooze.WEEK), ("nächste Woche", Snooze.WEEK), ("later", Snooze.WEEK),
        ("in einer Woche", Snooze.WEEK), ("nach der Sitzungswoche", Snooze.SITTING),
        ("erst nach der Sitzungswoche bitte", Snooze.SITTING), ("after the sitting week", Snooze.SITTING),
        ("in drei Wochen", None), ("Später haben wir den Antrag gestellt", None), ("", None), ("bitte", None),
    ],
)  # fmt: skip
def test_how_people_put_a_question_off(words, how):
    assert read_snooze(words) is how

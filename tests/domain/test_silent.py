"""Who counts as silent: three monthly questions in a row, each with a follow-up and a fair chance, and not a word."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain import nudging
from domain.nudging import (
    PassedOver,
    PastQuestion,
    Period,
    PledgeQuestion,
    Reader,
    WhyNot,
    next_message,
    silent_from,
    still_asked,
    team_told_on,
)
from domain.terms import shipped

BERLIN = ZoneInfo("Europe/Berlin")
DAY, WEEK = timedelta(days=1), timedelta(days=7)
MINUTE = timedelta(minutes=1)


def at(month, day, hour=10, year=2027):
    return datetime(year, month, day, hour, tzinfo=BERLIN).astimezone(UTC)


def asked(
    period, month, day, *, late=timedelta(), slow=timedelta(), again_late=timedelta(), again_slow=timedelta()
):
    """A question that came on that day at ten, and again a week later. `late`: asked so long after it was due; `slow`:
    so long on its way.
    """
    due = at(month, day)
    first = due + late
    again = nudging.again_due(first, BERLIN, None) + again_late
    return PastQuestion(period, due, first, first + slow, again, again + again_slow)


M1, M2, M3 = asked(Period.M1, 2, 22), asked(Period.M2, 3, 22), asked(Period.M3, 4, 20)
M4, M5 = asked(Period.M4, 5, 20), asked(Period.M5, 6, 21)
WEEK1 = asked(Period.WEEK1, 1, 27)
BEFORE14 = replace(asked(Period.BEFORE14, 7, 6), asked_again_at=None, again_arrived_at=None)
DEADLINE = asked(Period.DEADLINE, 7, 20)
THREE = (M1, M2, M3)
AFTER_THREE, AFTER_FOUR, AFTER_FIVE = at(5, 4, 16), at(6, 3, 16), at(7, 5, 16)


def unasked(question):
    return PastQuestion(question.period, question.due)


def without_follow_up(question):
    return replace(question, asked_again_at=None, again_arrived_at=None)


# What was asked, the last word, the Land, and from when on that is a silence (None: it is none).
TABLE = {
    "three in a row": (THREE, None, None, AFTER_THREE),
    "three since the yes": (THREE, at(1, 20), None, AFTER_THREE),
    "four": ((*THREE, M4), None, None, AFTER_THREE),
    "all five": ((*THREE, M4, M5), None, None, AFTER_THREE),
    "in any order": ((M3, M1, M2), None, None, AFTER_THREE),
    "nothing was asked": ((), None, None, None),
    "one": ((M1,), None, None, None),
    "two": ((M1, M2), None, None, None),
    "two, and a third to come": ((M1, M2, unasked(M3)), None, None, None),
    # any word begins anew
    "a word before the first": (THREE, at(2, 22, 9), None, AFTER_THREE),
    "a word just as the first came": (THREE, at(2, 22, 10), None, None),
    "a word after the first": (THREE, at(2, 22, 11), None, None),
    "a word after the first follow-up": (THREE, at(3, 5), None, None),
    "a word after the second": (THREE, at(4, 1), None, None),
    "a word after the third": (THREE, at(4, 21), None, None),
    "a word after the third follow-up": (THREE, at(4, 28), None, None),
    "a word after the first, and a fourth": ((*THREE, M4), at(3, 5), None, AFTER_FOUR),
    "a word after the second, and two more": ((*THREE, M4, M5), at(4, 1), None, AFTER_FIVE),
    "a word after the third, and two more": ((*THREE, M4, M5), at(5, 2), None, None),
    "a word when it was long quiet": ((*THREE, M4, M5), at(6, 29), None, None),
    # other questions
    "day 7 does not count": ((WEEK1, M1, M2), None, None, None),
    "day 7 neither breaks the row": ((WEEK1, *THREE), None, None, AFTER_THREE),
    "14 days before does not count": ((M4, M5, BEFORE14), None, None, None),
    "the day itself does not count": ((M4, M5, DEADLINE), None, None, None),
    "the last ones do not break the row": ((M3, M4, M5, BEFORE14, DEADLINE), None, None, AFTER_FIVE),
    # never asked
    "one was passed over": ((M1, unasked(M2), M3), None, None, None),
    "one was passed over, and there is a fourth": ((M1, unasked(M2), M3, M4), None, None, AFTER_FOUR),
    "one had no follow-up": ((M1, without_follow_up(M2), M3), None, None, None),
    "the last follow-up is to come": ((M1, M2, without_follow_up(M3)), None, None, None),
    "one had no follow-up, and there is a fourth": ((M1, without_follow_up(M2), M3, M4), None, None, AFTER_FOUR),
    # school holidays
    "Easter holidays of their Land": (THREE, None, "BE", None),
    "Easter holidays, and a fourth": ((*THREE, asked(Period.M4, 5, 24)), None, "BE", at(6, 7, 16)),
    "the follow-up in the holidays": ((M1, asked(Period.M2, 3, 19), M3), None, "BE", None),
    "a day before the holidays, and after them": ((M1, asked(Period.M2, 3, 12), M3), None, "BE", AFTER_THREE),
    "holidays of another Land": ((asked(Period.M1, 2, 10), M2, M3), None, None, AFTER_THREE),
    "the same days in that Land": ((asked(Period.M1, 2, 10), asked(Period.M2, 3, 10), M3), None, "SN", None),
    "summer in Bavaria": ((M3, asked(Period.M4, 8, 3), asked(Period.M5, 9, 3)), None, "BY", None),
    # not delivered, or not in time
    "one never arrived": ((M1, replace(M2, arrived_at=None), M3), None, None, None),
    "a follow-up never arrived": ((M1, replace(M2, again_arrived_at=None), M3), None, None, None),
    "one was a day on its way": ((M1, asked(Period.M2, 3, 22, slow=DAY), M3), None, None, AFTER_THREE),
    "one was longer on its way": ((M1, asked(Period.M2, 3, 22, slow=DAY + MINUTE), M3), None, None, None),
    "a follow-up was longer on its way": (
        (M1, asked(Period.M2, 3, 22, again_slow=DAY + MINUTE), M3), None, None, None,
    ),
    "the last one arrived late in the day": (
        (M1, M2, asked(Period.M3, 4, 20, again_slow=timedelta(hours=3))), None, None, AFTER_THREE + timedelta(hours=3),
    ),
    "asked a week late, for another question": ((M1, asked(Period.M2, 3, 22, late=WEEK), M3), None, None, AFTER_THREE),
    "asked ten days late, for the sittings": (
        (M1, asked(Period.M2, 3, 22, late=10 * DAY), M3), None, None, AFTER_THREE,
    ),
    "asked after a pause or an outage": (
        (M1, asked(Period.M2, 3, 22, late=10 * DAY + MINUTE), M3), None, None, None,
    ),
    "a follow-up after a pause or an outage": (
        (M1, asked(Period.M2, 3, 22, again_late=11 * DAY), M3), None, None, None,
    ),
    "asked late, and a fourth": (
        (M1, asked(Period.M2, 3, 22, late=12 * DAY), M3, M4), None, None, AFTER_FOUR,
    ),
    "snoozed, and asked when that was over": (
        (M1, M2, asked(Period.M3, 5, 4)), None, None, at(5, 18, 16),
    ),
    "asked in the afternoon, again at ten": (
        (M1, M2, asked(Period.M3, 4, 20, late=timedelta(hours=6))), None, None, at(5, 4, 10),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_who_is_silent_from_when(case):
    questions, heard_at, land, silent = TABLE[case]
    assert silent_from(questions, heard_at, BERLIN, land, shipped()) == silent


@pytest.mark.parametrize(
    ("months", "asked_still"),
    [
        (1, "m1 d14 deadline"),
        (2, "m1 d14 deadline"),
        (3, "m2 d14 deadline"),
        (5, "m3 d14 deadline"),
        (6, "m3 d14 deadline"),
        (7, "m4 d14 deadline"),
        (9, "m5 d14 deadline"),
        (10, "m5 d14 deadline"),
        (12, "d14 deadline"),
    ],
)
def test_what_a_silent_party_is_still_asked(months, asked_still):
    assert [period.value for period in Period if still_asked(period, months)] == asked_still.split()


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2027, 3, 31), date(2027, 3, 1)),
        (date(2027, 5, 1), date(2027, 5, 3)),  # a holiday, then a weekend
        (date(2027, 1, 2), date(2027, 1, 7)),  # after the quiet time
        (date(2027, 8, 15), date(2027, 8, 2)),
    ],
)
def test_the_team_is_told_on_the_first_working_day_of_a_month(day, told):
    assert team_told_on(day) == told


SILENT = Reader(BERLIN)
PLANNED = nudging.plan(date(2027, 1, 20), date(2027, 7, 20), zone=BERLIN, land=None)


def of_silent(*gone, silent=True):
    """The questions of half a year; `gone`: what was asked once and again, and is over."""
    questions = [
        PledgeQuestion(
            n, 1, each.period, each.due, silent=silent, left_out=silent and not still_asked(each.period, 6)
        )
        for n, each in enumerate(PLANNED)
    ]
    return [
        replace(each, asked_at=each.due, asked_again_at=each.due + WEEK) if each.period in gone else each
        for each in questions
    ]


def by_period(questions, ids):
    return {question.period for question in questions if question.id in ids}


MONTHS = (Period.WEEK1, Period.M1, Period.M2, Period.M3)


@pytest.mark.parametrize("silent", [True, False])
def test_the_next_question_of_a_silent_party_is_the_one_14_days_before(silent):
    found = next_message(of_silent(*MONTHS, silent=silent), SILENT, at(5, 10))
    assert (found.at, found.why) == ((at(7, 6), WhyNot.SILENT) if silent else (at(5, 20), WhyNot.NOT_DUE))


def test_what_falls_due_in_a_silence_is_passed_over_for_it():
    questions = of_silent(*MONTHS)
    found = next_message(questions, SILENT, at(6, 22))
    assert by_period(questions, found.passed_over) == {Period.M4, Period.M5}
    assert set(found.passed_over.values()) == {PassedOver.SILENT}
    assert (found.first, found.again) != ((), ()), "what is asked next is known"
    assert by_period(questions, found.first) == {Period.BEFORE14}


def test_a_silent_party_is_asked_once():
    questions = [
        replace(each, asked_at=each.due) if each.period is Period.DEADLINE else each
        for each in of_silent(*MONTHS)
    ]
    questions = [each for each in questions if each.period in (*MONTHS, Period.DEADLINE)]
    found = next_message(questions, SILENT, at(7, 28))
    assert (found.first, found.again, found.why) == ((), (), WhyNot.SILENT)
    assert by_period(questions, found.passed_over) == {Period.DEADLINE}
    others = [replace(each, silent=False) for each in questions]
    assert by_period(others, next_message(others, SILENT, at(7, 28)).again) == {Period.DEADLINE}


def test_the_day_itself_is_asked_of_a_silent_party_with_others():
    quiet, loud = of_silent(*MONTHS, Period.BEFORE14), of_silent(*MONTHS, Period.BEFORE14, silent=False)
    loud = [replace(each, id=100 + each.id, pledge=2) for each in loud]
    found = next_message([*quiet, *loud], SILENT, at(7, 20))
    assert by_period([*quiet, *loud], found.first) == {Period.DEADLINE}
    assert len(found.first) == 2

"""How long an MP stays, and how many talks they still take: on the day, and in what people type."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain import presence_said
from domain.meeting import MP_CAP, expiry
from domain.presence import (
    EVERYTHING_OPEN,
    Presence,
    first_to_leave,
    has_left,
    hours_ahead,
    most_talks,
    presence,
    stays,
)
from domain.presence_said import PresenceSaid, noted
from domain.roles import Role

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2027, 1, 20)


@dataclass
class Somebody:
    role: Role | None = Role.MP
    present_on: date | None = DAY
    present_until: time | None = time(15, 30)
    present_talks: int | None = 3


def at(hour, minute=0, day=DAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("who", "now", "most"),
    [
        (Somebody(), at(10), 3),
        (Somebody(), at(15, 15), 3),
        (Somebody(), at(15, 16), 0),
        (Somebody(), at(16), 0),
        (Somebody(present_until=None), at(23, 55), 3),
        (Somebody(present_until=time(23, 59)), at(23, 50), 0),
        (Somebody(present_talks=None), at(10), MP_CAP),
        (Somebody(present_talks=0), at(10), 0),
        (Somebody(), at(10, day=date(2027, 1, 19)), 3),
        (Somebody(), at(23, day=date(2027, 1, 19)), 3),
        (Somebody(), at(10, day=date(2027, 1, 21)), MP_CAP),
        (Somebody(present_on=date(2027, 1, 19)), at(16), MP_CAP),
    ],
)
def test_an_mp_takes_as_many_as_they_said_while_there_is_time_for_a_talk(who, now, most):
    assert most_talks(who, DAY, now) == most


@pytest.mark.parametrize(
    ("who", "now", "left"),
    [
        (Somebody(), at(15, 29), False),
        (Somebody(), at(15, 30), True),
        (Somebody(present_until=None), at(23), False),
        (Somebody(), at(16, day=date(2027, 1, 21)), False),
        (Somebody(role=Role.TOWN_HALL), at(16), False),
        (Somebody(role=None), at(16), False),
    ],
)
def test_an_mp_has_left_for_the_rest_of_that_day_only(who, now, left):
    assert has_left(who, now) is left


def test_a_slot_fits_if_it_is_over_before_they_leave():
    assert stays(Somebody(), DAY, time(15, 30))
    assert not stays(Somebody(), DAY, time(15, 31))
    assert stays(Somebody(), date(2027, 1, 21), time(18))
    assert first_to_leave([Somebody(), Somebody(present_until=time(12))], DAY) == time(12)
    assert first_to_leave([Somebody(role=Role.OTHER), Somebody(present_until=None)], DAY) is None
    assert presence(Somebody(), DAY).talks == 3


@pytest.mark.parametrize(
    ("asked", "leaves", "ends"),
    [
        (at(14), time(15, 30), at(15, 30)),
        (at(14), time(18), at(17)),
        (at(15, 45), time(15, 30), at(17)),
        (at(14, day=date(2027, 1, 18)), time(15, 30), at(14, day=date(2027, 1, 25))),
    ],
)
def test_nobody_waits_for_an_answer_longer_than_the_other_is_there(asked, leaves, ends):
    assert expiry(asked, DAY, BERLIN, time(17), leaves) == ends


@pytest.mark.parametrize(
    ("now", "opens", "closes", "offered"),
    [
        (at(10, 20), None, None, ["11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]),
        (at(10, 50), None, time(13), ["11:30", "12:00", "12:30"]),
        (at(19), None, None, []),
        (at(10, day=date(2027, 1, 18)), time(8), time(12), ["09:00", "10:00", "11:00"]),
    ],
)
def test_hours_to_tap_are_ahead_and_within_the_day(now, opens, closes, offered):
    assert [f"{each:%H:%M}" for each in hours_ahead(DAY, opens, closes, now)] == offered


@pytest.mark.parametrize(
    ("said", "now", "known"),
    [
        (PresenceSaid(until=time(14)), at(10), Presence(time(14), 3)),
        (PresenceSaid(until=time(14)), at(14), None),
        (PresenceSaid(until=time(14)), at(16, day=date(2027, 1, 19)), Presence(time(14), 3)),
        (PresenceSaid(until=time(14), talks=1), at(14), Presence(time(15, 30), 6)),
        (PresenceSaid(talks=0), at(10), Presence(time(15, 30), 5)),
        (PresenceSaid(leaves=True), at(12, 10), Presence(time(12, 10), 3)),
        (PresenceSaid(open=True), at(10), EVERYTHING_OPEN),
        (PresenceSaid(open=True, until=time(17)), at(10), Presence(time(17), None)),
    ],
)
def test_what_is_said_is_noted_beside_what_was_said_before(said, now, known):
    assert noted(said, Presence(time(15, 30), 3), DAY, now, agreed=5) == known


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hier bis 15:30", PresenceSaid(until=time(15, 30))),
        ("Bin noch bis halb vier da", PresenceSaid(until=time(15, 30))),
        ("ich bin heute nur bis 15.30 Uhr hier!", PresenceSaid(until=time(15, 30))),
        ("I'm here until half past three", PresenceSaid(until=time(15, 30))),
        ("here until 3:30 pm", PresenceSaid(until=time(15, 30))),
        ("bleibe bis viertel vor vier", PresenceSaid(until=time(15, 45))),
        ("noch 3 Gespräche", PresenceSaid(talks=3)),
        ("two more conversations", PresenceSaid(talks=2)),
        ("Keine Gespräche mehr", PresenceSaid(talks=0)),
        ("hier bis 15:30 · nehme noch drei Gespräche", PresenceSaid(until=time(15, 30), talks=3)),
        ("Ich muss los", PresenceSaid(leaves=True)),
        ("wieder da", PresenceSaid(open=True)),
        ("bin wieder da, hier bis 17", PresenceSaid(until=time(17), open=True)),
        ("bin hier bis halb 0", PresenceSaid(until=time(23, 30))),
        ("hier bis halb 1", PresenceSaid(until=time(12, 30))),
        ("hier bis 0 Uhr", None),
        ("bis 15:30", None),
        ("3 Gespräche", None),
        ("noch 99 Gespräche", None),
        ("hier bis 25:00", None),
        ("Ich bin noch bis März im Landtag hier", None),
        ("Ich führe bis 15:30 noch 3 Gespräche", None),
        ("hier bis 15:30 und dann essen", None),
        ("hier bis 15:30 " + "x" * 80, None),
    ],
)
def test_what_is_typed_unasked_has_to_say_that_it_is_about_presence(typed, said):
    assert presence_said.read(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("15:30", PresenceSaid(until=time(15, 30))),
        ("bis 4", PresenceSaid(until=time(16))),
        ("halb vier", PresenceSaid(until=time(15, 30))),
        ("noch 2 Gespräche, bis 16 Uhr", PresenceSaid(until=time(16), talks=2)),
        ("3", None),
        ("vielleicht", None),
    ],
)
def test_asked_for_it_a_time_is_enough(typed, said):
    assert presence_said.read(typed, asked=True) == said


@pytest.mark.parametrize(
    "said",
    [
        PresenceSaid(until=time(9, 5)),
        PresenceSaid(talks=0),
        PresenceSaid(talks=20),
        PresenceSaid(leaves=True),
        PresenceSaid(open=True),
    ],
)
def test_a_button_carries_what_it_says(said):
    assert PresenceSaid.read(said.spelled) == said


@pytest.mark.parametrize("spelled", ["", "2460", "2400", "t21", "t", "later", "153", "١٢٣٤", "0960"])
def test_a_button_that_says_nothing_known_is_none(spelled):
    with pytest.raises(ValueError):
        PresenceSaid.read(spelled)

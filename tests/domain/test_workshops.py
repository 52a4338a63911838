"""A workshop's hours, tables, day and Land as organisers type them, and when it is under way."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.meeting import expiry, table
from domain.workshops import (
    MOST_TABLES,
    Tables,
    WorkshopDetails,
    WorkshopField,
    days_meant,
    is_under_way,
    land_of,
    read_hours,
    read_tables,
)

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2027, 5, 12)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("9-17", "9:00 17:00"),
        ("9 bis 17 Uhr", "9:00 17:00"),
        ("von 9:30 Uhr bis 16.15 Uhr", "9:30 16:15"),
        ("9\u201317 Uhr", "9:00 17:00"),
        ("10 am to 4 pm", "10:00 16:00"),
        ("9-5pm", "9:00 17:00"),
        ("1 to 5 p.m.", "13:00 17:00"),
        ("12 am - 1 pm", "0:00 13:00"),
        ("18 bis 24 Uhr", "18:00 23:59"),
        *[(nonsense, None) for nonsense in ("17-9", "9-9", "9", "25-26", "9-17-18", "ganztags", "9:75-17")],
    ],
)
def test_hours_as_they_are_typed(typed, hours):
    read = read_hours(typed)
    assert (read and f"{read.opens:%-H:%M} {read.closes:%-H:%M}") == hours


@pytest.mark.parametrize(
    ("typed", "tables"),
    [
        ("12", Tables(12)),
        ("0", Tables(0)),
        ("8 Stehtische", Tables(8)),
        ("Fenster, Bühne, Bar", Tables(3, ("Fenster", "Bühne", "Bar"))),
        ("Ecke; Tür, links", Tables(2, ("Ecke", "Tür, links"))),
        ("A\n\nB", Tables(2, ("A", "B"))),
        (str(MOST_TABLES + 1), None),
        ("x" * 31, None),
        (",".join("x" * (MOST_TABLES + 1)), None),
    ],
)
def test_tables_as_they_are_typed(typed, tables):
    assert read_tables(typed) == tables


@pytest.mark.parametrize(
    ("address", "land"),
    [
        ("Rathaus, Marktplatz 1, 99084 Erfurt", "TH"),
        ("Straße der Einheit 4, 01067 Dresden", "SN"),
        ("Schloss, Neustadt, Hessen", "HE"),
        ("Berlin, Alexanderplatz", "BE"),
        ("Neustadt", None),
        ("Haus am See", None),
        (",,, ,", None),
    ],
)
def test_the_land_is_found_in_an_address(address, land):
    assert land_of(address) == land


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("heute", [DAY]),
        ("20. Mai", [date(2027, 5, 20)]),
        ("20.5.2028", [date(2028, 5, 20)]),
        ("20.5.2031", []),
        ("irgendwann", []),
        ("11.5.2027", [date(2027, 5, 11)]),
        ("Gestern.", [date(2027, 5, 11)]),
        ("vorgestern", [date(2027, 5, 10)]),
        ("11. Mai", [date(2027, 5, 11), date(2028, 5, 11)]),
        ("Dienstag", [date(2027, 5, 18)]),
        ("11.5.2028", [date(2028, 5, 11)]),
        ("28.4.2027", [date(2027, 4, 28)]),
        ("27.4.2027", []),
        ("27. April", [date(2028, 4, 27)]),
    ],
)
def test_a_workshop_is_at_most_two_years_ahead_and_two_weeks_ago(typed, days):
    assert days_meant(typed, DAY) == tuple(days)


def test_a_past_day_without_a_year_is_found_across_new_year():
    assert days_meant("30. Dezember", date(2027, 1, 3)) == (date(2026, 12, 30), date(2027, 12, 30))


@pytest.mark.parametrize(
    ("at", "closes", "lasts_until"),
    [
        ("2027-05-12 10:00", "17:00", "2027-05-12 17:00"),
        ("2027-05-12 16:30", "17:00", "2027-05-12 17:30"),
        ("2027-05-12 17:00", "17:00", "2027-05-19 17:00"),
        ("2027-05-11 10:00", "17:00", "2027-05-18 10:00"),
        ("2027-05-13 10:00", "17:00", "2027-05-20 10:00"),
        ("2027-05-12 10:00", None, "2027-05-12 21:00"),
        ("2027-05-12 22:00", None, "2027-05-13 00:00"),
    ],
)
def test_a_question_of_the_day_lasts_until_the_workshop_closes(at, closes, lasts_until):
    asked = datetime.fromisoformat(at).replace(tzinfo=BERLIN).astimezone(UTC)
    closing = time.fromisoformat(closes) if closes else None
    ends = expiry(asked, DAY, BERLIN, closing).astimezone(BERLIN)
    assert f"{ends:%Y-%m-%d %H:%M}" == lasts_until


def test_a_workshop_is_under_way_on_its_day_until_it_closes():
    noon = datetime(2027, 5, 12, 12, tzinfo=BERLIN)
    closes = time(17)
    moments = [noon - timedelta(days=1), noon, noon + timedelta(hours=5), noon + timedelta(days=1)]
    assert [is_under_way(DAY, closes, at, BERLIN) for at in moments] == [False, True, False, False]
    assert is_under_way(DAY, None, noon + timedelta(hours=11), BERLIN)


def test_what_was_seen_changes_with_its_own_field_only():
    one, other = WorkshopDetails("Nord", DAY), WorkshopDetails("Nord", DAY, place="Erfurt", closed=True)
    changed = {field for field in WorkshopField if one.version(field) != other.version(field)}
    assert changed == {WorkshopField.PLACE, WorkshopField.CLOSED}
    assert all(0 <= one.version(field) < 10**9 for field in WorkshopField), "a button carries nine digits"


def test_without_tables_nobody_is_sent_to_one():
    assert table(5, 0) is None
    assert [table(n, 3) for n in range(4)] == [1, 2, 3, 1]

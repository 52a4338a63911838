"""Calendar files, read back by another library than the one that writes them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from ical.calendar_stream import IcsCalendarStream

import messages
from domain.calendar import instant
from domain.outcomes.pledging.talks import CalendarFile
from domain.voice import Voice

TODAY = date(2027, 1, 20)
MOST = 75  # octets of a line, RFC 5545


def _file(voice=Voice.DU, **more):
    about = {
        "pledge_id": 17,
        "title": "Ehrenamtspauschale",
        "other": "Ana Keller",
        "deadline": date(2027, 7, 20),
        "talk_on": date(2027, 2, 3),
        "talk_changes": 1,
        "revision": 1,
        "made_on": TODAY,
        "bot": "mutmacher_bot",
    }
    return messages.of(CalendarFile(**{**about, **more}), voice, TODAY).document


def _events(file):
    calendar = IcsCalendarStream.calendar_from_ics(file.content.decode())
    return calendar, {each.uid.split("-")[2].split("@")[0]: each for each in calendar.events}


@pytest.mark.parametrize(
    ("voice", "name", "summaries"),
    [
        (Voice.DU, "versprechen-bis-2027-07-20.ics",
         ("Gespräch mit Ana: Ehrenamtspauschale", "Euer Tag: Ehrenamtspauschale (mit Ana)")),
        (Voice.SIE, "versprechen-bis-2027-07-20.ics",
         ("Gespräch mit Ana: Ehrenamtspauschale", "Der Tag für: Ehrenamtspauschale (mit Ana)")),
        (Voice.EN, "promise-by-2027-07-20.ics",
         ("Talk with Ana: Ehrenamtspauschale", "The day for: Ehrenamtspauschale (with Ana)")),
    ],
)  # fmt: skip
def test_both_days_in_the_readers_language_with_first_names_only(voice, name, summaries):
    file = _file(voice)
    calendar, events = _events(file)
    assert file.name == name
    assert calendar.method == "PUBLISH"
    assert (events["talk"].summary, events["day"].summary) == summaries
    assert (events["talk"].dtstart, events["day"].dtstart) == (date(2027, 2, 3), date(2027, 7, 20))
    assert "Keller" not in file.content.decode()
    assert {each.classification.value for each in events.values()} == {"PRIVATE"}


@pytest.mark.parametrize(
    "day", [date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29), date(2027, 10, 30), date(2027, 10, 31)]
)
def test_a_day_is_one_whole_day_on_both_sides_of_a_clock_change(day):
    _, events = _events(_file(talk_on=day, deadline=day))
    for each in events.values():
        assert (each.dtstart, each.dtend) == (day, day + timedelta(days=1))


def test_a_new_day_moves_the_same_entry():
    _, before = _events(_file())
    _, after = _events(_file(talk_on=date(2027, 2, 10), talk_changes=2))
    assert before["talk"].uid == after["talk"].uid != after["day"].uid
    assert before["talk"].sequence < after["talk"].sequence
    assert before["day"].sequence == after["day"].sequence
    assert _file().content == _file().content, "no clock: the same file again"


def test_without_a_day_to_talk_there_is_the_pledges_day_alone():
    _, events = _events(_file(talk_on=None))
    assert list(events) == ["day"]


@pytest.mark.parametrize(("month", "begins"), [(2, 13), (7, 12)], ids=["winter", "summer"])
def test_a_time_is_said_in_utc_and_takes_half_an_hour(month, begins):
    day = date(2027, month, 3)
    talk_at = instant(day, time(14), ZoneInfo("Europe/Berlin"))
    _, events = _events(_file(talk_on=day, talk_at=talk_at))
    talk = events["talk"]
    assert talk.dtstart == datetime(2027, month, 3, begins, tzinfo=UTC)
    assert talk.dtend - talk.dtstart == timedelta(minutes=30)
    assert events["day"].dtstart == date(2027, 7, 20)


@pytest.mark.parametrize("title", ["Ä" * 32, "🦊" * 16, 'a,b;c\\d: "e"', "BEGIN:VEVENT", ""])
def test_lines_end_and_fold_as_the_standard_says(title):
    content = _file(title=title, other="Jürgen-Maximilian Überlingen-Straßenhäusler").content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= MOST
        line.decode()
    _, events = _events(_file(title=title))
    assert len(events) == 2
    assert (title or "Ein Versprechen") in events["day"].summary


def test_the_caption_says_what_to_do_with_it_and_names_nobody():
    message = messages.of(
        CalendarFile(
            17, "Ehrenamtspauschale", "Ana Keller", date(2027, 7, 20), date(2027, 2, 3), 1, 1, TODAY, "b"
        ),
        Voice.DU,
        TODAY,
    )
    assert "Öffne die Datei" in message.text
    assert "Ana" not in message.text
    assert "Ehrenamt" not in message.text

"""Calendars that organisers send: tables and calendar files, as people save them, and as nobody should."""

from datetime import date
from pathlib import Path

import pytest

import domain
from domain import calendar_files
from domain.calendar_files import CalendarFileError, FileFault, LineFault
from domain.terms import TermKind

SHIPPED = Path(domain.__file__).parent / "calendar_data"
TODAY = date(2027, 4, 12)
SITTING, SCHOOL = TermKind.SITTING, TermKind.SCHOOL
WEEK = (date(2027, 5, 3), date(2027, 5, 7))


def read(content, name="kalender.csv"):
    return calendar_files.read_file(name, content if isinstance(content, bytes) else content.encode(), TODAY)


def lines(content, name="kalender.csv"):
    return [(each.kind, each.of, each.first, each.last) for each in read(content, name).terms]


def ics(*entries, name=""):
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}@x\r\n{each}\r\nEND:VEVENT\r\n" for n, each in enumerate(entries)
    )
    called = f"X-WR-CALNAME:{name}\r\n" if name else ""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{called}{events}END:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        ("parliament,first,last\nBT,2027-05-03,2027-05-07\n", "k.csv", (SITTING, "BT", *WEEK)),
        ("land,name,first,last\nBY,Ferien,2027-05-03,2027-05-07", "k.csv", (SCHOOL, "BY", *WEEK)),
        ("Sitzungswochen des Bundestages 2027\nvon;bis\n03.05.2027;07.05.2027", "k.csv", (SITTING, "BT", *WEEK)),
        ("von;bis\n03.05.2027;07.05.2027", "Sitzungswochen_Bundestag.csv", (SITTING, "BT", *WEEK)),
        ("Bundestag; 03.05.2027; 07.05.2027", "", (SITTING, "BT", *WEEK)),
        ("Bundestag, Ferien; 03.05.2027; 07.05.2027", "", (SCHOOL, "BT", *WEEK)),
        ("3.5.27 - 7.5.27", "Schulferien Sachsen-Anhalt.txt", (SCHOOL, "ST", *WEEK)),
        ("Thüringen\tPfingstferien\t03.05.2027\t07.05.2027", "x", (SCHOOL, "TH", *WEEK)),
        ('"Landtag, Nordrhein-Westfalen";"Plenarwoche";"3. 5. 2027";"7. 5. 2027"', "x", (SITTING, "NW", *WEEK)),
        ("03.05.2027;07.05.2027", "x.csv", (None, "", *WEEK)),
        ("03.05.2027", "Ferien Berlin.csv", (SCHOOL, "BE", WEEK[0], WEEK[0])),
        ("\ufeffland;von;bis\nBY;2027-05-03;2027-05-07;Ferien", "x", (SCHOOL, "BY", *WEEK)),
        ("Ferien Thüringen;3.5.2027;7.5.2027".encode("cp1252"), "x", (SCHOOL, "TH", *WEEK)),
        ("Ferien Thüringen;3.5.2027;7.5.2027".encode("utf-16"), "x", (SCHOOL, "TH", *WEEK)),
        (ics("DTSTART;VALUE=DATE:20270503\r\nDTEND;VALUE=DATE:20270508\r\nSUMMARY:Sitzungswoche Bundestag"),
         "x.ics", (SITTING, "BT", *WEEK)),
        (ics("DTSTART:20270503T090000\r\nDTEND:20270507T180000", name="Ferien Hessen"), "x", (SCHOOL, "HE", *WEEK)),
        (ics("DTSTART;VALUE=DATE:20270503\r\nDURATION:P5D\r\nSUMMARY:Ferien Bremen"), "x", (SCHOOL, "HB", *WEEK)),
        (ics("DTSTART;VALUE=DATE:20270503\r\nSUMMARY:Ferien Bremen"), "x", (SCHOOL, "HB", WEEK[0], WEEK[0])),
    ],
)  # fmt: skip
def test_a_line_says_of_what_and_whose_it_is_or_the_file_does(content, name, found):
    assert lines(content, name) == [found]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("von;bis\n03.05.2027;07.05.2027\nkein Tag;auch keiner\n31.02.2027;1.3.2027",
         ((3, LineFault.NO_DAY), (4, LineFault.NO_DAY))),
        ("von;bis\n07.05.2027;03.05.2027", ((2, LineFault.BACKWARDS),)),
        ("von;bis\n01.01.2027;31.12.2027", ((2, LineFault.TOO_LONG),)),
        ("von;bis\n01.01.1927;02.01.1927", ((2, LineFault.FAR_AWAY),)),
        ("von;bis\n01.01.2099;02.01.2099", ((2, LineFault.FAR_AWAY),)),
        ('von;bis\n=HYPERLINK("https://boese.example";"3.5.2027")', ((2, LineFault.NO_DAY),)),
        (ics("DTSTART;VALUE=DATE:20270503\r\nRRULE:FREQ=SECONDLY"), ((1, LineFault.RECURS),)),
        (ics("SUMMARY:ohne Tag"), ((1, LineFault.NO_DAY),)),
        (ics("DTSTART:unsinn"), ((1, LineFault.NO_DAY),)),
        (ics("DTSTART;VALUE=DATE:99991231"), ((1, LineFault.FAR_AWAY),)),
        (ics("DTSTART;VALUE=DATE:00010101\r\nDTEND;VALUE=DATE:00010101"), ((1, LineFault.FAR_AWAY),)),
        (ics("DTSTART;VALUE=DATE:20270503\r\nDURATION:P9999999D"), ((1, LineFault.FAR_AWAY),)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_line_by_line(content, faults):
    assert read(content).faults == faults


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileFault.EMPTY),
        (b"\n;;;\n", FileFault.EMPTY),
        (b"nur\nWorte", FileFault.EMPTY),
        (b"PK\x03\x04\0\0\0", FileFault.NOT_TEXT),
        (b"x" * 100_001, FileFault.TOO_LARGE),
        (b"3.5.2027\n" * 401, FileFault.TOO_MANY),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nkaputt", FileFault.BROKEN),
        (ics(), FileFault.EMPTY),
        (ics("DTSTART;VALUE=DATE:20270503\r\nFREEBUSY:99991231T235959Z/P99D"), FileFault.BROKEN),
        ("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 5000, FileFault.BROKEN),
    ],
)
def test_what_is_no_calendar_is_refused(content, fault):
    with pytest.raises(CalendarFileError) as refused:
        read(content)
    assert refused.value.fault is fault


def test_what_is_shipped_can_be_sent_as_it_is():
    for name in ("sitting-weeks.csv", "school-holidays.csv"):
        content = (SHIPPED / name).read_bytes()[:10_000].rsplit(b"\n", 1)[0]
        found = calendar_files.read_file(name, content, date(2027, 1, 1))
        assert not found.faults
        assert all(each.kind and each.of for each in found.terms)

"""The programme of a day: how it is typed and sent, what a second list changes, and what is on when."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from domain import programme
from domain.programme import Item, ItemError, ItemFault, KnownItem, ProgrammeError, SentFault

DAY, ZONE = date(2027, 1, 20), ZoneInfo("Europe/Berlin")
HELLO = Item(time(10, 15), "Begrüßung", "Saal 1")
TALK = Item(time(10, 30), "Impuls", "Saal 1", time(11, 0))
LUNCH = Item(time(12, 30), "Mittagessen")


def read(content):
    content = content if isinstance(content, bytes) else content.encode()
    return programme.read_programme(content, DAY, ZONE)


def items(content):
    return [item for _, item in read(content).items]


TYPED = {
    "10:15 Begrüßung, Saal 1": HELLO,
    "10.15 Uhr: Begrüßung, Saal 1": HELLO,
    "• um 10:15 – Begrüßung, Saal 1": HELLO,
    "10:30-11:00 Impuls, Saal 1": TALK,
    "10.30 bis 11 Uhr Impuls, Saal 1": TALK,
    "10:30 am to 11 am Impuls, Saal 1": TALK,
    "10:30 Uhr - 11:00 Uhr Impuls, Saal 1": TALK,
    "10:30h-11h Impuls, Saal 1": TALK,
    "10 Uhr bis 11 Uhr Impuls": Item(time(10), "Impuls", "", time(11)),
    "10 Uhr bis zum Mittag": Item(time(10), "bis zum Mittag"),
    "10:30–11:00 Uhr | Impuls, Saal 1": TALK,
    "12:30 Mittagessen": LUNCH,
    "12:30 pm Mittagessen": LUNCH,
    "9 Uhr Ankommen": Item(time(9), "Ankommen"),
    "2-4 pm Tische": Item(time(14), "Tische", "", time(16)),
    "14:00 Grußwort von Ana, Ben und Cem, Foyer": Item(time(14), "Grußwort von Ana, Ben und Cem", "Foyer"),
    "10:15 , Saal 1": Item(time(10, 15), "Saal 1"),
    "Begrüßung": ItemFault.NO_TIME,
    "10 Stationen": ItemFault.NO_TIME,
    "25:00 Feier": ItemFault.NO_TIME,
    "10:75 Feier": ItemFault.NO_TIME,
    "10:15": ItemFault.NO_TITLE,
    "11:00-10:00 Impuls": ItemFault.BACKWARDS,
    f"11:00 {'x' * 121}": ItemFault.TOO_LONG,
    f"11:00 Impuls, {'x' * 61}": ItemFault.TOO_LONG,
    "11:00 =1+1": ItemFault.FORMULA,
}


@pytest.mark.parametrize("line", TYPED)
def test_a_line_is_an_item_or_says_why_not(line):
    try:
        said = programme.item_in(line)
    except ItemError as wrong:
        said = wrong.fault
    assert said == TYPED[line]


ICS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
{}END:VCALENDAR\r
"""


def entry(*lines):
    return "BEGIN:VEVENT\r\n" + "".join(f"{line}\r\n" for line in lines) + "END:VEVENT\r\n"


def calendar(*entries):
    return ICS.format("".join(entries))


HELLO_ENTRY = entry("DTSTART:20270120T091500Z", "SUMMARY:Begrüßung", "LOCATION:Saal 1")
TALK_ENTRY = entry(
    "DTSTART;TZID=Europe/Berlin:20270120T103000", "DURATION:PT30M", "SUMMARY:Impuls", "LOCATION:Saal 1"
)
LUNCH_ENTRY = entry("DTSTART:20270120T123000", "SUMMARY:Mittagessen")

DAYS = {
    "typed": "10:15 Begrüßung, Saal 1\n\n10:30-11:00 Impuls, Saal 1\n12:30 Mittagessen",
    "German Excel": "Beginn;Ende;Titel;Raum\r\n10:15;;Begrüßung;Saal 1\r\n10:30;11:00;Impuls;Saal 1\r\n"
    "12:30;;Mittagessen;\r\n",
    "commas": "Time,Title,Room\n10:15,Begrüßung,Saal 1\n10:30-11:00,Impuls,Saal 1\n12:30,Mittagessen,\n",
    "with days": "Datum\tUhrzeit\tWas\tOrt\n20.01.2027\t10:15:00\tBegrüßung\tSaal 1\n"
    "20.01.2027\t10:30 - 11:00\tImpuls\tSaal 1\n20.01.2027\t12:30\tMittagessen\t\n",
    "no head": "10:15;Begrüßung;Saal 1\n10:30-11:00;Impuls;Saal 1\n12:30;Mittagessen\n",
    "a calendar": calendar(HELLO_ENTRY, TALK_ENTRY, LUNCH_ENTRY),
}


@pytest.mark.parametrize("which", DAYS)
def test_a_day_is_read_from_lines_tables_and_calendars(which):
    assert items(DAYS[which]) == [HELLO, TALK, LUNCH]
    assert items(DAYS[which].encode("utf-16")) == [HELLO, TALK, LUNCH]
    assert read(DAYS[which]).whole is (which != "typed")


WRONG = {
    calendar(HELLO_ENTRY, entry("DTSTART:20270121T091500Z", "SUMMARY:x")): ItemFault.ANOTHER_DAY,
    calendar(HELLO_ENTRY, entry("DTSTART;VALUE=DATE:20270120", "SUMMARY:x")): ItemFault.NO_TIME,
    calendar(HELLO_ENTRY, entry("DTSTART:20270120T0915Z", "SUMMARY:x")): ItemFault.NO_TIME,
    calendar(
        HELLO_ENTRY, entry("DTSTART:20270120T081500Z", "RRULE:FREQ=SECONDLY", "SUMMARY:x")
    ): ItemFault.RECURS,
    calendar(HELLO_ENTRY, entry("DTSTART:20270120T081500Z")): ItemFault.NO_TITLE,
    calendar(HELLO_ENTRY, HELLO_ENTRY): ItemFault.TWICE,
    "Datum;Zeit;Titel\n20.01.2027;10:15;Begrüßung\n21.01.2027;10:15;x": ItemFault.ANOTHER_DAY,
    "Zeit;Titel\n10:15;Begrüßung\nmittags;x": ItemFault.NO_TIME,
    "Zeit;Titel\n10:15;Begrüßung\n11:00;=cmd": ItemFault.FORMULA,
}


@pytest.mark.parametrize("content", WRONG)
def test_what_is_wrong_is_said_of_its_line_and_the_others_are_read(content):
    found = read(content)
    assert [item.title for _, item in found.items] == ["Begrüßung"]
    assert [fault for _, fault in found.faults] == [WRONG[content]]


UNREADABLE = {
    None: SentFault.LOST,
    b"x" * 200_001: SentFault.TOO_LARGE,
    b"PK\x03\x04": SentFault.NOT_TEXT,
    b"\x89PNG\0\0\0": SentFault.NOT_TEXT,
    b"BEGIN:VCALENDAR\nnonsense": SentFault.BROKEN,
    "\n".join(f"10:15 Nr. {n}" for n in range(102)).encode(): SentFault.TOO_MANY,
    b"\n \n": SentFault.EMPTY,
    b"Zeit;Titel\n": SentFault.EMPTY,
}


@pytest.mark.parametrize("content", UNREADABLE, ids=str)
def test_nothing_is_read_from_what_is_no_programme(content):
    with pytest.raises(ProgrammeError) as caught:
        programme.read_programme(content, DAY, ZONE)
    assert caught.value.fault == UNREADABLE[content]


def compared(stored, listed, *, moves=True):
    known = [KnownItem(number, item) for number, item in enumerate(stored)]
    plan = programme.plan(known, enumerate(listed, 1), moves=moves)
    changes = [(change.was.id, change.item) for change in plan.changed]
    return [item for _, item in plan.new], changes, plan.unchanged, plan.absent


LATER_TALK = Item(time(11), "impuls!", "Saal 1")


def test_the_same_list_changes_nothing_and_another_one_what_it_says():
    day = [HELLO, TALK, LUNCH]
    assert compared(day, day) == ([], [], 3, 0)
    assert compared(day, [LUNCH, HELLO]) == ([], [], 2, 1)
    elsewhere = Item(time(10, 15), "Begrüßung", "Foyer")
    assert compared(day, [elsewhere]) == ([], [(0, elsewhere)], 0, 2)
    assert compared(day, [Item(time(10, 30), "Impuls")]) == ([], [], 1, 2)


def test_only_a_list_of_the_whole_day_moves_what_it_has_at_another_time():
    assert compared([TALK], [LATER_TALK]) == ([], [(0, LATER_TALK)], 0, 0)
    assert compared([TALK], [LATER_TALK], moves=False) == ([LATER_TALK], [], 0, 1)


BREAK = Item(time(10, 30), "Tisch A", "Foyer")
END = Item(time(17), "Ausklang")


@pytest.mark.parametrize(
    ("at", "now", "then", "later"),
    [
        ("09:00", [], [HELLO], [TALK, BREAK, LUNCH, END]),
        ("10:15", [HELLO], [TALK, BREAK], [LUNCH, END]),
        ("10:30", [TALK, BREAK], [LUNCH], [END]),
        ("11:00", [BREAK], [LUNCH], [END]),
        ("16:59", [LUNCH], [END], []),
        ("18:59", [END], [], []),
        ("19:00", [], [], []),
    ],
)
def test_now_then_and_later(at, now, then, later):
    day = programme.in_order([END, LUNCH, BREAK, TALK, HELLO])
    found = programme.now_and_next(day, time.fromisoformat(at))
    assert [list(each) for each in (found.now, found.then, found.later)] == [now, then, later]


def test_the_last_item_ends_with_the_workshop_and_never_after_midnight():
    at = time(18, 30)
    assert programme.now_and_next([END], at, closes=time(18)).now == ()
    assert programme.now_and_next([END], at, closes=time(20)).now == (END,)
    party = Item(time(23), "Feier")
    assert programme.now_and_next([party], time(23, 59)).now == (party,)

"""Days as people say them: typed, and in sentences."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import Doubt, Reading, parse_day, read_day, reading_on, reading_until
from tests.timing import least_time

TODAY = date(2026, 11, 22)  # a Sunday
READERS: tuple[Callable[[str, date], Reading | None], ...] = (read_day, reading_until, reading_on)


def rows(name: str) -> list[list[str]]:
    """The rows of a table in this folder, without its comments."""
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def told(reading: Reading | None) -> str:
    """A reading as the tables write it."""
    if reading is None:
        return "-"
    doubt = [reading.doubt.value] if reading.doubt else []
    return " ".join([str(reading.day), *doubt, *map(str, reading.others)])


@pytest.mark.parametrize(("typed", "today", "meant"), rows("days_typed.tsv"))
def test_what_people_type(typed: str, today: str, meant: str) -> None:
    assert told(read_day(typed, date.fromisoformat(today))) == meant


@pytest.mark.parametrize(("typed", "today", "meant"), rows("days_typed.tsv"))
def test_only_a_settled_day_is_taken_without_asking(typed: str, today: str, meant: str) -> None:
    day, doubt = [*meant.split(), "", ""][:2]
    asks = day == "-" or doubt in ("order", "weekday", "wide", "several")
    assert parse_day(typed, date.fromisoformat(today)) == (None if asks else date.fromisoformat(day))


@pytest.mark.parametrize(("sentence", "today", "until", "on"), rows("days_in_sentences.tsv"))
def test_what_people_write(sentence: str, today: str, until: str, on: str) -> None:
    day = date.fromisoformat(today)
    assert told(reading_until(sentence, day)) == until
    assert told(reading_on(sentence, day)) == on


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("KW 14", date(2027, 4, 5), date(2027, 4, 11)),
        ("im März", date(2027, 3, 1), date(2027, 3, 31)),
        ("Ostern", date(2027, 3, 26), date(2027, 3, 29)),
        ("12.-14. Mai", date(2027, 5, 12), date(2027, 5, 14)),
        ("im Winter", date(2026, 12, 1), date(2027, 2, 28)),
        ("20. Juli", date(2027, 7, 20), date(2027, 7, 20)),
    ],
)
def test_a_reading_knows_the_stretch_that_was_named(typed: str, first: date, last: date) -> None:
    reading = read_day(typed, TODAY)
    assert reading is not None
    assert (reading.first, reading.last) == (first, last)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20. Juli", date(2027, 7, 20)),
        ("20 juli", date(2027, 7, 20)),
        ("20.Juli 2028", date(2028, 7, 20)),
        ("am 20. Juli", date(2027, 7, 20)),
        ("bis zum 20. Juli 2027.", date(2027, 7, 20)),
        ("Dienstag, 20. Juli", date(2027, 7, 20)),
        ("Di, den 20.7.", date(2027, 7, 20)),
        ("20.7.", date(2027, 7, 20)),
        ("20.7", date(2027, 7, 20)),
        ("20. 7. 27", date(2027, 7, 20)),
        ("20.07.2027", date(2027, 7, 20)),
        ("20/7/2027", date(2027, 7, 20)),
        ("20-07-2027", date(2027, 7, 20)),
        ("2027-07-20", date(2027, 7, 20)),
        ("20 July", date(2027, 7, 20)),
        ("July 20", date(2027, 7, 20)),
        ("July 20th, 2028", date(2028, 7, 20)),
        ("July 20 2028", date(2028, 7, 20)),
        ("on the 3rd of March", date(2027, 3, 3)),
        ("Tuesday, July 20", date(2027, 7, 20)),
        ("1. Mrz.", date(2027, 3, 1)),
        ("1. März", date(2027, 3, 1)),
        ("1. Maerz", date(2027, 3, 1)),
        ("3. Sept. 27", date(2027, 9, 3)),
        ("3. Setpember", date(2027, 9, 3)),
        ("1. Dezember", date(2026, 12, 1)),
        ("22.11.", date(2026, 11, 22)),
        ("21.11.", date(2027, 11, 21)),
        ("21.11.2026", date(2026, 11, 21)),
        ("29.2.", date(2028, 2, 29)),
        ("heute", date(2026, 11, 22)),
        ("Morgen", date(2026, 11, 23)),
        ("übermorgen", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 23)),
        ("the day after tomorrow", date(2026, 11, 24)),
        ("in 3 Monaten", date(2027, 2, 22)),
        ("in drei Monaten", date(2027, 2, 22)),
        ("in einem Monat", date(2026, 12, 22)),
        ("in 2 Wochen", date(2026, 12, 6)),
        ("in einer Woche", date(2026, 11, 29)),
        ("in 10 Tagen", date(2026, 12, 2)),
        ("in einem Jahr", date(2027, 11, 22)),
        ("in einem halben Jahr", date(2027, 5, 22)),
        ("in half a year", date(2027, 5, 22)),
        ("in 3 months", date(2027, 2, 22)),
        ("in a week", date(2026, 11, 29)),
        ("in two weeks", date(2026, 12, 6)),
        ("in six months", date(2027, 5, 22)),
        ("Freitag", date(2026, 11, 27)),
        ("am Montag", date(2026, 11, 23)),
        ("next Sunday", date(2026, 11, 29)),
        ("Fr.", date(2026, 11, 27)),
    ],
)
def test_it_understands(typed, day):
    assert parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "bald",
        "Juli",
        "32.1.",
        "30. Februar",
        "31.4.2027",
        "20.13.",
        "7/20",
        "20.7.20277",
        "20. Jule",
        "20. Quatsch",
        "in 99999 Wochen",
        "in vielen Wochen",
        "2027",
        "0.0.",
        "20.7. oder 21.7.",
        "²0.7.",
        "im Sommer",
    ],
)
def test_it_says_when_it_does_not(typed):
    assert parse_day(typed, TODAY) is None


def test_the_end_of_a_month_clamps():
    assert parse_day("in 6 Monaten", date(2026, 8, 31)) == date(2027, 2, 28)


@given(st.dates(date(2026, 1, 1), date(2090, 1, 1)), st.dates(date(2026, 1, 1), date(2090, 1, 1)))
def test_every_written_day_is_read(day, today):
    assert parse_day(day.isoformat(), today) == day
    assert parse_day(f"{day.day}.{day.month}.{day.year}", today) == day
    coming = parse_day(f"{day.day}.{day.month}.", today)
    assert coming is not None
    assert coming >= today
    assert (coming.day, coming.month) == (day.day, day.month)


@given(st.text(max_size=30) | st.text("0123456789. -/injulywochenmonat", max_size=20))
def test_no_words_break_it(text):
    day = parse_day(text, TODAY)
    assert day is None or isinstance(day, date)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.", date(2027, 7, 20)),
        ("Wir laden ein (spätestens am Montag, dem 1. März 2027).", date(2027, 3, 1)),
        ("Der Antrag ist bis 1.3. fertig", date(2027, 3, 1)),
        ("Bis zum 01.03.2027 rufe ich an.", date(2027, 3, 1)),
        ("Ich suche bis in 3 Wochen einen Raum.", date(2026, 12, 13)),
        ("bis zu 20 Kitas besuche ich bis 5. Mai", date(2027, 5, 5)),
        ("By 20 July I will have a talk.", date(2027, 7, 20)),
        ("Bis so weit alles steht, bis mi und do.", None),
        ("Ich sammle bis 1.5 Millionen Euro.", None),
        ("Ich führe bis 2-3 Gespräche.", None),
        ("Wir öffnen bis 20 Uhr.", None),
        ("Am 20. Juli treffen wir uns.", None),
        ("Ich bleibe dran bis", None),
        ("bis 31. Februar", None),
        ("", None),
    ],
)
def test_a_day_in_a_sentence(sentence: str, day: date | None) -> None:
    reading = reading_until(sentence, TODAY)
    assert (reading and reading.settled) == day


@given(st.text(max_size=500))
def test_no_sentence_breaks_it(sentence: str) -> None:
    reading_until(f"bis {sentence}", TODAY)


# No units of months and years, and no year: with these people may name any day, however far.
WORDS = [
    word
    for line in (
        "bis zum am im in vor nach zwischen und oder - / , . der des dem den spätestens um uhr by until the of before",
        "after on anfang mitte ende mid-june end nächsten diese übernächste next this erste zweiten letzter montag",
        "freitag sonntag monday friday fr so heute morgen übermorgen tomorrow woche wochen week weeks tagen days",
        "wochenende monats quartals kw q2 1. 2. 3 14. 14.30 5.6. 5/6 zwei vierzehn neunzig two ein januar",
        "februar märz mai may juni dezember dec ostern pfingsten weihnachten easter silvester frühjahr sommer winter",
        "spring halbjahr hälfte märzwoche",
    )
    for word in line.split()
]
spoken = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
with_numbers = st.lists(st.sampled_from([*WORDS, "12", "31", "05/06", "27", "2027"]), max_size=12).map(
    " ".join
)
days = st.dates(date(2026, 1, 1), date(2037, 12, 31))
LEAP_DAY = (2, 29)


@given(st.text(max_size=500) | with_numbers, days)
def test_whatever_is_read_is_whole(text: str, today: date) -> None:
    for read in READERS:
        if reading := read(text, today):
            assert reading.first <= reading.last
            assert reading.day not in reading.others
            assert reading.doubt is not None or not reading.others
            assert len(set(reading.others)) == len(reading.others)


@given(spoken, days)
def test_without_a_year_a_day_lies_within_two(text: str, today: date) -> None:
    for read in READERS:
        reading = read(text, today)
        found = [reading.day, *reading.others] if reading else []
        for day in found:
            assert (day.month, day.day) == LEAP_DAY or abs(day - today) <= timedelta(days=2 * 366), read


@given(spoken, days)
def test_one_answer_never_contradicts_the_other(text: str, today: date) -> None:
    reading, day = read_day(text, today), parse_day(text, today)
    assert day is None or (reading is not None and day == reading.day)


@given(days)
def test_next_friday_is_a_friday_of_the_next_fortnight(today: date) -> None:
    reading = read_day("nächsten Freitag", today)
    assert reading is not None
    for day in (reading.day, *reading.others):
        assert day.weekday() == 4
        assert today < day <= today + timedelta(days=14)
    assert (reading.doubt is Doubt.NEXT) == (today.weekday() < 4)


@pytest.mark.parametrize(
    "piece",
    [
        "bis ",
        "in ",
        "bis 12. bis ",
        "vor mo - ",
        "1.",
        ",",
        "12./",
        "am 3.",
        "um 14 bis ",
        "ä\u0301",
        "nach nach ",
        "a",
    ],
)
def test_a_longer_text_takes_no_more_than_its_length(piece: str) -> None:
    """Eight times the text takes eight times as long, with room for a busy machine; squared, it would be 64 times."""
    for read in READERS:
        short, long = (least_time(read, (piece * 16_000)[:length], TODAY) for length in (2_000, 16_000))
        assert long <= 24 * short + 0.05, read

"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import day_in, parse_day

TODAY = date(2026, 11, 22)  # a Sunday


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
    assert day_in(sentence, TODAY) == day


@given(st.text(max_size=500))
def test_no_sentence_breaks_it(sentence: str) -> None:
    day_in(f"bis {sentence}", TODAY)

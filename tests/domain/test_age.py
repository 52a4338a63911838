"""Who says they are under sixteen, and who only says a number."""

import pytest

from domain.age import says_under_age
from tests.timing import least_time


@pytest.mark.parametrize(
    "text",
    [
        "15",
        "Ich bin 15",
        "bin erst 9!",
        "14 Jahre alt",
        "I'm 15 years old",
        "12.",
        "fünfzehn",
        "Fünfzehn",
        "Ja, 15",
        "ich bin 15 Jahre",
        "I'm 15",
        "I am fifteen",
        "im 15",
        "ich bin erst fünfzehn",
        "Ich bin noch 15",
        "Ich bin leider erst 14 Jahre alt.",
        "Ja, ich bin 15",
        "Hallo, ich bin 15 und möchte mitmachen",
        "Ich bin 15, darf ich trotzdem?",
        "i'm only 15",
        "I’m 13 yo",
        "Ich bin Ana und bin 15",
        "15 j.",
        "15-jahre alt",
        "Ich bin Anna, 15 Jahre alt",
        "zwölf Jahre",
        "Mein Alter ist 15",
        "Age: 14",
        "Nein, ich bin 15",
        "Ich bin 15 Jahre jung",
        "ich bin 15j",
        "Fünfzehn Jahre alt",
        "Ich bin nur 15!!",
        "15 Jahre",
        "15 years",
        "15 yo",
    ],
)
def test_an_age_under_sixteen(text):
    assert says_under_age(text)


@pytest.mark.parametrize(
    "text",
    [
        "16",
        "0",
        "150",
        "15 Leute",
        "Saal 15",
        "Ich bin Ana",
        "1500",
        "AB15CD",
        "",
        "15 Jahre Erfahrung",
        "Ich bin 15 Jahre dabei",
        "ich bin 15 Jahre im Stadtrat",
        "Ich bin 16",
        "Ich bin 15 km entfernt",
        "Ich bin 1,80 groß",
        "I'm 15 minutes away",
        "Ich bin seit 15 Jahren Lehrerin",
        "Wir sind 15",
        "Fünfzehn Leute",
        "zehn Kitas",
        "Meine Tochter ist 15",
        "Jugendliche unter 15",
        "Ich bin 15-mal umgezogen",
        "Ich bin 15 % Politiker",
        "I'm 15% sure",
        "ich bin 51",
        "Ich bin 15/20",
        "Ich bin 25",
        "Ich bin 155",
        "Ich bin 15 Uhr da",
    ],
)
def test_anything_else_is_none(text):
    assert not says_under_age(text)


@pytest.mark.parametrize("text", ["ja " * 1300, "ich bin " * 500, " " * 4000 + "15", "ich bin a, " * 370])
def test_the_longest_text_is_read_in_no_time(text):
    assert least_time(says_under_age, text) < 1

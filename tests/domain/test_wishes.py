"""Wishes are the whole message; a sentence that holds one is none."""

import pytest

from domain.wishes import Wish, is_thanks, wish


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Hilfe", Wish.HELP),
        ("hilfe!!", Wish.HELP),
        ("Hilfe bitte", Wish.HELP),
        ("help", Wish.HELP),
        ("Menü", Wish.HELP),
        ("menu", Wish.HELP),
        ("stopp", Wish.STOP),
        ("STOP", Wish.STOP),
        ("Bitte stopp", Wish.STOP),
        ("abmelden", Wish.STOP),
        ("ich will nicht mehr", Wish.STOP),
        ("unsubscribe", Wish.STOP),
        ("löschen", Wish.ERASE),
        ("Loeschen", Wish.ERASE),
        ("lösch mich", Wish.ERASE),
        ("delete my data", Wish.ERASE),
        ("pause", Wish.PAUSE),
        ("datenschutz", Wish.PRIVACY),
        ("privacy", Wish.PRIVACY),
    ],
)
def test_a_wish(said, wanted):
    assert wish(said) is wanted


@pytest.mark.parametrize("wanted", Wish)
def test_each_value_says_itself(wanted):
    assert wish(wanted.value) is wanted


@pytest.mark.parametrize(
    "said",
    ["", "bitte", "Hilfe für Geflüchtete", "Ich biete Hilfe an", "Eine Pause im Saal", "stopp den Bau",
     "Ich will nicht mehr warten", "Datenschutz im Verein", "Schulden löschen", "Nachbarschaftshilfe", "help desk"],
)  # fmt: skip
def test_part_of_a_sentence_is_no_wish(said):
    assert wish(said) is None


@pytest.mark.parametrize(
    "said",
    ["Schön war's!", "schön wars", "Danke", "Vielen Dank!", "danke dir", "Tausend Dank für alles", "Es war sehr schön",
     "Thanks a lot", "thank you so much", "It was great", "Super!", "alles klar"],
)  # fmt: skip
def test_thanks(said):
    assert is_thanks(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "für alles",
        "Danke, der Antrag ist durch",
        "Der Termin war super",
        "läuft",
        "Schön wäre ein Termin",
    ],
)
def test_more_than_thanks(said):
    assert not is_thanks(said)

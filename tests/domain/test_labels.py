"""Which button somebody means by what they typed, and which ages are under sixteen."""

import pytest

from domain.age import says_under_age
from domain.labels import Awaited, beginnings, meant, spelt
from messages.joining import labels

ROLES = ("Rathaus oder Landkreis", "Verein oder Initiative", "Bundestag oder Landtag", "Abgeordnetenbüro")
ANSWERS = ("Ja, gern", "Nein, danke")


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Verein oder Initiative", "Verein oder Initiative"),
        ("VEREIN", "Verein oder Initiative"),
        ("Landtag", "Bundestag oder Landtag"),
        ("abgeordnetenburo", "Abgeordnetenbüro"),
        ("Abgeordnetenbuero", "Abgeordnetenbüro"),
        ("oder", None),
        ("Vereinsheim", None),
        ("", None),
        ("?!", None),
    ],
)
def test_a_tap_may_be_typed_in_part(typed, label):
    assert meant(typed, ROLES, Awaited.TAP) == label


def test_courtesy_alone_is_no_answer():
    assert meant("Danke", ANSWERS, Awaited.TAP) is None
    assert meant("nein!", ANSWERS, Awaited.TAP) == "Nein, danke"


def test_where_words_are_asked_for_only_the_whole_label_counts():
    assert meant("Verein", ROLES, Awaited.WORDS) is None
    assert meant("verein oder initiative", ROLES, Awaited.WORDS) == "Verein oder Initiative"
    assert meant("Landtag", ROLES, Awaited.NOTHING) is None
    assert meant("Bundestag", ROLES, Awaited.NOTHING) == "Bundestag oder Landtag"


def test_the_whole_label_goes_before_its_beginning():
    assert meant("Sachsen", ("Sachsen-Anhalt", "Sachsen"), Awaited.TAP) == "Sachsen"


def test_a_label_is_spelt_without_signs():
    assert spelt("Los geht's") == "los gehts"
    assert beginnings("Ja, gern") == {"ja", "ja gern"}


@pytest.mark.parametrize(
    "words", ["ja", "yes", "nein", "no", "ja ich willige ein 16", "los gehts", "ohne telegram"]
)
def test_what_stands_at_the_door_may_be_kept(words):
    assert words in labels.labels()


@pytest.mark.parametrize(
    "text", ["15", "Ich bin 15", "bin erst 9!", "14 Jahre alt", "I'm 15 years old", "12."]
)
def test_an_age_under_sixteen(text):
    assert says_under_age(text)


@pytest.mark.parametrize(
    "text", ["16", "0", "150", "15 Leute", "Saal 15", "Ich bin Ana", "1500", "AB15CD", ""]
)
def test_anything_else_is_none(text):
    assert not says_under_age(text)

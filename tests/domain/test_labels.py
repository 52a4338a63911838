"""Which button somebody means by what they typed, and which ages are under sixteen."""

import pytest

from domain.labels import Awaited, beginnings, begun, meant, spelt
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
    found = meant(typed, ROLES, Awaited.TAP)
    assert (found if len(found) == 1 else [None]) == [label]


def test_courtesy_alone_is_no_answer():
    assert meant("Danke", ANSWERS, Awaited.TAP) == []
    assert meant("nein!", ANSWERS, Awaited.TAP) == ["Nein, danke"]


def test_where_words_are_asked_for_only_the_whole_label_counts():
    assert meant("Verein", ROLES, Awaited.WORDS) == []
    assert meant("verein oder initiative", ROLES, Awaited.WORDS) == ["Verein oder Initiative"]
    assert meant("Landtag", ROLES, Awaited.NOTHING) == []
    assert meant("Bundestag", ROLES, Awaited.NOTHING) == ["Bundestag oder Landtag"]


def test_the_whole_label_goes_before_its_beginning():
    assert meant("Sachsen", ("Sachsen-Anhalt", "Sachsen"), Awaited.TAP) == ["Sachsen"]


CARD = ("Kennenlernen", "Weiter", "Nicht mein Thema")
MEET = ("Bin da", "5 Minuten später", "Klappt nicht")
NUDGE = ("Läuft", "Hängt", "Erfüllt", "Anderes", "In 2 Wochen")
COUNTERPART = ("Geht voran", "Noch nichts", "Wir sprechen", "Anderes")
PROPOSAL = ("Ich bin dabei", "Satz ändern", "Anderes Datum", "Lieber nicht")
LIST = ("1 Läuft", "1 Hängt", "2 Läuft", "2 Hängt", "3 Geht voran")


@pytest.mark.parametrize(
    ("typed", "labels", "found"),
    [
        ("kennenlernen", CARD, ["Kennenlernen"]),
        ("gern kennenlernen", CARD, ["Kennenlernen"]),
        ("Kennenlerne", CARD, ["Kennenlernen"]),
        ("weiter bitte", CARD, ["Weiter"]),
        ("thema", CARD, []),
        ("bin da", MEET, ["Bin da"]),
        ("Ich bin schon da!", MEET, ["Bin da"]),
        ("bin nicht da", MEET, []),
        ("klappt", MEET, []),
        ("klappt nicht", MEET, ["Klappt nicht"]),
        ("5 minuten spaeter", MEET, ["5 Minuten später"]),
        ("5 minuten", MEET, ["5 Minuten später"]),
        ("Fünf Minuten!", MEET, ["5 Minuten später"]),
        ("in 5 Minuten", MEET, ["5 Minuten später"]),
        ("15 Minuten", MEET, []),
        ("five minutes", ("I'm here", "5 minutes later"), ["5 minutes later"]),
        ("läuft", NUDGE, ["Läuft"]),
        ("es läuft gut, danke", NUDGE, ["Läuft"]),
        ("läuft nicht", NUDGE, []),
        ("läuft, Termin steht", NUDGE, []),
        ("hängt gerade", NUDGE, ["Hängt"]),
        ("erfüllt 🎉", NUDGE, ["Erfüllt"]),
        ("nicht erfüllt", NUDGE, []),
        ("2 Wochen", NUDGE, ["In 2 Wochen"]),
        ("noch nichts", COUNTERPART, ["Noch nichts"]),
        ("es geht voran", COUNTERPART, ["Geht voran"]),
        ("geht nicht voran", COUNTERPART, []),
        ("ich bin dabei", PROPOSAL, ["Ich bin dabei"]),
        ("Bin gern dabei!", PROPOSAL, ["Ich bin dabei"]),
        ("ich bin nicht dabei", PROPOSAL, []),
        ("ich", PROPOSAL, []),
        ("lieber nicht", PROPOSAL, ["Lieber nicht"]),
        ("läuft", LIST, ["1 Läuft", "2 Läuft"]),
        ("2 läuft", LIST, ["2 Läuft"]),
        ("geht voran", LIST, ["3 Geht voran"]),
        ("2", LIST, ["2 Läuft", "2 Hängt"]),
        ("1", ("1 Bürgerbus, Ben", "2 Wärmeplan, Ben"), ["1 Bürgerbus, Ben"]),
        ("12", ("1 Bürgerbus, Ben", "2 Wärmeplan, Ben"), []),
        ("weiter", ("Weiter: nächste Person", "Mein Profil"), ["Weiter: nächste Person"]),
        ("nein", ("Nein: Ankündigungen", "Ja: Telegram-Namen zeigen"), []),
        ("Bürgerbus", ("1 Bürgerbus, Ben", "2 Wärmeplan, Ben"), ["1 Bürgerbus, Ben"]),
        ("Ana Keller", ("Mit Ana Keller", "Name suchen"), ["Mit Ana Keller"]),
        ("Bayern", ("Bayern · 3", "Hessen · 5"), ["Bayern · 3"]),
    ],
)
def test_an_answer_is_a_whole_label_in_any_reasonable_form(typed, labels, found):
    assert meant(typed, labels, Awaited.ANSWER) == found


def test_a_label_is_spelt_without_signs():
    assert spelt("Los geht's") == "los gehts"
    assert beginnings("Ja, gern") == {"ja", "ja gern"}


@pytest.mark.parametrize(
    "words", ["ja", "yes", "nein", "no", "ja ich willige ein 16", "los gehts", "ohne telegram"]
)
def test_what_stands_at_the_door_may_be_kept(words):
    assert words in labels.labels()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("läuft super!", "läuft"),
        ("Läuft. Der Termin steht noch nicht.", "läuft"),
        ("noch nichts gehört", "noch nichts"),
        ("läuft nicht", None),
        ("läuft das?", None),
        ("läuft uns gerade alles aus dem Ruder", None),
        ("läufte", None),
        ("super", None),
        ("", None),
    ],
)
def test_a_label_with_a_word_or_two_begins_an_answer(typed, label):
    assert begun(typed, ("läuft", "hängt", "noch nichts")) == label

"""Free text: how words are made comparable, how answers are split, what is taken, asked about and kept."""

import json

import pytest

from domain.topics import load, similar_words
from domain.topics.lines import answer
from domain.topics.listing import hard_parts, soft_parts
from domain.topics.smalltalk import without_carriers
from domain.topics.words import content, fold, stem


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Bürger:innen", "burger"),
        ("Buerger*innen", "burger"),
        ("Lehrer/-innen", "lehrer"),
        ("SchülerInnen", "schuler"),
        ("Bürger:innenräte", "burgerrate"),
        ("Schüler(innen)rat", "schulerrat"),
        ("BürgerInnenrat", "burgerrat"),
        ("Stadt/Innenstadt", "stadt innenstadt"),
        ("ÖPNV", "opnv"),
        ("Straße", "strasse"),
        ("  E-Mobilität!! ", "e mobilitat"),
    ],
)
def test_one_spelling_for_many(written: str, folded: str):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("gendered", "plain"),
    [
        ("Bürger:innenräte", "Bürgerräte"),
        ("Bürger*innenhaushalt", "Bürgerhaushalt"),
        ("Schulsozialarbeiter*innen", "Schulsozialarbeiter"),
        ("Lehrer/-innenmangel", "Lehrermangel"),
        ("Schüler_innenvertretung", "Schülervertretung"),
    ],
)
def test_a_gendered_word_means_the_same_topic(gendered: str, plain: str):
    understood, expected = load().understand(gendered), load().understand(plain)
    assert [guess.topic for guess in expected.sure] != []
    assert [guess.topic for guess in understood.sure] == [guess.topic for guess in expected.sure]


def test_carrier_words_carry_no_subject():
    assert content("Wir suchen dringend Hilfe bei den Radwegen") == ["dringend", "radwegen"]
    assert content("wir suchen Hilfe") == ["wir", "suchen", "hilfe"]


@pytest.mark.parametrize(
    ("word", "short"), [("radwegen", "radweg"), ("communities", "community"), ("bus", "bus")]
)
def test_stems(word: str, short: str):
    assert stem(word) == short


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kita, Schule; Feuerwehr", ["Kita", "Schule", "Feuerwehr"]),
        ("- Pflege\n- Rente", ["Pflege", "Rente"]),
        ("1. Breitband 2. Schulbau", ["Breitband", "Schulbau"]),
        (
            "Wir brauchen Busse, damit alle zur Arbeit kommen",
            ["Wir brauchen Busse, damit alle zur Arbeit kommen"],
        ),
        ("die Kita, der Sport", ["die Kita", "der Sport"]),
        ("E-Mobilität", ["E-Mobilität"]),
        ("Straßen u. Brücken", ["Straßen u. Brücken"]),
        ("", []),
    ],
)
def test_hard_parts(text: str, parts: list[str]):
    assert hard_parts(text) == parts


def test_soft_parts():
    assert soft_parts("Kita und Schule & Sport") == ["Kita", "Schule", "Sport"]


def topics_of(text: str) -> set[str]:
    return {guess.topic for guess in load().understand(text).sure}


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Ehrenamt", {"ehrenamt"}),
        ("wir suchen Hilfe bei Kita und Schule", {"kita", "schule"}),
        ("Steuern und Abgaben", {"steuern"}),
        ("Kitas, die Feuerwehr und Bibliotheken", {"kita", "feuerwehr", "bibliothek"}),
        ("farradwege", {"radverkehr"}),
        ("housing and public transport", {"wohnen", "oepnv"}),
        ("Klimaschutz, Klimaschutz", {"klimaschutz"}),
        ("Ehrenamt im Sportverein", {"ehrenamt", "sport"}),
        ("Barrierefreiheit im Nahverkehr", {"inklusion", "oepnv"}),
        ("Digitalisierung der Verwaltung", {"digitale-verwaltung"}),
        ("KI in der Verwaltung", {"ki"}),
        ("Hilfe für Radwege", {"radverkehr"}),
    ],
)
def test_what_is_sure_is_taken(text: str, topics: set[str]):
    assert topics_of(text) == topics


def test_what_is_unclear_is_asked_with_at_most_three_buttons_per_part():
    unclear = load().understand("Stadt, Kitas")
    assert topics_of("Stadt, Kitas") == {"kita"}
    assert 1 <= len([guess for guess in unclear.ask if guess.part == "Stadt"]) <= 3
    assert {guess.certainty for guess in unclear.ask} == {"ask"}


def test_unknown_words_are_kept_as_the_persons_own_without_carrier_words():
    understood = load().understand("Wir suchen Hilfe beim Quokkaverleih, Kita")
    assert understood.words == ("Quokkaverleih",)
    assert without_carriers("ich biete gern: Quokkaverleih!") == "Quokkaverleih"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Wir haben eine Ehrenamtsbörse, die gut läuft", "ehrenamt"),
        ("Ehrenamtsbörse, läuft seit Jahren bestens", "ehrenamt"),
        ("Unser Bürgerbus; klappt prima", "oepnv"),
        ("a village shop, which works well", "nahversorgung"),
    ],
)
def test_that_something_goes_well_is_no_subject(text: str, topic: str):
    understood = load().understand(text)
    assert [guess.topic for guess in understood.sure] == [topic]
    assert understood.words == ()
    assert not [guess for guess in understood.ask if guess.topic in {"foerdermittel", "hochwasser"}]


@pytest.mark.parametrize(
    "text", ["", "   ", "/start", "Hallo", "keine Ahnung", "weiß nicht", "12345", "👍", "um 15 Uhr"]
)
def test_small_talk_is_neither_taken_nor_asked_nor_kept(text: str):
    understood = load().understand(text)
    assert (understood.sure, understood.ask, understood.words) == ((), (), ())
    assert load().match(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "mein Akku ist leer",
        "wie lange dauert das noch",
        "wo sind die Toiletten",
        "das WLAN geht nicht",
        "zu laut hier",
        "Fenster auf bitte",
        "is this a robot",
        "one moment please",
    ],
)
def test_what_is_said_of_the_day_or_the_room_is_never_taken(text: str):
    assert topics_of(text) == set()


def test_guesses_come_best_first_with_the_name_that_fired():
    guesses = load().match("Ehrenamtskarte", limit=5)
    assert guesses[0].topic == "ehrenamt"
    assert guesses[0].reason == "Ehrenamtskarte"
    assert [guess.score for guess in guesses] == sorted((guess.score for guess in guesses), reverse=True)
    assert all(0 <= guess.score <= 100 for guess in guesses)


def test_every_label_is_put_on_its_own_topic():
    catalogue = load()
    for topic in catalogue.topics.values():
        for label in (topic.label_de, topic.label_en):
            assert (catalogue.match(label)[0].topic, label) == (topic.id, label)


def test_very_long_and_odd_texts_break_nothing():
    for text in ("x" * 5000, "Kita " * 500, "\x00\ufffd", "Ω≈ç√", "'; DROP TABLE--", "\n\n,,;;"):
        load().understand(text)


def test_labels_and_shelves():
    catalogue = load()
    assert catalogue.label("oepnv", "de") == "ÖPNV"
    assert catalogue.label("oepnv", "en") == "Public transport"
    assert sum(len(group.topics) for group in catalogue.groups()) == len(catalogue.topics) == 123


def test_own_words_of_two_people():
    assert similar_words("Quokka-Verleih", "wir bieten einen Quokka Verleih")
    assert not similar_words("Quokkaverleih", "Imkerei")
    assert not similar_words("", "")


def test_a_line_is_answered_by_a_json_array():
    found = json.loads(answer("Ehrenamt\n"))
    assert found[0] == {"topic": "ehrenamt", "score": 100.0, "verdict": "sure", "reason": "Ehrenamt"}
    assert len(found) <= 5
    assert [guess["topic"] for guess in json.loads(answer("Kita, Feuerwehr"))[:2]] == ["kita", "feuerwehr"]
    assert json.loads(answer("")) == []

"""Long texts: what frames a subject does not hide it, and what is said in passing does not count as one."""

import pytest

from domain.topics import Guess, load


def best(text: str) -> Guess:
    return load().match(text)[0]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Prüfauftrag: Einrichtung einer Fahrradstraße zwischen Bahnhof und Schulzentrum", "radverkehr"),
        ("Antrag der Fraktion auf Einrichtung eines Jugendbeirats in der Gemeinde", "jugendbeteiligung"),
        ("Anfrage der Fraktion zur Situation der Pflegeheime im Landkreis", "pflege"),
        ("Sanierung der Stadtbücherei Castrop-Rauxel 2027", "bibliothek"),
        ("Die Verwaltung berichtet im März über den Stand des Glasfaserausbaus in Paderborn", "breitband"),
    ],
)
def test_frames_do_not_hide_the_subject(text: str, topic: str):
    assert best(text).topic == topic
    assert best(text).certainty == "sure"


@pytest.mark.parametrize("frame", ["Sanierung", "Gründung", "Förderung", "Anfrage der Fraktion"])
def test_a_frame_alone_is_read_like_any_other_word(frame: str):
    assert load().match(frame)


def test_the_first_of_two_subjects_counts_more():
    assert best("Neue Feuerwache neben dem geplanten Schwimmbad, erste Skizzen").topic == "feuerwehr"
    assert best("Neues Schwimmbad neben der geplanten Feuerwache, erste Skizzen").topic == "schwimmbaeder"


def test_a_frame_at_the_end_of_a_compound_leaves_its_beginning_the_subject():
    assert best("Hundesteuersatzung").topic == "steuern"
    assert best("Jugendhilfeausschuss").topic == "kinderschutz"


def test_two_words_for_one_topic_outweigh_one_for_another():
    assert best("Bahnhof, Fahrradstraße, Radweg gemeinsam planen").topic == "radverkehr"


def test_a_number_that_belongs_to_a_name_is_kept():
    assert best("Tempo 30 verhindern").topic == "verkehrssicherheit"


@pytest.mark.parametrize(
    "text",
    [
        "Mein Onkel hat im Urlaub eine alte Brücke fotografiert",
        "Der Redner vor uns hat fast eine Stunde lang gesprochen",
        "Where can I leave my suitcase until the train leaves",
        "Der Kaffee ist leer und die Milch ist sauer geworden",
    ],
)
def test_what_is_mentioned_in_passing_is_not_taken(text: str):
    assert not load().understand(text).sure

"""What people talk about that no topic is about: the list, and what it does."""

import pytest

from domain.topics import elsewhere, load
from domain.topics.catalogue_files import read
from domain.topics.words import content

FIELDS = elsewhere.read()


def test_no_name_elsewhere_is_also_a_topics_or_written_twice():
    _, entries = read()
    topics = {" ".join(content(name)) for entry in entries for name in entry.names()}
    written = [" ".join(content(name)) for field in FIELDS for name in field]
    assert [name for name in written if name in topics or written.count(name) > 1] == []


def test_names_elsewhere_are_short_and_clean():
    for name in (name for field in FIELDS for name in field):
        assert name == " ".join(name.split())
        assert 2 <= len(name) <= 60, name


@pytest.mark.parametrize(
    "text",
    ["Panzer", "Kampfpanzer liefern", "fighter jets", "Schraubenzieher", "Schachbrettmuster", "NATO-Gipfel"],
)
def test_what_is_elsewhere_is_neither_taken_nor_asked_about(text: str):
    assert load().understand(text).sure == load().understand(text).ask == ()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Bundeswehr und Feuerwehr", "feuerwehr"),
        ("Radwege", "radverkehr"),
        ("Schachverein sucht Vereinsheim", "vereine"),
    ],
)
def test_a_topic_is_found_beside_what_is_elsewhere(text: str, topic: str):
    understood = load().understand(text)
    assert topic in {guess.topic for guess in (*understood.sure, *understood.ask)}


def test_a_score_is_never_below_zero():
    assert all(guess.score >= 0 for guess in load().match("Bundeswehr"))

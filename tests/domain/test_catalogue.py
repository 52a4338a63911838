"""The topic catalogue is written by hand: these tests find what goes wrong by hand."""

from collections import defaultdict

import pytest

from domain.topics.catalogue_files import NamedTopic, read
from domain.topics.words import content, fold

GROUPS, ENTRIES = read()
PER_TOPIC = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.topic.id)


def test_there_are_123_topics_each_on_one_shelf():
    assert len(ENTRIES) == 123
    assert sorted(topic for group in GROUPS for topic in group.topics) == sorted(e.topic.id for e in ENTRIES)


def test_shelves_have_different_places_and_labels():
    assert (
        len({group.label_de for group in GROUPS}) == len({group.label_en for group in GROUPS}) == len(GROUPS)
    )


def test_no_alias_is_claimed_by_two_topics():
    claims: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry in ENTRIES:
        for name in entry.names():
            claims[" ".join(content(name))].add((entry.topic.id, name))
    claimed_twice = {key: who for key, who in claims.items() if len({topic for topic, _ in who}) > 1}
    assert claimed_twice == {}


@PER_TOPIC
def test_no_alias_stands_twice_in_one_language(entry: NamedTopic):
    for names in ((entry.topic.label_de, *entry.aliases_de), (entry.topic.label_en, *entry.aliases_en)):
        spellings = [fold(name) for name in names]
        assert {name for name in spellings if spellings.count(name) > 1} == set()


@PER_TOPIC
def test_aliases_are_short_and_clean(entry: NamedTopic):
    for name in entry.names():
        assert name == " ".join(name.split())
        assert 2 <= len(name) <= 60, name
        assert not set(name) & set('"\\<>\t'), name


@PER_TOPIC
def test_a_topic_has_sixty_aliases_of_which_twenty_five_are_english(entry: NamedTopic):
    assert len(entry.aliases_de) + len(entry.aliases_en) >= 60
    assert len(entry.aliases_en) >= 25

"""Reads the catalogue: one TOML file per group, one table per topic, with labels and aliases in both languages."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "catalogue"
_LABEL_PARTS = re.compile(r" (?:und|and) ")
_SHORTEST_LABEL_PART = 3


@dataclass(frozen=True)
class Topic:
    """Something people meet about. Its id is stored with people and must never change."""

    id: str
    group: str
    label_de: str
    label_en: str


@dataclass(frozen=True)
class TopicGroup:
    """A group of topics, for people who would rather tap than write."""

    id: str
    label_de: str
    label_en: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class NamedTopic:
    """A topic with all the names that people have for it."""

    topic: Topic
    aliases_de: tuple[str, ...]
    aliases_en: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        """Labels, halves of labels and aliases, each once, labels first."""
        labels = (self.topic.label_de, self.topic.label_en)
        halves = [
            half
            for label in labels
            for half in _LABEL_PARTS.split(label)
            if len(half) >= _SHORTEST_LABEL_PART and not half.endswith("-")
        ]
        return tuple(dict.fromkeys((*labels, *halves, *self.aliases_de, *self.aliases_en)))


def read() -> tuple[tuple[TopicGroup, ...], tuple[NamedTopic, ...]]:
    """All groups in the order in which they are shown, and all topics in the order of their groups.

    Raises ValueError if two files use the same id.
    """
    files = sorted(_files(), key=lambda file: int(str(file[1]["order"])))
    groups = tuple(_group(name, tables) for name, tables in files)
    entries = tuple(entry for name, tables in files for entry in _entries(name, tables))
    ids = [entry.topic.id for entry in entries]
    if twice := {name for name in ids if ids.count(name) > 1}:
        raise ValueError(f"topics written down twice: {sorted(twice)}")
    return groups, entries


def _files() -> Iterator[tuple[str, dict[str, object]]]:
    for path in FOLDER.glob("*.toml"):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))


def _group(name: str, tables: dict[str, object]) -> TopicGroup:
    ids = tuple(key for key, table in tables.items() if isinstance(table, dict))
    return TopicGroup(name, str(tables["de"]), str(tables["en"]), ids)


def _entries(group: str, tables: dict[str, object]) -> Iterator[NamedTopic]:
    for name, table in tables.items():
        if isinstance(table, dict):
            topic = Topic(name, group, table["de"], table["en"])
            yield NamedTopic(topic, tuple(table["aliases_de"]), tuple(table["aliases_en"]))

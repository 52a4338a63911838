"""What people are about: the catalogue of topics, and how a few hasty words are put on it."""

from functools import cache

from domain.topics.catalogue_files import Group, Topic, read
from domain.topics.understanding import Catalogue, Guess, Understood
from domain.topics.words import similar_words

__all__ = ["Catalogue", "Group", "Guess", "Topic", "Understood", "load", "similar_words"]


@cache
def load() -> Catalogue:
    """The catalogue, read and indexed at the first call; importing this package reads nothing."""
    groups, entries = read()
    return Catalogue(groups, entries)

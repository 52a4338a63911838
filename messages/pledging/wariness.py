"""Hints beside people's sentences: to the reader of what asks for a secret, to the writer before it goes out."""

from markupsafe import Markup

from domain.wariness import asks_for_secret, names_third_person
from messages.catalogue import Phrases


def to_reader(text: str, w: Phrases) -> Markup | None:
    """Stands above the sentence."""
    return w("pledge.wary.reader") if asks_for_secret(text) else None


def to_writer(text: str, other: str, w: Phrases) -> Markup | None:
    """Stands below the sentence, which goes out as it is in any case."""
    if asks_for_secret(text):
        return w("pledge.wary.secret")
    return w("pledge.wary.third_person") if names_third_person(text, other) else None

"""Hints beside people's sentences: to the reader of what asks for a secret, to the writer before it goes out."""

from markupsafe import Markup

from domain.coaching import Gap
from domain.wariness import asks_for_secret, names_third_person
from messages.catalogue import Phrases


def to_reader(text: str, w: Phrases) -> Markup | None:
    """Stands above the sentence."""
    return w("pledge.wary.reader") if asks_for_secret(text) else None


def under_way(text: str, gap: Gap | None, other: str, w: Phrases) -> list[Markup]:
    """To whoever has just sent other words for a pledge: what they sound like, and what they leave open."""
    if not text:
        return []
    wary = to_writer(text, other, w)
    left_open = [w(f"pledge.coach.{gap}"), w("pledge.coach.later")] if gap is not None else []
    return [*([wary] if wary is not None else []), *left_open]


def to_writer(text: str, other: str | None, w: Phrases) -> Markup | None:
    """Stands below the sentence, which goes out as it is in any case. `other` None: it may name them, whoever it is."""
    if asks_for_secret(text):
        return w("pledge.wary.secret")
    is_third = other is not None and names_third_person(text, other)
    return w("pledge.wary.third_person") if is_third else None

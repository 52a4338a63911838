"""A person's card as others see it, and the reason to talk to them."""

from datetime import time

from markupsafe import Markup

from domain.outcomes.matching import Because, Card, Why
from domain.voice import Voice
from domain.words import cut
from messages.catalogue import Phrases
from messages.names import land, role, topic
from messages.people import full, short
from messages.quotes import quoted

_PART = 60  # UTF-16 units of an organisation or a place
_WORDS = 80  # of somebody's own words in a reason
_PROPER = ("Europe",)  # English topics that begin with a name


def described(card: Card, w: Phrases) -> list[Markup]:
    """Name and role; for an MP, whether it is confirmed; then organisation, place and Land, as far as they are known,
    and who speaks English.

    The confirmation has a line of its own, where nothing that people type can be.
    """
    who = [w("card.who", name=full(w, card.name), role=role(w, card.role))]
    if card.role.is_mp:
        who.append(w("card.role.confirmed" if card.confirmed else "card.role.unconfirmed"))
    parts = [cut(part, _PART) for part in (card.organisation, card.place) if part]
    if card.land and (named := land(w, card.land)) != card.place:  # name Berlin, Bremen, Hamburg only once
        parts.append(named)
    if parts:
        who.append(w("card.where", where=" · ".join(parts)))
    return [*who, w("card.speaks_english")] if card.speaks_english else who


def on_button(w: Phrases, key: str, card: Card, number: int = 0) -> str:
    """A button with the name and the place or organisation, to tell two people of the same name apart."""
    where = card.place or card.organisation
    return w.fitted(key, number=number, name=card.name, where=f" · {where}" if where else "")


def reason(because: Because, other: str, w: Phrases) -> Markup:
    """The reason in one sentence, from the reader's side; living near each other adds half a sentence.

    What two people share is only named: that both deal with it does not mean that they agree.
    """
    return w(
        f"because.{because.why}",
        name=short(w, other), what=subject(because, w), theirs=theirs(because, w), near=near(because, w),
    )  # fmt: skip


def acquainted(workshop: str | None, w: Phrases) -> Markup | None:
    """That the two know each other from another workshop; None if they do not."""
    return w("matching.known_from", workshop=quoted(w, workshop, _PART)) if workshop else None


def staying(until: time | None, w: Phrases) -> Markup | None:
    """Until when they are here; None if nobody has said so."""
    return w("card.here_until", time=w.clock(until)) if until is not None else None


def of_three(third: str | None, w: Phrases) -> Markup | None:
    """That it is a conversation of three, and who else comes; None if it is one of two."""
    return w("matching.three", name=full(w, third)) if third is not None else None


def near(because: Because, w: Phrases) -> Markup | str:
    """That both live in the same place or Land; empty if they do not."""
    return w(f"because.near.{because.near}") if because.near is not None else ""


def subject(because: Because, w: Phrases) -> Markup:
    """What the talk is about: a topic, or own words in quotation marks."""
    return _about(because.topic, because.words, w)


def subjects(because: Because, w: Phrases) -> Markup:
    """Both topics, if each offers what the other seeks; else the one."""
    if because.why is not Why.BOTH or because.theirs is None:
        return subject(because, w)
    return Markup(" · ").join([theirs(because, w), subject(because, w)])


def theirs(because: Because, w: Phrases) -> Markup:
    """What the other offers, if each offers what the other seeks."""
    return _about(because.theirs, because.words, w)


def _about(topic_id: str | None, words: str | None, w: Phrases) -> Markup:
    if topic_id is not None:
        return Markup.escape(_within_a_sentence(topic(w, topic_id), w))
    return quoted(w, words, _WORDS) if words else w("because.unknown")


def _within_a_sentence(label: str, w: Phrases) -> str:
    if w.voice is not Voice.EN or label[1:2].isupper() or label.startswith(_PROPER):
        return label
    return label[:1].lower() + label[1:]

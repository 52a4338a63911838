"""What roles, Länder and topics are called in a voice: plain text, for labels and as values."""

from collections.abc import Iterable

from domain import topics
from domain.outcomes.choices import offered
from domain.roles import Role
from messages.catalogue import Phrases


def role(w: Phrases, of: Role) -> str:
    return w.label(f"role.{of}")


def land(w: Phrases, code: str) -> str:
    return w.label(f"land.{code}")


def topic(w: Phrases, topic_id: str) -> str:
    """The label of a topic, or of an offer. Raises KeyError for any other id."""
    if (offer := offered(topic_id)) is not None:
        return w.label(f"offer.named.{offer}")
    return topics.load().label(topic_id, w.voice.language)


def listed(w: Phrases, topic_ids: Iterable[str], sign: str = " · ") -> str:
    """Several topics in a row."""
    return sign.join(topic(w, each) for each in topic_ids)

"""What roles, Länder and topics are called in a voice: plain text, for labels and as values."""

from collections.abc import Iterable

from domain import topics
from domain.outcomes.choices import Offer
from domain.roles import Role
from messages.catalogue import Phrases

# The offers that MPs, authorities and offices tap are kept among their topics, with this prefix.
OFFER = "offer-"


def role(w: Phrases, of: Role) -> str:
    return w.label(f"role.{of}")


def land(w: Phrases, code: str) -> str:
    return w.label(f"land.{code}")


def topic(w: Phrases, topic_id: str) -> str:
    """The label of a topic, or of an offer. Raises KeyError or ValueError for any other id."""
    if topic_id.startswith(OFFER):
        return w.label(f"offer.named.{Offer(topic_id.removeprefix(OFFER))}")
    return topics.load().label(topic_id, w.voice.language)


def listed(w: Phrases, topic_ids: Iterable[str], sign: str = " · ") -> str:
    """Several topics in a row."""
    return sign.join(topic(w, each) for each in topic_ids)

"""What roles, Länder and topics are called in a voice: plain text, for labels and as values."""

from collections.abc import Iterable

from domain import topics
from domain.roles import Role
from messages.catalogue import Words

# What members of parliament, ministries and offices offer by tap; stands where a topic id stands.
OFFERS = ("talk", "contact", "visit", "raise")
LAENDER = (
    "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH",
)  # fmt: skip


def role(w: Words, of: Role) -> str:
    return w.label(f"role.{of}")


def land(w: Words, code: str) -> str:
    return w.label(f"land.{code}")


def topic(w: Words, topic_id: str) -> str:
    """A topic's label, or one of the OFFERS. Raises KeyError for any other id."""
    if topic_id in OFFERS:
        return w.label(f"offer.{topic_id}")
    return topics.load().label(topic_id, w.voice.language)


def listed(w: Words, topic_ids: Iterable[str], sign: str = " · ") -> str:
    """Several topics in a row."""
    return sign.join(topic(w, each) for each in topic_ids)

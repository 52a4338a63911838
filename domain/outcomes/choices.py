"""What people choose from, spelled as it is stored and as buttons say it."""

from enum import StrEnum


class Purpose(StrEnum):
    """A consent's purpose, spelled as it is stored."""

    CORE = "K"
    CARRIER = "U"
    ANNOUNCEMENTS = "A"
    SHOW_TELEGRAM = "G"


class Question(StrEnum):
    """What a profile asks, in this order. `LAND` only where the place does not tell."""

    ROLE = "role"
    NAME = "name"
    PLACE = "place"
    LAND = "land"
    SEEKS = "seeks"
    ORGANISATION = "organisation"
    OFFERS = "offers"
    ANNOUNCEMENTS = "announcements"
    SUMMARY = "summary"


class Direction(StrEnum):
    SEEKS = "seeks"
    OFFERS = "offers"


class Offer(StrEnum):
    """What MPs, offices and authorities offer by tap."""

    TALK = "talk"
    CONTACT = "contact"
    VISIT = "visit"
    RAISE = "raise"

    @property
    def topic(self) -> str:
        """How it is spelled among the topics of a profile."""
        return f"offer-{self.value}"


_OFFERED = {offer.topic: offer for offer in Offer}


def offered(topic: str | None) -> Offer | None:
    """The offer that is spelled so among the topics of a profile; None for a topic of the catalogue, and for none."""
    return _OFFERED.get(topic) if topic is not None else None


class ContactKind(StrEnum):
    TELEGRAM = "telegram"
    PHONE = "phone"
    EMAIL = "email"
    NONE = "none"


class Meeting(StrEnum):
    """What one side says on the meet card."""

    HERE = "here"
    FIVE = "five"
    CANT = "cant"


class Verdict(StrEnum):
    """What somebody said of a suggestion."""

    MEET = "meet"
    NEXT = "next"
    NOT_MY_TOPIC = "not_my_topic"

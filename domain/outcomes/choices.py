"""What people choose from. The values are what is stored, and what buttons carry."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a consent is given for. K and U together are the core consents."""

    CORE = "K"  # storing a profile and pledges
    CARRIER = "U"  # talking through Telegram
    ANNOUNCEMENTS = "A"  # getting organisers' broadcasts
    SHOW_TELEGRAM = "G"  # giving a match the Telegram name


class ProfileQuestion(StrEnum):
    """What a profile asks, in this order; LAND only if the place does not tell it, HOUR never: it is only edited."""

    ROLE = "role"
    NAME = "name"
    PLACE = "place"
    LAND = "land"
    SEEKS = "seeks"
    ORGANISATION = "organisation"
    OFFERS = "offers"
    ANNOUNCEMENTS = "announcements"
    SUMMARY = "summary"
    HOUR = "hour"  # the earliest at which questions about pledges come


class Direction(StrEnum):
    SEEKS = "seeks"
    OFFERS = "offers"


class Stance(StrEnum):
    """Where somebody stands on a topic of theirs: seen by nobody else, and never by whom they are matched with."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"  # to be talked about
    HEARD = "heard"  # their words take a side; they have not said which
    HEARD_NO = (
        "heard_no"  # the same, and a word like "gegen" was among them: it only tells which button comes first
    )

    @property
    def is_open_question(self) -> bool:
        return self in {Stance.HEARD, Stance.HEARD_NO}


class Offer(StrEnum):
    """What MPs, offices and authorities offer by tapping."""

    TALK = "talk"
    CONTACT = "contact"
    VISIT = "visit"
    RAISE = "raise"

    @property
    def topic(self) -> str:
        """How it is stored among the topics of a profile."""
        return f"offer-{self.value}"


_OFFERED = {offer.topic: offer for offer in Offer}


def offered(topic: str | None) -> Offer | None:
    """The offer that is stored as this topic, None for a topic of the catalogue and for no topic."""
    return _OFFERED.get(topic) if topic is not None else None


class ContactKind(StrEnum):
    TELEGRAM = "telegram"
    PHONE = "phone"
    EMAIL = "email"
    NONE = "none"


class Meeting(StrEnum):
    """What one of the two says on the meet card."""

    HERE = "here"
    FIVE = "five"
    CANT = "cant"


class Verdict(StrEnum):
    """What somebody decided about a suggestion."""

    MEET = "meet"
    NEXT = "next"
    NOT_MY_TOPIC = "not_my_topic"


class Met(StrEnum):
    """Whether two people met who both wanted to, as one of them says afterwards."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


class Theme(StrEnum):
    """Whether a picture is drawn for a light or a dark screen."""

    LIGHT = "light"
    DARK = "dark"

    @property
    def other(self) -> "Theme":
        return Theme.DARK if self is Theme.LIGHT else Theme.LIGHT

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
    """What MPs, offices and authorities offer by tap; stands among the topics of a profile as `offer-<value>`."""

    TALK = "talk"
    CONTACT = "contact"
    VISIT = "visit"
    RAISE = "raise"


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

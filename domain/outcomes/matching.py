"""What happens between two people who could meet: cards, questions, the handover."""

from dataclasses import dataclass, field
from enum import StrEnum

from domain.outcomes import payload
from domain.outcomes.choices import ContactKind, Meeting
from domain.roles import Role


@dataclass(frozen=True)
class Card:
    """A person as others may see them. Empty string: not given."""

    name: str
    role: Role
    confirmed: bool
    organisation: str
    place: str
    land: str | None


class Why(StrEnum):
    THEY_OFFER = "they_offer"
    YOU_OFFER = "you_offer"
    BOTH = "both"  # each offers what the other seeks
    SAME = "same"


@dataclass(frozen=True)
class Because:
    """The one true reason, from the reader's side. `topic` is what they share; for BOTH `theirs` is what the
    other offers and `topic` what the reader offers. `words` instead of a topic where own words met."""

    why: Why
    topic: str | None
    theirs: str | None
    words: str | None
    same_land: bool


@dataclass(frozen=True)
class Suggested:
    suggestion_id: int
    card: Card
    because: Because

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        suggestion_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class NobodyYet(payload.Payload):
    """Nobody fits, or all have been shown. `paused`: and the reader hears of nothing until they are back."""

    paused: bool = False


@dataclass(frozen=True)
class Asking:
    """To the asker: the other is being asked now."""

    name: str

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class IntroAsked:
    """To the one who is asked. `until`: the last day the question is open (today: until tonight)."""

    intro_id: int
    card: Card
    because: Because

    class Payload(payload.OfIntroduction):
        pass


@dataclass(frozen=True)
class IntroClosed(payload.Payload):
    """To the asked one after a no: nobody learns of it."""


@dataclass(frozen=True)
class IntroExpired(payload.Payload):
    """To the asker, when the time is over; a no looks the same."""


@dataclass(frozen=True)
class MeetCard:
    """`mine`, `theirs`: what each said on the card so far. `table` None: not on the workshop's day."""

    intro_id: int
    card: Card
    because: Because
    table: int | None
    mine: Meeting | None
    theirs: Meeting | None

    class Payload(payload.OfIntroduction):
        pass


@dataclass(frozen=True)
class ContactAsked:
    """How the other may reach me. `has_username`: there is a Telegram name to share."""

    intro_id: int
    name: str
    has_username: bool

    @dataclass(frozen=True)
    class Payload(payload.OfIntroduction):
        has_username: bool = field(default=False, metadata=payload.stored_as("has_name"))


@dataclass(frozen=True)
class ContactWordsAsked:
    intro_id: int
    name: str
    kind: ContactKind

    @dataclass(frozen=True)
    class Payload(payload.OfIntroduction):
        kind: ContactKind = field(metadata=payload.stored_as("by"))


@dataclass(frozen=True)
class ContactReceived:
    """What the other shares with the reader; sent as protected content."""

    name: str
    kind: ContactKind
    value: str

    @dataclass(frozen=True)
    class Payload(payload.OfIntroduction):
        kind: ContactKind = field(metadata=payload.stored_as("by"))


@dataclass(frozen=True)
class ContactNoted:
    """To the giver: the other has it now (or: nothing is shared, kind NONE)."""

    name: str
    kind: ContactKind

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        kind: ContactKind = field(metadata=payload.stored_as("by"))


Matching = (
    Suggested | NobodyYet | Asking | IntroAsked | IntroClosed | IntroExpired | MeetCard
    | ContactAsked | ContactWordsAsked | ContactReceived | ContactNoted
)  # fmt: skip

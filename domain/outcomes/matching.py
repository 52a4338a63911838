"""Outcomes of matching: suggestions, introductions, the meet card, contacts."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from hashlib import sha256

from domain.absence import Absence
from domain.outcomes import payload
from domain.outcomes.choices import ContactKind, Meeting, Met
from domain.roles import Role


@dataclass(frozen=True)
class Card:
    """A person as others may see them. An empty string was not given."""

    name: str
    role: Role
    confirmed: bool
    organisation: str
    place: str
    land: str | None
    speaks_english: bool = False

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with what the card says of the person, whether confirmed or not."""
        said = "\n".join((self.name, self.role, self.organisation, self.place, self.land or ""))
        return sha256(said.encode()).hexdigest()[:8]


class Why(StrEnum):
    """The kind of reason, put from the reader's side."""

    THEY_OFFER = "they_offer"
    YOU_OFFER = "you_offer"
    BOTH = "both"  # each offers what the other seeks
    SAME = "same"
    HELPS = "helps"  # the other agreed to help where the reader's pledge is stuck
    HELPED = "helped"  # the reader did
    HERE = "here"  # they have nothing in common but the workshop; stored only where an organiser chose them


class Near(StrEnum):
    """What two people's places have in common."""

    PLACE = "place"
    LAND = "land"


@dataclass(frozen=True)
class Because:
    """The reason for a suggestion, put from the reader's side.

    `topic` is what it is about; for BOTH, `theirs` is what the other offers and `topic` what the reader offers.
    If own words matched, `words` takes the topic's place.
    """

    why: Why
    topic: str | None
    theirs: str | None
    words: str | None
    near: Near | None


@dataclass(frozen=True)
class Suggested:
    """`known_from`, here and below: the title of another workshop from which the two know each other. `here_until`:
    when the other, an MP, leaves today; None if nobody said so, or they are gone.

    `third`, likewise: the name of somebody who comes along, or would.
    """

    suggestion_id: int
    card: Card
    because: Because
    known_from: str | None = None
    here_until: time | None = None
    third: str | None = None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        suggestion_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class NobodyYet(payload.Payload):
    """Nobody fits, or everybody who does has been shown. `paused`: the reader is, and so will not hear of others.
    `again`: there are people whom they passed by.
    """

    paused: bool = False
    again: bool = False


@dataclass(frozen=True)
class TopicWanted(payload.Payload):
    """To somebody without topics, for whom nobody can be found."""


@dataclass(frozen=True)
class CardIsOut(payload.Payload):
    """To somebody in a round who gets no card, as an MP does not: others have theirs, and may ask."""


@dataclass(frozen=True)
class EarlierCardOpen(payload.Payload):
    """To somebody in a round for whom there is nobody new: a card or a question of theirs is still open."""


@dataclass(frozen=True)
class Asking:
    """To the asker: the other is being asked now."""

    name: str

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class IntroAsked:
    """To the one who is asked to meet."""

    intro_id: int
    card: Card
    because: Because
    known_from: str | None = None
    here_until: time | None = None
    third: str | None = None

    class Payload(payload.OfIntroduction):
        pass


@dataclass(frozen=True)
class IntroClosed(payload.Payload):
    """To the one who was asked and said no: nobody learns of it."""


@dataclass(frozen=True)
class IntroExpired(payload.Payload):
    """To the asker, when the time is over; after a no it looks the same. `today`: they asked on this very day."""

    today: bool = True


@dataclass(frozen=True)
class MeetCard:
    """To each of two people who both said yes. `mine`, `theirs`: what each has said on the card so far.

    `table`: the number of a table to meet at, None unless it is the workshop's day, and `table_name` what it is called,
    if it is; `opens`: the time it opens, if that is earlier; `at`: when, by the timetable. `partner_id`: the other
    person, with whom a pledge may follow.
    """

    intro_id: int
    card: Card
    because: Because
    table: int | None
    mine: Meeting | None
    theirs: Meeting | None
    partner_id: int
    absence: Absence | None = None  # of the other
    known_from: str | None = None
    table_name: str = ""
    opens: time | None = None
    at: time | None = None
    here_until: time | None = None
    third: str | None = None

    class Payload(payload.OfIntroduction):
        pass


@dataclass(frozen=True)
class ContactAsked:
    """Asks how the other may reach the reader. `has_username`: there is a Telegram name to share."""

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
class NumberDoubted:
    """Asks whether the number on a contact card that names no owner is the reader's own."""

    draft_id: int
    intro_id: int
    value: str

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        draft_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class ContactReceived:
    """How the reader may reach the other; sent as protected content.

    `in_return`: the reader can give something in return.
    """

    name: str
    kind: ContactKind
    value: str
    partner_id: int
    intro_id: int
    in_return: bool

    @dataclass(frozen=True)
    class Payload(payload.OfIntroduction):
        kind: ContactKind = field(metadata=payload.stored_as("by"))


@dataclass(frozen=True)
class ContactNoted:
    """To the giver: the other has it now (for kind NONE: nothing is shared)."""

    name: str
    kind: ContactKind
    partner_id: int

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        kind: ContactKind = field(metadata=payload.stored_as("by"))


@dataclass(frozen=True)
class MetAsked:
    """To both of a double yes, on the first working day after the workshop: did they meet?"""

    intro_id: int
    name: str

    class Payload(payload.OfIntroduction):
        pass


@dataclass(frozen=True)
class MetNoted:
    """What the reader said about that. `can_reach`: the other has shared a way to be reached.

    `partner_id`: the other person, with whom a pledge may follow.
    """

    intro_id: int
    name: str
    met: Met
    partner_id: int
    can_reach: bool

    class Payload(payload.OfIntroduction):
        pass


Matching = (
    Suggested | NobodyYet | TopicWanted | CardIsOut | EarlierCardOpen | Asking | IntroAsked | IntroClosed | IntroExpired
    | MeetCard | ContactAsked | ContactWordsAsked | NumberDoubted | ContactReceived | ContactNoted
    | MetAsked | MetNoted
)  # fmt: skip

"""Outcomes of joining: the welcome, consents, the profile's questions, the profile."""

from dataclasses import dataclass, field

from domain.links import PrintedFor
from domain.outcomes import payload
from domain.outcomes.choices import Direction, ProfileQuestion, Purpose
from domain.roles import Role
from domain.voice import Voice


@dataclass(frozen=True)
class Welcome:
    """The first message, before any consent. With fewer than 5 people, the counts are None and `topics` is empty.

    `again`: something else was said than its buttons do, so it says how to begin. `invited`: somebody who stands by
    has a pledge for the reader; `entered`: somebody entered a pledge with them; `office`: it is an invitation into an
    MP's office. `today`: whether it is the workshop's
    day.
    """

    controller: str
    workshop_id: int | None
    workshop: str | None
    people: int | None
    mps: int | None
    topics: tuple[str, ...]
    again: bool = False
    invited: bool = False
    today: bool = True
    entered: bool = False
    office: bool = False
    account: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        workshop_id: int | None = field(default=None, metadata=payload.OBJECT)
        again: bool = False
        handshake_id: int = 0
        code_id: int = 0
        audience: PrintedFor = PrintedFor.EVERYBODY


@dataclass(frozen=True)
class WithoutTelegram(payload.Payload):
    workshop_id: int | None = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class ConsentAsked:
    """Asks for a consent. `again`: it was asked before and never answered, so it says what happens on no."""

    purpose: Purpose
    controller: str
    workshop_id: int | None
    again: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        purpose: Purpose
        workshop_id: int | None = field(default=None, metadata=payload.OBJECT)
        again: bool = False


@dataclass(frozen=True)
class Declined(payload.Payload):
    """To somebody who said no to K or U: nothing is stored."""


@dataclass(frozen=True)
class UnderAge(payload.Payload):
    """To somebody under 16: nothing more is asked, and nothing is stored."""


@dataclass(frozen=True)
class MpNotice:
    """To somebody who has just claimed to be an MP."""

    bot: str

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class ConfirmationEnded(payload.Payload):
    """To somebody confirmed who has changed their name: an organiser has to confirm the role again."""


@dataclass(frozen=True)
class Asked:
    """A question of the profile. `editing`: it is asked from the summary.

    `laender` (LAND): ISO codes, the likely ones first. `chosen` (OFFERS): those already taken of the offers that MPs
    and authorities tap. `confirmed` (NAME): an organiser confirmed the role under the present name; `mp`: who reads
    the name and lets its bearer into their office. `joining`: there is a way back to the question before it; what is
    edited then is shown with its present answer, in words (`answer`), as `role`, as `land` or as `announcements`. ROLE:
    whether it is the workshop's day (`today`), and which role the poster that led here was printed for (`likely`).
    """

    question: ProfileQuestion
    role: Role | None
    editing: bool
    laender: tuple[str, ...] = ()
    place: str | None = None
    chosen: tuple[str, ...] = ()
    confirmed: bool = False
    joining: bool = False
    answer: str = ""
    land: str | None = None
    announcements: bool | None = None
    today: bool = True
    likely: Role | None = None
    mp: str = ""

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        question: ProfileQuestion
        editing: bool = False


@dataclass(frozen=True)
class PlacesMeant:
    """The places that a typed one may mean, to be picked. A single one is a guess, and what was typed may stay."""

    draft_id: int
    places: tuple[str, ...]
    editing: bool
    joining: bool = False

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class TopicDoubt:
    """Words that could mean several topics. `presumed`: only their sense suggests these, not their letters."""

    interest_id: int
    words: str
    topics: tuple[str, ...]
    presumed: bool = False


@dataclass(frozen=True)
class TopicSide:
    """A topic that was named for or against something, so that it is asked where the person stands.

    `no_first`: the answer against it comes first, as in what was said.
    """

    interest_id: int
    topic: str
    no_first: bool = False


@dataclass(frozen=True)
class TopicsHeard:
    """What was understood. `sure`: (interest id, topic id); `words`: (interest id, own words).

    At most one doubt is asked at a time, and one `side` once there is no doubt left. `dropping`: the buttons remove
    topics. `editing`: the question had been answered before.
    """

    direction: Direction
    sure: tuple[tuple[int, str], ...]
    words: tuple[tuple[int, str], ...]
    doubt: TopicDoubt | None
    dropping: bool = False
    editing: bool = False
    joining: bool = False
    side: TopicSide | None = None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        direction: Direction
        dropping: bool = False


@dataclass(frozen=True)
class TopicsBrowsed:
    """The catalogue to browse: its groups (`group` None), or one group's topics.

    `chosen`: ids of topics already taken. Pages count from 0.
    """

    direction: Direction
    group: str | None
    page: int
    chosen: tuple[str, ...]
    editing: bool = False
    joining: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        direction: Direction
        group: int | None = field(default=None, metadata=payload.OBJECT)  # its position in the catalogue
        page: int = 0


@dataclass(frozen=True)
class Profile:
    """The summary, in which every line can be edited. An empty string was skipped.

    `finished` False: the person is still joining, and has to confirm it.
    """

    name: str
    role: Role
    confirmed: bool
    organisation: str
    place: str
    land: str | None
    seeks: tuple[str, ...]  # topic ids
    seek_words: tuple[str, ...]
    offers: tuple[str, ...]
    offer_words: tuple[str, ...]
    announcements: bool
    hour: int  # the earliest at which they are asked about pledges
    voice: Voice
    workshops: tuple[str, ...]  # the present one first
    finished: bool
    office: bool = False  # they have one, or are in one
    is_due: bool = False  # an MP, whose next workshop is not over

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class Ready:
    """The profile has been confirmed: what the person can do now."""

    name: str

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class LineChanged:
    """An older button corrected an answer: the new role, or else the new Land."""

    role: Role | None
    land: str | None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        question: ProfileQuestion


@dataclass(frozen=True)
class VoiceAsked(payload.Payload):
    """Asks for language and form of address."""


@dataclass(frozen=True)
class CodeAsked(payload.Payload):
    """Asks for a workshop's code. Not `joined`: it is the person's first, without which joining cannot go on."""

    joined: bool


@dataclass(frozen=True)
class WorkshopJoined:
    """To somebody known who has joined another workshop, now their present one. `again`: they were in it already."""

    workshop: str
    again: bool

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        again: bool = False


Joining = (
    Welcome | WithoutTelegram | ConsentAsked | Declined | UnderAge | MpNotice | ConfirmationEnded | Asked | TopicsHeard
    | TopicsBrowsed | PlacesMeant | Profile | Ready | LineChanged | VoiceAsked | CodeAsked | WorkshopJoined
)  # fmt: skip

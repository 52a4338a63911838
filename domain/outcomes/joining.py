"""What happens at the door: welcome, consents, questions, the profile."""

from dataclasses import dataclass, field

from domain.outcomes import payload
from domain.outcomes.choices import Direction, Purpose, Question
from domain.roles import Role
from domain.voice import Voice


@dataclass(frozen=True)
class Welcome:
    """Before any consent. `people` and `mps` are None below 5, `topics` empty then."""

    controller: str
    workshop_id: int | None
    workshop: str | None
    people: int | None
    mps: int | None
    topics: tuple[str, ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        workshop_id: int | None = field(default=None, metadata=payload.OBJECT)


@dataclass(frozen=True)
class WithoutTelegram(payload.Payload):
    workshop_id: int | None = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class ConsentAsked:
    purpose: Purpose
    controller: str
    workshop_id: int | None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        purpose: Purpose
        workshop_id: int | None = field(default=None, metadata=payload.OBJECT)


@dataclass(frozen=True)
class Declined(payload.Payload):
    """No to K or U: nothing is stored."""


@dataclass(frozen=True)
class UnderAge(payload.Payload):
    """Under 16: nothing is asked, nothing is stored."""


@dataclass(frozen=True)
class MpNotice:
    """Right after an MP role was claimed."""

    bot: str

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class ConfirmationEnded(payload.Payload):
    """A confirmed person has another name now: the role waits for an organiser again."""


@dataclass(frozen=True)
class Asked:
    """A profile question. `editing`: asked from the summary. `laender`: the likely ones first, as ISO codes.
    `chosen`: of the four offers that MPs and authorities tap (OFFERS), those already taken. `confirmed`: an organiser
    confirmed the role, under the present name (NAME)."""

    question: Question
    role: Role | None
    editing: bool
    laender: tuple[str, ...] = ()
    place: str | None = None
    chosen: tuple[str, ...] = ()
    confirmed: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        question: Question
        editing: bool = False


@dataclass(frozen=True)
class Doubt:
    """One thing said that could mean several topics. `presumed`: by its sense alone, no letters speak for it."""

    interest_id: int
    words: str
    topics: tuple[str, ...]
    presumed: bool = False


@dataclass(frozen=True)
class TopicsHeard:
    """`sure`: (interest id, topic id); `words`: (interest id, own words); one doubt at a time is asked. `editing`: the
    line was answered before."""

    direction: Direction
    sure: tuple[tuple[int, str], ...]
    words: tuple[tuple[int, str], ...]
    doubt: Doubt | None
    dropping: bool = False
    editing: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        direction: Direction
        dropping: bool = False


@dataclass(frozen=True)
class TopicsBrowsed:
    """`group` None: the groups are shown. `chosen`: topic ids already taken. Pages count from 0."""

    direction: Direction
    group: str | None
    page: int
    chosen: tuple[str, ...]
    editing: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        direction: Direction
        group: int | None = field(default=None, metadata=payload.OBJECT)  # its place in the list
        page: int = 0


@dataclass(frozen=True)
class Profile:
    """The summary, every line editable. Empty string: skipped. `finished` False: still joining, ends in Bestätigen."""

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
    voice: Voice
    workshops: tuple[str, ...]  # the present one first
    finished: bool

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class Ready:
    """The profile is confirmed: what one can do now."""

    name: str

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class LineChanged:
    """A button further up corrected an answer: the role that stands now, else the Land."""

    role: Role | None
    land: str | None

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        question: Question


@dataclass(frozen=True)
class VoiceAsked(payload.Payload):
    """Language and form of address."""


@dataclass(frozen=True)
class CodeAsked(payload.Payload):
    """A workshop's code is typed. Not `joined`: the first one, without which nothing goes on."""

    joined: bool


@dataclass(frozen=True)
class WorkshopJoined:
    """Somebody known came through another (or the same) workshop's door: it is the present one now."""

    workshop: str
    again: bool

    @dataclass(frozen=True)
    class Payload(payload.OfWorkshop):
        again: bool = False


Joining = (
    Welcome | WithoutTelegram | ConsentAsked | Declined | UnderAge | MpNotice | ConfirmationEnded | Asked | TopicsHeard
    | TopicsBrowsed | Profile | Ready | LineChanged | VoiceAsked | CodeAsked | WorkshopJoined
)  # fmt: skip

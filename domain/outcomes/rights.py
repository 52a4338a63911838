"""What everybody may ask for: privacy, their data, a pause, a consent back, erasure."""

from dataclasses import dataclass, field
from datetime import date

from domain.outcomes import payload
from domain.outcomes.choices import Purpose
from domain.outcomes.joining import Profile


@dataclass(frozen=True)
class Privacy:
    """The long text. `question`: the consent it interrupts, so that its buttons can follow. `nothing_stored`: the
    answer to somebody unknown who wants to see, take back or erase what there is."""

    controller: str
    contact: str
    retention_days: int
    bot: str
    workshop_id: int | None
    question: Purpose | None
    nothing_stored: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        workshop_id: int | None = field(default=None, metadata=payload.OBJECT)
        question: Purpose | None = None
        nothing_stored: bool = False


@dataclass(frozen=True)
class MyData:
    """`document`: the JSON file's bytes; `lines`: (field label id, value) is worded from the profile itself."""

    profile: Profile | None
    consents: tuple[tuple[Purpose, date, bool], ...]  # purpose, given on, still given
    pledges: int
    accesses: int
    ends_on: date | None
    document: bytes = field(repr=False)

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class EraseAsked:
    pledges: int

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class EraseKept(payload.Payload):
    """The person thought again."""

    joined: bool


@dataclass(frozen=True)
class Erased(payload.Payload):
    pass


@dataclass(frozen=True)
class PartnerErased:
    """To the counterpart: the promise stands as a neutral placeholder."""

    title: str
    own_text: bool

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class Forgotten:
    """In a message's place: it was about a person who was erased since."""

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        object_id: int | None = field(default=None, metadata=payload.OBJECT)
        again: payload.KindName | None = None  # the kind that is said instead, if any


@dataclass(frozen=True)
class TextEnding:
    """A promise's sentence and notes end by themselves on this day, well after its deadline."""

    title: str
    on: date

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class PauseAsked(payload.Payload):
    paused: bool
    until: date | None


@dataclass(frozen=True)
class Paused(payload.Payload):
    until: date | None


@dataclass(frozen=True)
class NotPaused(payload.Payload):
    """The person thought again: all goes on."""


@dataclass(frozen=True)
class Resumed(payload.Payload):
    pass


@dataclass(frozen=True)
class ConsentsListed:
    """`/widerruf`: (purpose, given)"""

    given: tuple[tuple[Purpose, bool], ...]

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class ConsentChanged(payload.Payload):
    purpose: Purpose
    given: bool


Rights = (
    Privacy | MyData | EraseAsked | EraseKept | Erased | PartnerErased | Forgotten | TextEnding | PauseAsked | Paused
    | NotPaused | Resumed | ConsentsListed | ConsentChanged
)  # fmt: skip

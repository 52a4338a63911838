"""Outcomes of rights: privacy, one's own data, pausing, withdrawing consents, erasure."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.outcomes import payload
from domain.outcomes.choices import Purpose
from domain.outcomes.joining import Profile
from domain.team import TeamRole


@dataclass(frozen=True)
class Privacy:
    """The privacy text. `question`: the consent that was being asked for, whose buttons follow again.

    `nothing_stored`: it answers somebody unknown who wants to see, withdraw or erase what there is.
    """

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
    """What is stored about the person, in short; `document` is all of it as the bytes of a JSON file.

    `pledges` and `accesses` (organisers' looks) are counts. `ends_on`, `contacts_end_on`: the days by which the words
    of the last pledge, and the last contact that was given to somebody, are deleted; None if there are none.
    `exported`: the latest file that they are in: made on, as what, what for.
    """

    profile: Profile | None
    consents: tuple[tuple[Purpose, date, bool], ...]  # purpose, given on, still given
    pledges: int
    accesses: int
    ends_on: date | None
    contacts_end_on: date | None
    document: bytes = field(repr=False)
    exported: tuple[date, TeamRole, str] | None = None

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class DataOnItsWay(payload.Payload):
    """The document with their data was asked for again while it is still being sent."""


@dataclass(frozen=True)
class EraseAsked:
    """`in_programme`: a programme of their workshops has their full name."""

    pledges: int
    in_programme: bool = False

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class EraseKept(payload.Payload):
    """To somebody who decided not to be erased."""

    joined: bool


@dataclass(frozen=True)
class Erased(payload.Payload):
    pass


@dataclass(frozen=True)
class PartnerErased:
    """To the other party of a pledge: of the erased one only a neutral placeholder is left.

    `own_text`: the sentence is the reader's, so it stays.
    """

    title: str
    own_text: bool

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class Forgotten:
    """Takes the place of a message that was about a person who has been erased since.

    `quiet`: it does not say so, since its reader may be waiting for an answer from that person.
    """

    quiet: bool = False
    is_photo: bool = False  # a grey picture takes the place of theirs

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        object_id: int | None = field(default=None, metadata=payload.OBJECT)
        again: payload.KindName | None = None  # the kind that is said instead, if any
        quiet: bool = False
        is_photo: bool = False


@dataclass(frozen=True)
class TextEnding:
    """A pledge's sentence and notes will be deleted on this day, well after its deadline."""

    pledge_id: int
    title: str
    on: date

    class Payload(payload.OfPledge):
        pass


@dataclass(frozen=True)
class PauseAsked(payload.Payload):
    paused: bool
    until: date | None


@dataclass(frozen=True)
class StopAsked(payload.Payload):
    """To somebody who has had enough: asks whether to pause, to take consents back, or to erase."""

    can_pause: bool


@dataclass(frozen=True)
class Paused(payload.Payload):
    until: date | None


@dataclass(frozen=True)
class NotPaused(payload.Payload):
    """To somebody who decided not to pause."""


class Happened(StrEnum):
    """What others did while somebody paused, the most urgent first: what waits for an answer, then what is to know."""

    PROPOSED = "proposed"
    ASKED_TO_MEET = "asked_to_meet"
    RESULT_ASKED = "result_asked"
    RETROSPECTIVE = "retrospective"
    HELP_ASKED = "help_asked"
    PAPER = "paper"
    RELAYED = "relayed"
    BOTH_YES = "both_yes"
    CONTACT = "contact"
    AGREED = "agreed"
    SEEN_DIFFERENTLY = "seen_differently"
    TALK = "talk"
    TIMETABLE = "timetable"
    TABLE_FULL = "table_full"
    ENDED = "ended"
    NEWS = "news"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    NO_HELP = "no_help"
    OBJECTION = "objection"
    ACCOUNT = "account"
    ROLE = "role"
    SETTLED = "settled"
    CARD = "card"
    EXPIRED = "expired"
    BROADCAST = "broadcast"
    INQUIRY = "inquiry"


@dataclass(frozen=True)
class MissedNews:
    """One thing that happened meanwhile. `other` and `title` are empty where it has none.

    `object_id`: the pledge, the introduction or the call for help that it is about, if any.
    """

    what: Happened
    object_id: int | None
    other: str = ""
    title: str = ""


@dataclass(frozen=True)
class Resumed:
    """A pause is over: by the reader's word, or `by_itself`. `missed`: what they were not told and is still true."""

    by_itself: bool
    missed: tuple[MissedNews, ...]

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        """`first`: the row that said it first, where this changes its message."""

        first: int | None = field(default=None, metadata=payload.OBJECT)
        by_itself: bool = False


@dataclass(frozen=True)
class ConsentsListed:
    """The consents, for `/widerruf`: (purpose, whether it is given)."""

    given: tuple[tuple[Purpose, bool], ...]

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class ConsentChanged(payload.Payload):
    purpose: Purpose
    given: bool


ANSWERS = (
    Privacy, MyData, DataOnItsWay, EraseAsked, EraseKept, Erased, PauseAsked, StopAsked, Paused, NotPaused, Resumed,
    ConsentsListed, ConsentChanged,
)  # fmt: skip
"""What people hear when they ask about their data, or for a pause: these replies wait for no others."""

Rights = (
    Privacy | MyData | DataOnItsWay | EraseAsked | EraseKept | Erased | PartnerErased | Forgotten | TextEnding
    | PauseAsked | StopAsked | Paused | NotPaused | Resumed | ConsentsListed | ConsentChanged
)  # fmt: skip

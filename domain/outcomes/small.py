"""The small outcomes around all others: help, refusals, faults."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.outcomes import payload
from domain.refusal import Reason


@dataclass(frozen=True)
class Help(payload.Payload):
    joined: bool
    organiser: bool


@dataclass(frozen=True)
class Cancelled(payload.Payload):
    """Answers `/abbrechen`. `something` False: there was nothing to cancel. Not `joined`: takes no part themselves.

    `joining`: a question of joining is open, and is asked again below.
    """

    something: bool
    joined: bool
    organiser: bool
    joining: bool = False


@dataclass(frozen=True)
class NothingExpected(payload.Payload):
    """Answers words that belong nowhere. `asked`: the row of the newest question, whose buttons are shown again."""

    organiser: bool
    asked: int | None = field(default=None, metadata=payload.OBJECT)


@dataclass(frozen=True)
class ThanksHeard(payload.Payload):
    """Answers thanks, which are nobody's note."""


@dataclass(frozen=True)
class Refused(payload.Payload):
    reason: Reason
    limit: int = 0
    organiser: bool = False
    joined: bool = True  # False: do not offer what people who have not joined would only be refused
    day: date | None = None  # of DEADLINE_RANGE, AMENDMENT_RANGE, TALK_RANGE: the day understood
    pasted: int = 0  # of TOO_LONG: when the first part of a pasted text was sent, in Unix seconds


@dataclass(frozen=True)
class EditIgnored(payload.Payload):
    """Answers an edited message, once: what was made of it is settled, so that the edit does not count."""


@dataclass(frozen=True)
class EditTaken(payload.Payload):
    """Answers an edited message that counts as it reads now, where nothing else shows it."""


@dataclass(frozen=True)
class Flooded(payload.Payload):
    """More came than is read in a minute: what comes until it is over is not read, and this is the one answer."""


class SettledAbout(StrEnum):
    PLEDGE = "pledge"
    TALK = "talk"


@dataclass(frozen=True)
class Settled:
    """Takes the place of a question that somebody else of the reader's party has settled. `answer`: whether with a yes;
    None: with neither yes nor no. `about`: the pledge or the talk that it was about, with whom, and the pledge's title
    if it has one; None: anything else.
    """

    answer: bool | None = None
    about: SettledAbout | None = None
    other: str = ""
    title: str = ""


@dataclass(frozen=True)
class GroupHint:
    bot: str

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class Fault(payload.Payload):
    """Something failed in the bot. `number`: 24 bits, shown as six hexadecimal digits, as in the log."""

    number: int = field(metadata=payload.OBJECT)


Small = (
    Help
    | Cancelled
    | NothingExpected
    | ThanksHeard
    | Refused
    | EditIgnored
    | EditTaken
    | Flooded
    | Settled
    | GroupHint
    | Fault
)

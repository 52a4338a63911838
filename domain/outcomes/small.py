"""The small outcomes around all others: help, refusals, faults."""

from dataclasses import dataclass, field
from datetime import date

from domain.outcomes import payload
from domain.refusal import Reason


@dataclass(frozen=True)
class Help(payload.Payload):
    joined: bool
    organiser: bool


@dataclass(frozen=True)
class Cancelled(payload.Payload):
    """Answers `/abbrechen`. `something` False: there was nothing to cancel. Not `joined`: takes no part themselves."""

    something: bool
    joined: bool
    organiser: bool


@dataclass(frozen=True)
class NothingExpected(payload.Payload):
    """Answers words that came with no question open and no pledge to note them on, by saying what one can do."""

    organiser: bool


@dataclass(frozen=True)
class Refused(payload.Payload):
    reason: Reason
    limit: int = 0
    organiser: bool = False
    joined: bool = True  # False: do not offer what people who have not joined would only be refused
    day: date | None = None  # of DEADLINE_RANGE and TALK_RANGE: the day that was understood


@dataclass(frozen=True)
class EditIgnored(payload.Payload):
    """Answers an edited message, once: an edit never counts."""


@dataclass(frozen=True)
class Flooded(payload.Payload):
    """More came than is read in a minute: what comes until it is over is not read, and this is the one answer."""


@dataclass(frozen=True)
class GroupHint:
    bot: str

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class Fault(payload.Payload):
    """Something failed in the bot. `number`: 24 bits, shown as six hexadecimal digits, as in the log."""

    number: int = field(metadata=payload.OBJECT)


Small = Help | Cancelled | NothingExpected | Refused | EditIgnored | Flooded | GroupHint | Fault

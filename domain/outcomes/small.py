"""The small words around everything else: help, refusals, faults."""

from dataclasses import dataclass, field

from domain.outcomes import payload
from domain.refusal import Reason


@dataclass(frozen=True)
class Help(payload.Payload):
    joined: bool
    organiser: bool


@dataclass(frozen=True)
class Cancelled(payload.Payload):
    """`/abbrechen`; `something` False: nothing was open. Not `joined`: an organiser who takes no part."""

    something: bool
    joined: bool
    organiser: bool


@dataclass(frozen=True)
class NothingExpected(payload.Payload):
    """Words with no question open and no promise to note them to: what one can do."""

    organiser: bool


@dataclass(frozen=True)
class Refused(payload.Payload):
    reason: Reason
    limit: int = 0
    organiser: bool = False
    joined: bool = True  # False: what others can do would only be refused again


@dataclass(frozen=True)
class EditIgnored(payload.Payload):
    """An edited message never counts as an answer; said once."""


@dataclass(frozen=True)
class GroupHint:
    bot: str

    class Payload(payload.Payload):
        pass


@dataclass(frozen=True)
class Fault(payload.Payload):
    """Our own fault. `number`: 24 bits that the log names too, as six hexadecimal digits."""

    number: int = field(metadata=payload.OBJECT)


Small = Help | Cancelled | NothingExpected | Refused | EditIgnored | GroupHint | Fault

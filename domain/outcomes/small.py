"""The small words around everything else: help, refusals, faults."""

from dataclasses import dataclass

from domain.refusal import Reason


@dataclass(frozen=True)
class Help:
    joined: bool
    organiser: bool


@dataclass(frozen=True)
class Cancelled:
    """`/abbrechen`; `something` False: nothing was open. Not `joined`: an organiser who takes no part."""

    something: bool
    joined: bool
    organiser: bool


@dataclass(frozen=True)
class NothingExpected:
    """Words with no question open and no promise to note them to: what one can do."""

    organiser: bool


@dataclass(frozen=True)
class Refused:
    reason: Reason
    limit: int = 0
    organiser: bool = False
    joined: bool = True  # False: what others can do would only be refused again


@dataclass(frozen=True)
class EditIgnored:
    """An edited message never counts as an answer; said once."""


@dataclass(frozen=True)
class GroupHint:
    bot: str


@dataclass(frozen=True)
class Fault:
    """Our own fault. `ref`: six characters that stand in the log too."""

    ref: str


Small = Help | Cancelled | NothingExpected | Refused | EditIgnored | GroupHint | Fault

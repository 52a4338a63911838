"""What was understood of the answer to "where are you from?"."""

from dataclasses import dataclass
from enum import StrEnum


class Sureness(StrEnum):
    KNOWN = "known"  # the lists have it, as it was typed
    MISSPELT = "misspelt"  # an error away from a name of the lists, in a word too long to be another place
    GUESSED = "guessed"  # likely, but to be tapped
    UNKNOWN = "unknown"


TAKEN = (Sureness.KNOWN, Sureness.MISSPELT)


@dataclass(frozen=True, slots=True)
class Place:
    """One place that was understood, and the Länder, by ISO code, in which it may lie; the likeliest first.

    `name` is what was typed, put right where it was misspelt. Without Länder, all sixteen are possible.
    """

    name: str
    laender: tuple[str, ...]
    sureness: Sureness

    @property
    def land(self) -> str | None:
        """The Land that may be taken without a tap; None if somebody has to choose or to confirm."""
        return self.laender[0] if len(self.laender) == 1 and self.sureness in TAKEN else None


@dataclass(frozen=True, slots=True)
class Understood:
    """What an answer says. One choice is the place; several are to be tapped; none was said if `declined`, and nothing
    that could be a name if not.
    """

    choices: tuple[Place, ...]
    declined: bool = False

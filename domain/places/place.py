"""What was understood of the answer to "where are you from?"."""

from dataclasses import dataclass
from enum import StrEnum


class Sureness(StrEnum):
    KNOWN = "known"  # the lists have it, as it was typed
    MISSPELT = (
        "misspelt"  # a typing error away from a name in the lists, in a word too long to be another place
    )
    GUESSED = "guessed"  # likely, but it has to be confirmed with a tap
    UNKNOWN = "unknown"


TAKEN = (Sureness.KNOWN, Sureness.MISSPELT)


@dataclass(frozen=True, slots=True)
class Place:
    """One place that was understood, and the Länder, by ISO code, in which it may be; the likeliest first.

    `name` is what was typed, corrected if it was misspelt. Without Länder, all sixteen are possible.
    """

    name: str
    laender: tuple[str, ...]
    sureness: Sureness

    @property
    def land(self) -> str | None:
        """The Land, if it may be taken without a tap; None if somebody has to choose or to confirm it."""
        return self.laender[0] if len(self.laender) == 1 and self.sureness in TAKEN else None


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What an answer says. A single choice is the place; of several, one has to be tapped.

    Without a choice, the person would not say if `declined`, and otherwise typed nothing that could be a name, but a
    sentence, or signs.
    """

    choices: tuple[Place, ...]
    declined: bool = False

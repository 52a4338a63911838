"""Who may read a pledge besides its two parties."""

from enum import StrEnum


class Readers(StrEnum):
    """From the narrowest to the widest: what the team may read, the two may; what everybody may, the team may, too."""

    THE_TWO = "two"
    TEAM = "team"
    PUBLIC = "public"

    @property
    def and_wider(self) -> tuple["Readers", ...]:
        """This one, and all that let more people read."""
        every = tuple(Readers)
        return every[every.index(self) :]

    def include(self, others: "Readers") -> bool:
        """Whether these others may read it, too."""
        return self in others.and_wider


def narrower(one: Readers, other: Readers) -> Readers:
    """The one that lets fewer people read."""
    return one if other.include(one) else other

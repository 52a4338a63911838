"""Who may read a pledge besides its two parties."""

from enum import StrEnum


class Readership(StrEnum):
    """From the narrowest to the widest: what the team may read, the two may; what everybody may, the team may, too."""

    THE_TWO = "two"
    TEAM = "team"
    PUBLIC = "public"

    @property
    def and_wider(self) -> tuple["Readership", ...]:
        """This one, and all that let more people read."""
        every = tuple(Readership)
        return every[every.index(self) :]

    def include(self, others: "Readership") -> bool:
        """Whether these others may read it, too."""
        return self in others.and_wider


class OfficeReads(StrEnum):
    """Whose office reads a pledge along with its two parties, as one of the two sees it."""

    NONE = "none"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"

    @classmethod
    def of(cls, *, mine: bool, theirs: bool) -> "OfficeReads":
        if mine and theirs:
            return cls.BOTH
        return cls.MINE if mine else cls.THEIRS if theirs else cls.NONE

    @property
    def theirs(self) -> bool:
        """Whether somebody acts for the other party."""
        return self in (OfficeReads.THEIRS, OfficeReads.BOTH)


def narrower(one: Readership, other: Readership) -> Readership:
    """The one that lets fewer people read."""
    return one if other.include(one) else other

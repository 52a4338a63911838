"""The roles in which people come to a workshop. In German, the first four are all called "Gestalter:in"."""

from enum import StrEnum


class Role(StrEnum):
    TOWN_HALL = "town_hall"
    ASSOCIATION = "association"
    BUSINESS = "business"
    AUTHORITY = "authority"
    MP = "mp"
    OFFICE = "office"
    OTHER = "other"

    @property
    def is_mp(self) -> bool:
        """A member of the Bundestag or a Landtag. Anybody may claim it; it is shown once an organiser confirms it."""
        return self is Role.MP

"""Who somebody is here for. The houses named first are all "Gestalter:in"."""

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
        """Bundestag or Landtag: claimed freely, shown as such only after an organiser confirmed it."""
        return self is Role.MP

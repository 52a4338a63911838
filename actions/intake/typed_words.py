"""Words that were typed for a draft, with what it noted when it asked for them."""

from dataclasses import dataclass

from actions.exchange import drafts
from domain.nudging import Period
from domain.outcomes.choices import ContactKind
from domain.workshops import Field


@dataclass(frozen=True)
class TypedWords:
    """What was typed, in which message, and the object and details of the draft that awaited it."""

    text: str
    message_id: int
    object_id: int
    details: drafts.Details

    @property
    def period(self) -> Period:
        """The question the words go with. Raises ValueError for a draft that names none."""
        if self.details.period is None:
            raise ValueError("the draft names no period")
        return self.details.period

    @property
    def contact(self) -> ContactKind:
        """The way to be reached that was asked for. Raises ValueError for a draft that names none."""
        if self.details.contact is None:
            raise ValueError("the draft names no way to be reached")
        return self.details.contact

    @property
    def detail(self) -> Field:
        """What about a workshop was asked for. Raises ValueError for a draft that names nothing."""
        if self.details.detail is None:
            raise ValueError("the draft names no detail of a workshop")
        return self.details.detail

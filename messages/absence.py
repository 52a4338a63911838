"""What a card says of somebody who hears nothing from us for now."""

from markupsafe import Markup

from domain.absence import Absence
from messages.catalogue import Phrases
from messages.people import at_start, short


def absent(absence: Absence | None, other: str, w: Phrases) -> Markup | None:
    """That they are pausing, or cannot be reached, without a reason; None for somebody who hears from us."""
    return w(f"pledge.card.{absence}", other=at_start(short(w, other))) if absence and other else None

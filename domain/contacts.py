"""Ways to be reached that people type, and whether they read like what they are meant to be."""

from domain.outcomes.choices import ContactKind

CONTACT_LIMIT = 80  # UTF-16 units

_FEWEST_DIGITS = 5


def reads_like(kind: ContactKind, value: str) -> bool:
    """A phone number has some digits; an e-mail address an @ inside and no blank. Anything else cannot be typed."""
    match kind:
        case ContactKind.PHONE:
            return sum(1 for sign in value if sign.isdigit()) >= _FEWEST_DIGITS
        case ContactKind.EMAIL:
            return "@" in value[1:-1] and " " not in value
        case ContactKind.TELEGRAM | ContactKind.NONE:
            return False

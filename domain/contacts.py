"""Contacts that people type, and whether they look like what they are meant to be."""

from domain.outcomes.choices import ContactKind

CONTACT_LIMIT = 80  # UTF-16 units

_FEWEST_DIGITS = 5


def reads_like(kind: ContactKind, value: str) -> bool:
    """Whether it looks like a phone number (some digits) or an e-mail address (an @ inside, no blank).

    False for the other kinds, which nobody types.
    """
    match kind:
        case ContactKind.PHONE:
            return sum(1 for sign in value if sign.isdigit()) >= _FEWEST_DIGITS
        case ContactKind.EMAIL:
            return "@" in value[1:-1] and " " not in value
        case ContactKind.TELEGRAM | ContactKind.NONE:
            return False


def dialled(number: str) -> str:
    """The number of a contact card as others can dial it: Telegram leaves the plus of its international numbers out."""
    return f"+{number}" if number.isdigit() and not number.startswith("0") else number

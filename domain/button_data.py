"""The form of a button's callback data: one word, then up to three more after colons, in ASCII."""

import re

LONGEST = 64  # bytes; Telegram's limit

_MARK = "~"
_SPELLING = re.compile(r"[a-z_]{1,20}(?::[A-Za-z0-9_-]{1,48}){0,3}", re.ASCII)


def is_well_spelt(data: str) -> bool:
    """Whether one of our buttons could carry this; `messages.buttons` knows whether one does."""
    return len(data) <= LONGEST and _SPELLING.fullmatch(data) is not None


def marked(data: str, row: int) -> str:
    """The data with the number of the row that its message was sent for; without, if that is too long."""
    longer = f"{data}{_MARK}{row}"
    return longer if len(longer) <= LONGEST else data


def unmarked(data: str) -> tuple[str, int | None]:
    """The data as the button means it, and the number of the row, if it is there."""
    meant, _, row = data.rpartition(_MARK)
    return (meant, int(row)) if meant and row.isascii() and row.isdecimal() else (data, None)

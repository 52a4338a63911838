"""The form of a button's callback data: one word, then up to three more after colons, in ASCII."""

import re

LONGEST = 64  # bytes; Telegram's limit

_SPELLING = re.compile(r"[a-z_]{1,20}(?::[A-Za-z0-9_-]{1,32}){0,3}", re.ASCII)


def is_well_spelt(data: str) -> bool:
    """Whether one of our buttons could carry this; `messages.buttons` knows whether one does."""
    return len(data) <= LONGEST and _SPELLING.fullmatch(data) is not None

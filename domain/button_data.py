"""How a button's data are spelled: a word and up to three more behind colons, in ASCII."""

import re

LONGEST = 64  # bytes; Telegram's limit

_SPELLING = re.compile(r"[a-z_]{1,20}(?::[A-Za-z0-9_-]{1,32}){0,3}", re.ASCII)


def is_well_spelt(data: str) -> bool:
    """Could a button of ours say this? Whether one does is for `messages.buttons` to say."""
    return len(data) <= LONGEST and _SPELLING.fullmatch(data) is not None

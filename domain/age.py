"""Anyone who says they are under sixteen is asked nothing more: the core consent is for people of 16 and over."""

import re

FROM = 16
UNDER_AGE = "15"
"""Stored in place of every such answer while no words may be kept."""

_AGE = re.compile(
    r"\W*(?:(?:ich\s+)?bin\s+(?:erst\s+)?|i\s*['’]?\s*a?m\s+(?:only\s+)?)?(\d{1,2})"
    r"(?:\s+(?:jahre?|years?)(?:\s+(?:alt|old))?)?\W*",
    re.IGNORECASE,
)


def says_under_age(text: str) -> bool:
    """Whether the text is an age under sixteen and nothing else: "15", "ich bin 15", "I'm 15 years old"."""
    found = _AGE.fullmatch(text)
    return found is not None and 0 < int(found[1]) < FROM

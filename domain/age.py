"""Who says to be under sixteen is not asked any further (the core consent is for people from 16 on)."""

import re

FROM = 16
UNDER_AGE = "15"
"""Stands for every such answer where none of the words may be kept."""

_AGE = re.compile(
    r"\W*(?:(?:ich\s+)?bin\s+(?:erst\s+)?|i\s*['’]?\s*a?m\s+(?:only\s+)?)?(\d{1,2})"
    r"(?:\s+(?:jahre?|years?)(?:\s+(?:alt|old))?)?\W*",
    re.IGNORECASE,
)


def says_under_age(text: str) -> bool:
    """ "15", "ich bin 15", "I'm 15 years old": nothing but an age under sixteen."""
    found = _AGE.fullmatch(text)
    return found is not None and 0 < int(found[1]) < FROM

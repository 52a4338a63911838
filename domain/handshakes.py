"""Handshakes: how somebody who stands by is let into a pledge that is being written, for the rest of the day."""

import re
from collections.abc import Collection
from datetime import timedelta
from random import Random

from domain.words import Empty, TooLong, clean

NUMBERS = range(1000, 10_000)
"""Numbers that are told across a table and typed: four digits, none of them a leading zero."""
WRONG_NUMBERS = 5
"""How many wrong ones one person may type within `WRONG_NUMBERS_WITHIN`: nobody finds a pledge by trying."""
WRONG_NUMBERS_WITHIN = timedelta(hours=1)

_LONGEST_TYPED = 40  # UTF-16 units: the number, and what people put around it
_SAID = re.compile(
    r"\A\W*(?:(?:(?:die|meine|unsere|der|the|my|our)\s+)?(?:zahl|nummer|code|number|pin)(?:\s+(?:ist|lautet|is))?[\s:=-]+)?"
    r"(?P<number>[1-9](?:[\s\-]?[0-9]){3})\W*\Z",
    re.IGNORECASE | re.ASCII,
)


def new_number(random: Random, taken: Collection[int]) -> int:
    """A number that is not taken. Pass SystemRandom: it must not be guessed."""
    return random.choice([number for number in NUMBERS if number not in taken])


def read_number(text: str) -> int | None:
    """The number that the text is, however it is spelled: "47 29", "Die Zahl ist 4729."; None for anything else."""
    try:
        said = _SAID.match(clean(text, limit=_LONGEST_TYPED))
    except (Empty, TooLong):
        return None
    return int(re.sub(r"\D", "", said["number"])) if said is not None else None

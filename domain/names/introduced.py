"""A name without what people say around it when they are asked for it: "Hallo, ich heiße Maria Lindner"."""

import re

from domain.roles_said import role_named

_LEADS = re.compile(
    r"^(?:(?:hallo|hi|hey|moin|servus|guten tag|hello)\b[\s,!.]*)?"
    r"(?:ich hei(?:ß|ss)e|ich bin(?: der| die)?|mein name (?:ist|lautet)|my name(?: is|['’]s)|i am|i['’]m)\s+(?=\S)",
    re.IGNORECASE,
)


def introduced(said: str) -> str:
    """The name alone; a role after a comma is not part of it, and is asked for by itself."""
    name = _LEADS.sub("", said)
    if name != said:
        name = name.rstrip(" .!")
    before, _, after = name.partition(",")
    return before.strip() if before.strip() and role_named(after) is not None else name or said

"""Splits a hasty answer into parts, with one subject each."""

import re

LONGEST = 200
"""Letters that are read; a longer answer is a speech, whose beginning says what it is about."""

_HARD = re.compile(r"[,;\n\r•|]+|\s+[-–—]\s+|\s[/+]\s|(?:^|\s)\d{1,2}[.)]\s|(?<=\w{3})[.!?]+(?:\s|$)")
_SOFT = re.compile(r"\s*[&/+]\s*|\s+(?:und|sowie|oder|and|or|plus|u\.)\s+", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:damit|dass|weil|wenn|obwohl|um|ohne|statt|aber|that|who|so|because|when|if|but)\b"
    # These words open a clause only if it is long and lists nothing. Otherwise they are articles, as in
    # "die Kita, der Sport und die Feuerwehr".
    r"|(?:die|der|das|den|wo|which)(?!.*\b(?:und|oder|and|or)\b)(?:\s+\S+){3}",
    re.IGNORECASE,
)

_JOINT = re.compile(
    r"\s+(?:(?:im|ins|in|für|fürs|durch|beim|bei|auf|am|an|mit|for|at|through|by|with|on)\s+)"
    r"(?:(?:der|die|das|den|dem|the)\s+)?",
    re.IGNORECASE,
)


def hard_parts(text: str) -> list[str]:
    """Split where there is no doubt: at commas, lines, bullets. A subordinate clause stays with its sentence."""
    parts: list[str] = []
    for piece in _HARD.split(text.strip()[:LONGEST]):
        part = piece.strip(" \t-–—•*'\"„“”()")
        if not part:
            continue
        if parts and _GOES_ON.match(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def soft_parts(part: str) -> list[str]:
    """Split at `und`, `&`, `/`, which may also be part of a single subject."""
    pieces = [piece.strip() for piece in _SOFT.split(part)]
    return [piece for piece in pieces if piece]


def phrases(part: str) -> list[tuple[str, str]]:
    """The two sides of each preposition: "Ehrenamt im Sportverein" may be about both."""
    joints = [joint for joint in _JOINT.finditer(part) if joint.start() and joint.end() < len(part)]
    return [(part[: joint.start()], part[joint.end() :]) for joint in joints]

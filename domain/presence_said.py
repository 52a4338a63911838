"""What people type about how long an MP stays, and how many talks they take: "hier bis 15:30, noch 3 Gespräche"."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from domain.presence import EVERYTHING_OPEN, MOST_TALKS, Presence


@dataclass(frozen=True)
class PresenceSaid:
    """What one text or tap says. `until`: when they leave; `leaves`: now. `talks`: how many more. `open`: as usual."""

    until: time | None = None
    talks: int | None = None
    leaves: bool = False
    open: bool = False

    @property
    def spelled(self) -> str:
        """As a button carries it: the inverse of `read`, of one of these things."""
        if self.until is not None:
            return f"{self.until:%H%M}"
        if self.talks is not None:
            return f"t{self.talks}"
        return _LEAVES if self.leaves else _OPEN

    @classmethod
    def read(cls, text: str) -> "PresenceSaid":
        """What a button carries. Raises ValueError for anything else."""
        if text in (_LEAVES, _OPEN):
            return cls(leaves=text == _LEAVES, open=text == _OPEN)
        if re.fullmatch(r"[0-9]{4}", text):
            return cls(until=time(int(text[:2]), int(text[2:])))
        if re.fullmatch(r"t[0-9]{1,2}", text) and int(text[1:]) <= MOST_TALKS:
            return cls(talks=int(text[1:]))
        raise ValueError(text)


_LEAVES, _OPEN = "now", "open"


def noted(said: PresenceSaid, known: Presence, day: date, wall: datetime, agreed: int = 0) -> Presence | None:
    """What is known of somebody's presence on that day once they have said this; None if it changes nothing, like a
    time that is over by now. `agreed`: talks that they have agreed to; those that they still take come on top.
    """
    if said.until is not None and day == wall.date() and said.until <= wall.time():
        said = replace(said, until=None)
    if said == PresenceSaid():
        return None
    before = EVERYTHING_OPEN if said.open else known
    until = wall.time() if said.leaves else said.until or before.until
    return Presence(until, before.talks if said.talks is None else said.talks + agreed)


_WORDS = (
    ("ein", "eins", "eine", "one"),
    ("zwei", "two"),
    ("drei", "three"),
    ("vier", "four"),
    ("fünf", "five"),
    ("sechs", "six"),
    ("sieben", "seven"),
    ("acht", "eight"),
    ("neun", "nine"),
    ("zehn", "ten"),
    ("elf", "eleven"),
    ("zwölf", "twelve"),
)
_NUMBERS = {word: number for number, words in enumerate(_WORDS, 1) for word in words}
_ANY_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_TIME = (
    rf"(?P<part>halb|viertel vor|viertel nach|dreiviertel|half past|quarter to|quarter past)?\s*"
    rf"(?:(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-9]{{2}}))?|(?P<word>{_ANY_WORD}))"
    r"\s*(?:uhr|h\b|o'clock)?\s*(?P<half>[ap]\.?m\.?)?"
)
_HERE = r"(?:hier|da|anwesend|vor ort|here|around)"
_BEGINS = (
    r"(?:(?:ich|i)\s+)?(?:bin|bleibe?|i'm|am|stay|i'll stay)?\s*"
    r"(?:heute|today)?\s*(?:nur\s+)?(?:noch)?\s*"
)
_UNTIL = re.compile(
    rf"{_BEGINS}(?:{_HERE}\s+)?(?:noch\s+)?(?:nur\s+)?(?:bis|until|till|til)\s+(?:um\s+)?{_TIME}(?:\s+{_HERE})?"
)
_BARE_TIME = re.compile(rf"(?:bis|until|till|um)?\s*{_TIME}")
_TIME_OR_TALKS = re.compile(r"[0-9]|1[0-2]")
_SAYS_HERE = re.compile(rf"\b(?:{_HERE}|bleibe?|stay|staying)\b")
_TALKS = re.compile(
    r"(?:(?:ich|i)\s+)?(?:nehme|habe|hab|take|have)?\s*(?:noch|nur noch)?\s*"
    rf"(?P<number>[0-9]{{1,2}}|{_ANY_WORD}|keine?|no)\s+"
    r"(?P<more>more|weiteres?|weitere)?\s*(?:gespräche?|talks?|conversations?)(?P<mehr>\s+mehr)?(?:\s+frei)?"
)
_LEFT = re.compile(
    r"(?:ich\s+)?(?:gehe jetzt|geh jetzt|muss (?:jetzt )?(?:los|weg|gehen)|bin (?:jetzt |schon |dann )?weg)"
    r"|(?:i'm|i am)\s+(?:leaving|off|gone)(?: now)?|i have to (?:go|leave)(?: now)?"
)
_ALL_OPEN = re.compile(r"(?:ich bin |bin )?(?:wieder|doch)\s+(?:hier|da)|(?:i'm |i am )?(?:back|here) again")
_BETWEEN = re.compile(r"\s*(?:[;·,]|\bund\b|\band\b)\s*")
_LONGEST = 80  # characters
_NOON, _EARLIEST, _HOURS, _MINUTES = 12, 7, 24, 60


def read(text: str, *, asked: bool = False) -> PresenceSaid | None:
    """What a text says about presence, if it says nothing else. `asked`: somebody was asked for it, so that a time, or
    a number, is enough. A time before seven is one of the afternoon.
    """
    if len(text) > _LONGEST:
        return None
    spelt = " ".join(text.casefold().replace("\u2019", "'").strip(" .!").split())
    whole = _part(spelt, asked=asked)
    if whole is not None:
        return whole
    parts = [_part(each, asked=asked) for each in _BETWEEN.split(spelt) if each]
    found = [each for each in parts if each is not None]
    return _together(found) if found and len(found) == len(parts) else None


def _together(said: list[PresenceSaid]) -> PresenceSaid:
    return PresenceSaid(
        until=next((each.until for each in said if each.until is not None), None),
        talks=next((each.talks for each in said if each.talks is not None), None),
        leaves=any(each.leaves for each in said),
        open=any(each.open for each in said),
    )


def _part(spelt: str, *, asked: bool) -> PresenceSaid | None:
    if _LEFT.fullmatch(spelt) or _ALL_OPEN.fullmatch(spelt):
        return PresenceSaid(
            leaves=_LEFT.fullmatch(spelt) is not None, open=_ALL_OPEN.fullmatch(spelt) is not None
        )
    if (talks := _talks(spelt)) is not None:
        return PresenceSaid(talks=talks)
    found = _UNTIL.fullmatch(spelt) if asked or _SAYS_HERE.search(spelt) else None
    if found is None and asked and not _TIME_OR_TALKS.fullmatch(spelt):
        found = _BARE_TIME.fullmatch(spelt)
    until = _time(found) if found is not None else None
    return PresenceSaid(until=until) if until is not None else None


def _talks(spelt: str) -> int | None:
    """Only of how many more: "3 Gespräche" alone may be about those that were had."""
    found = _TALKS.fullmatch(spelt)
    if found is None:
        return None
    none = found["number"] in ("kein", "keine", "no")
    if none:
        return 0 if found["mehr"] or found["more"] else None
    if "noch" not in spelt and not found["more"]:
        return None
    number = _NUMBERS.get(found["number"]) or int(found["number"])
    return number if number <= MOST_TALKS else None


def _time(found: re.Match[str]) -> time | None:
    """None for what no day has, and for midnight: an hour 0 is the end of the day, "halb 0" half an hour before."""
    hour = _NUMBERS[found["word"]] if found["word"] else int(found["hour"]) or _HOURS
    minute = int(found["minute"] or 0)
    match found["part"]:
        case "halb":
            hour, minute = hour - 1, 30
        case "half past":
            minute = 30
        case "viertel nach" | "quarter past":
            minute = 15
        case "viertel vor" | "quarter to" | "dreiviertel":
            hour, minute = hour - 1, 45
        case _:
            pass
    half = (found["half"] or "")[:1]
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif hour < _EARLIEST:
        hour += _NOON
    return time(hour, minute) if 0 <= hour < _HOURS and minute < _MINUTES else None

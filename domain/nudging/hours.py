"""The hour at which somebody wants to be asked, and what they may type to say so."""

import re
from datetime import time

from domain.calendar import CLOSES, USUAL_HOUR
from domain.labels import spelt

HOURS = range(8, 20)
"""From which hours people may choose, by the clock of the operator's zone; a question of 19:00 comes before 20:00."""
EVENING = time(20)
"""The first moment that is too late for those who chose an hour in the evening."""

_SAID = {
    "frueh": 8, "morgens": 8, "am morgen": 8, "vormittags": 10, "am vormittag": 10, "mittags": 12, "am mittag": 12,
    "nachmittags": 15, "am nachmittag": 15, "abends": 18, "am abend": 18, "feierabend": 18, "nach feierabend": 18,
    "in the morning": 10, "mornings": 10, "morning": 10, "early": 8, "at noon": 12, "noon": 12, "midday": 12,
    "in the afternoon": 15, "afternoon": 15, "afternoons": 15, "in the evening": 18, "evening": 18, "evenings": 18,
    "wie bisher": 10, "egal": 10, "as before": 10,
}  # fmt: skip
_ASKING = re.compile(
    r"^(bitte |please |lieber |rather |gern |gerne |immer |always )+| (bitte|please|lieber|gern|gerne)$"
)
_AT = re.compile(
    r"(?:um|ab|gegen|at|around)? ?(\d{1,2})(?: \d\d)?(?: ?(?:h|uhr|o clock))?(?: \d\d)?(?: ?(.+))?"
)
_LATER = ("nachmittags", "am nachmittag", "abends", "am abend", "pm", "in the afternoon", "in the evening")
_SOONER = ("frueh", "morgens", "am morgen", "vormittags", "am vormittag", "am", "in the morning")
_NOON = 12


class HourOutOfRange(ValueError):  # noqa: N818 - named for what is wrong with the hour
    """An hour was named at which nobody is asked."""


def closes_for(hour: time) -> time:
    """The first moment of the day that is too late to ask somebody with this hour."""
    return EVENING if hour >= CLOSES else CLOSES


def hour_of(chosen: int | None) -> time:
    """The hour at which somebody is asked who chose this one; None: they chose none."""
    return time(chosen) if chosen is not None and chosen in HOURS else USUAL_HOUR


def read_hour(text: str) -> int | None:
    """The full hour that the words name: "um 18 Uhr", "abends", "6 pm", of "18:30" the one it began with; None if they
    name none.

    Raises HourOutOfRange for an hour at which nobody is asked.
    """
    said = _ASKING.sub("", spelt(text)).strip()
    if said in _SAID:
        return _SAID[said]
    found = _AT.fullmatch(said)
    if found is None:
        return None
    hour, half = int(found[1]), found[2] or ""
    if half and half not in (*_LATER, *_SOONER):
        return None
    if half in _LATER and hour < _NOON:
        hour += _NOON
    if hour not in HOURS:
        raise HourOutOfRange(text)
    return hour

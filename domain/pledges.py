"""A pledge (in German: Versprechen): who acts, what state it is in, how it ends."""

import re
from datetime import timedelta
from enum import StrEnum

from domain import topics
from domain.words import cut

TEXT_LIMIT = 500  # a pledge is one sentence; anything longer belongs in a note
NOTE_LIMIT = 500
TITLE_LIMIT = 32  # fits a line on a phone beside the partner's name

_CERTAIN = 70  # of a topic's score, 0 to 100
_GENDER_SIGN = r"[:*·•’/](?=-?[iI]n(?:nen|\b)|[rn]\b)|\(-?[iI]n(?:nen)?\)"  # Bürger:innenräte is one word
_NOUN = re.compile(rf"(?<![.!?]\s)(?<!^)\b[A-ZÄÖÜ](?:[\w-]|{_GENDER_SIGN}){{4,}}")
_SAYS_LITTLE = frozenset(
    """
    gespräch gespräche termin termine treffen antrag anträge brief schreiben woche wochen monat monate jahr jahre
    januar februar april august september oktober november dezember montag dienstag mittwoch donnerstag freitag
    samstag sonntag january february march october december monday tuesday wednesday thursday friday saturday
    sunday versprechen büro herrn professor professorin doktor
    """.split()  # noqa: SIM905 - as a list of literals it would be harder to read
)


def short_title(text: str) -> str:
    """What a pledge is called where its sentence would be too long: its longest telling noun, as people wrote it.

    German nouns are capitalised, but so is any word that begins a sentence, so those do not count. Empty if there
    is no such noun: the first words instead would show the sentence on a locked screen.
    """
    nouns = [noun.strip("-") for noun in _NOUN.findall(text) if noun.casefold() not in _SAYS_LITTLE]
    return cut(max(nouns, key=len, default=""), TITLE_LIMIT)


def surest_topic(text: str) -> str | None:
    """The topic that a pledge is about, if that is certain without asking anybody."""
    sure = topics.load().understand(text).sure
    return sure[0].topic if sure and sure[0].score >= _CERTAIN else None


class Acts(StrEnum):
    """Who carries the pledge out, as its author chose."""

    AUTHOR = "author"
    PARTNER = "partner"
    BOTH = "both"


class State(StrEnum):
    DRAFT = "draft"  # being written; nobody but the author knows
    PROPOSED = "proposed"  # waiting for the other's yes to this very text
    ACTIVE = "active"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


LIVE = (State.DRAFT, State.PROPOSED, State.ACTIVE)
"""The states of pledges that are not over."""


class Status(StrEnum):
    """What one party says about it. Silence is derived, and is not a status."""

    PLANNED = "planned"  # geplant
    RUNNING = "running"  # läuft
    STUCK = "stuck"  # hängt
    PARTLY = "partly"  # teilweise
    KEPT = "kept"  # erfüllt
    SOLVED = "solved"  # anders gelöst
    POSTPONED = "postponed"  # verschoben
    FAILED = "failed"  # nicht geklappt
    ENDED = "ended"  # gemeinsam beendet
    MOVING = "moving"  # counterpart: geht voran
    NOTHING = "nothing"  # counterpart: noch nichts
    TALKING = "talking"  # counterpart: wir sprechen


PROMISER_FIRST = (Status.RUNNING, Status.STUCK, Status.KEPT)
COUNTERPART_FIRST = (Status.MOVING, Status.NOTHING, Status.TALKING)
OTHERS = (Status.PLANNED, Status.PARTLY, Status.SOLVED, Status.POSTPONED, Status.FAILED, Status.ENDED)
COUNTERPART_OTHERS = (
    Status.KEPT,
    Status.PARTLY,
    Status.SOLVED,
    Status.POSTPONED,
    Status.FAILED,
    Status.ENDED,
)
CLOSING = (Status.KEPT, Status.SOLVED, Status.FAILED, Status.ENDED)  # said by both, before its day too
NEED_BOTH = (Status.KEPT, Status.ENDED)  # if one says it, the other is asked: before its day, it takes both
AT_DEADLINE = (Status.KEPT, Status.PARTLY, Status.SOLVED, Status.POSTPONED, Status.FAILED)
ENDINGS = (*AT_DEADLINE, Status.ENDED)  # all the ways it can have ended

# For so long after the end, each party may still correct how it ended. A week is enough to read the result and to
# talk about it if they disagree. After that, neither can change the record of the other's past.
GRACE = timedelta(days=7)


class Side(StrEnum):
    """Which side of a pledge a party is on. If both act, both are asked as the promiser."""

    PROMISER = "promiser"
    COUNTERPART = "counterpart"


def side(acts: Acts, *, is_author: bool) -> Side:
    if acts is Acts.BOTH or (acts is Acts.AUTHOR) == is_author:
        return Side.PROMISER
    return Side.COUNTERPART


def answers(of: Side, *, at_deadline: bool) -> tuple[tuple[Status, ...], tuple[Status, ...]]:
    """The answers offered to one side: the likely ones, and those behind "Anderes"."""
    if at_deadline:
        return AT_DEADLINE, (Status.ENDED,)
    if of is Side.PROMISER:
        return PROMISER_FIRST, OTHERS
    return COUNTERPART_FIRST, COUNTERPART_OTHERS

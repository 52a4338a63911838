"""A pledge: who acts, where it stands, how it ends. In the project's German it is a "Versprechen"."""

import re
from datetime import timedelta
from enum import StrEnum

from domain import topics
from domain.words import cut

TEXT_LIMIT = 500  # a promise is a sentence; what is longer belongs into a note
NOTE_LIMIT = 500
TITLE_LIMIT = 32  # fits a line on a phone beside the partner's name

_CERTAIN = 70  # of a topic's score, 0 to 100
_NOUN = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÄÖÜ][\w-]{4,}")
_SAYS_LITTLE = frozenset(
    """
    gespräch gespräche termin termine treffen antrag anträge brief schreiben woche wochen monat monate jahr jahre
    januar februar april august september oktober november dezember montag dienstag mittwoch donnerstag freitag
    samstag sonntag january february march october december monday tuesday wednesday thursday friday saturday
    sunday versprechen büro herrn professor professorin doktor
    """.split()  # noqa: SIM905 - a list of forty words reads worse
)


def short_title(text: str) -> str:
    """What a promise is called where its sentence would be too much: its longest telling noun, as people wrote it.
    German writes nouns with a capital; the first word of a sentence proves nothing. Empty without one: its first words
    would put the sentence on a locked screen.
    """
    nouns = [noun.strip("-") for noun in _NOUN.findall(text) if noun.casefold() not in _SAYS_LITTLE]
    return cut(max(nouns, key=len, default=""), TITLE_LIMIT)


def surest_topic(text: str) -> str | None:
    """The topic that a promise is about without anybody having to be asked."""
    sure = topics.load().understand(text).sure
    return sure[0].topic if sure and sure[0].score >= _CERTAIN else None


class Acts(StrEnum):
    """Who carries the promise out, as the author said it."""

    AUTHOR = "author"
    PARTNER = "partner"
    BOTH = "both"


class State(StrEnum):
    DRAFT = "draft"  # being written; nobody but the author knows
    PROPOSED = "proposed"  # waits for the other's yes to this very text
    ACTIVE = "active"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


LIVE = (State.DRAFT, State.PROPOSED, State.ACTIVE)
"""Not over yet, in whichever way."""


class Status(StrEnum):
    """What one side says of it. Silence is derived, no status."""

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
CLOSING = (Status.KEPT, Status.SOLVED, Status.FAILED, Status.ENDED)  # said by both, it is over before its day
NEED_BOTH = (Status.KEPT, Status.ENDED)  # said by one, the other is asked; it is so when both say it
AT_DEADLINE = (Status.KEPT, Status.PARTLY, Status.SOLVED, Status.POSTPONED, Status.FAILED)
ENDINGS = (*AT_DEADLINE, Status.ENDED)  # how it can have ended, whenever that was

# So long after the end each side may still correct how it ended. People read a result when they get round to it, and
# talk where they see it differently: both fit into a week. Later, looking back must not shift under the other.
GRACE = timedelta(days=7)


class Side(StrEnum):
    """How one person stands to a pledge; who acts together is asked as a promiser."""

    PROMISER = "promiser"
    COUNTERPART = "counterpart"


def side(acts: Acts, *, is_author: bool) -> Side:
    if acts is Acts.BOTH or (acts is Acts.AUTHOR) == is_author:
        return Side.PROMISER
    return Side.COUNTERPART


def answers(of: Side, *, at_deadline: bool) -> tuple[tuple[Status, ...], tuple[Status, ...]]:
    """What one side is offered: the likely answers, and those behind "Anderes"."""
    if at_deadline:
        return AT_DEADLINE, (Status.ENDED,)
    if of is Side.PROMISER:
        return PROMISER_FIRST, OTHERS
    return COUNTERPART_FIRST, COUNTERPART_OTHERS

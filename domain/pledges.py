"""A pledge (in German: Versprechen): who acts, what state it is in, how it ends."""

from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import asking_day

TEXT_LIMIT = 500  # a pledge is one sentence; anything longer belongs in a note
NOTE_LIMIT = 500


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

RELEASABLE = (State.ACTIVE, State.ENDED)
"""The states in which its parties may let others read it: both have agreed to it."""


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


class Blocker(StrEnum):
    """What somebody with whom it is stuck lacks."""

    COMPETENCE = "competence"  # Zuständigkeit: nobody knows whose business it is
    MONEY = "money"
    CONTACT = "contact"
    TIME = "time"
    MAJORITY = "majority"
    OTHER = "other"  # none of these: then nothing more is asked


class HelpsBecause(StrEnum):
    """Why somebody is asked to help where another's pledge is stuck."""

    OFFER = "offer"
    PLEDGE = "pledge"  # they keep, or kept, one about the same topic


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
CLOSING = (Status.KEPT, Status.SOLVED, Status.FAILED, Status.ENDED)  # may end it before its day
AT_DEADLINE = (Status.KEPT, Status.PARTLY, Status.SOLVED, Status.POSTPONED, Status.FAILED)
ENDINGS = (*AT_DEADLINE, Status.ENDED)  # all the ways it can have ended

PROVABLE = (Status.RUNNING, Status.MOVING, Status.KEPT)
"""After these a link or a photo is asked for, which nobody has to give."""

OBJECT_WITHIN = timedelta(days=14)
"""After so long without a word from one party who was asked how it ended, the other's word stands."""

QUIET_AFTER = timedelta(days=7)
"""After so long without an answer to a proposal, whoever made it is told that none came yet."""

# For so long after the end, each party may still correct how it ended. A week is enough to read the result and to
# talk about it if they disagree. After that, neither can change the record of the other's past.
GRACE = timedelta(days=7)


def closes_on(asked_on: date) -> date:
    """The day on which a pledge ends if a party who was asked then says nothing: a working day, nationwide."""
    return asking_day(asked_on + OBJECT_WITHIN, None)


class NoBecause(StrEnum):
    """Why somebody says no to what the other proposed: what can be tapped. Anything else is their own words."""

    NO_TIME = "no_time"
    NOT_MINE = "not_mine"  # somebody else's business
    OTHER_WORDS = "other_words"  # they would put it differently


class Side(StrEnum):
    """Which side of a pledge a party is on. If both act, both are asked as the promiser."""

    PROMISER = "promiser"
    COUNTERPART = "counterpart"


def side(acts: Acts, *, is_author: bool) -> Side:
    if acts is Acts.BOTH or (acts is Acts.AUTHOR) == is_author:
        return Side.PROMISER
    return Side.COUNTERPART


def after_a_week(of: Side) -> tuple[Status, ...]:
    """What may be answered on day 7, when the first step, or the date to talk, is asked for."""
    if of is Side.PROMISER:
        return Status.RUNNING, Status.PLANNED, Status.NOTHING, Status.STUCK
    return Status.MOVING, Status.PLANNED, Status.NOTHING


def answers(of: Side, *, at_deadline: bool) -> tuple[tuple[Status, ...], tuple[Status, ...]]:
    """The answers offered to one side: the likely ones, and those behind "Anderes"."""
    if at_deadline:
        return AT_DEADLINE, (Status.ENDED,)
    if of is Side.PROMISER:
        return PROMISER_FIRST, OTHERS
    return COUNTERPART_FIRST, COUNTERPART_OTHERS

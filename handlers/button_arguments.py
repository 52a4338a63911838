"""How the arguments of buttons are parsed: each function reads one, or raises ValueError."""

from datetime import date, time
from enum import StrEnum
from string import hexdigits

from domain import topics as catalogue
from domain.care import ConcernKind, Key
from domain.consents import FINGERPRINT
from domain.links import PrintedFor
from domain.nudging import HOURS
from domain.outcomes.organising.rounds import Edit
from domain.rehearsals import LANDS, RehearsalPlan
from domain.slots import LENGTHS
from domain.voice import Language
from domain.workshops import WorkshopField

LONGEST_ID = 9  # digits that always fit the 32-bit columns in which PostgreSQL keeps ids
_DAY, _CLOCK = len("YYYYMMDD"), len("HHMM")
_A_DAY = 24 * 60
_YEARS = range(2000, 2200)  # far from the ends of the calendar, past which no day can be counted


def number(text: str) -> int:
    """A row's id, or another small number: ASCII digits only, and no more of them than the database can hold."""
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_ID:
        raise ValueError(text)
    return int(text)


def word(text: str) -> str:
    return text


def fingerprint(text: str) -> str:
    """What the buttons under a consent's text call it by."""
    if len(text) != FINGERPRINT or set(text) - set(hexdigits):
        raise ValueError(text)
    return text


def months(text: str) -> int | None:
    """How many months ahead, at most 12; None if the date is going to be typed."""
    return None if text == "type" else _up_to(12, text)


def day(text: str) -> date:
    """A day as buttons carry it, YYYYMMDD, so that they mean what they show however late they are pressed."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    found = date.fromisoformat(text)
    if found.year not in _YEARS:
        raise ValueError(text)
    return found


def weeks(text: str) -> int:
    return _up_to(52, text)


def hour(text: str) -> int:
    """An hour at which people may be asked."""
    if number(text) not in HOURS:
        raise ValueError(text)
    return number(text)


def _up_to(most: int, text: str) -> int:
    if number(text) > most:
        raise ValueError(text)
    return number(text)


def clock(text: str) -> time:
    """A time of the day, HHMM."""
    if not (text.isascii() and text.isdigit()) or len(text) != _CLOCK:
        raise ValueError(text)
    return time(int(text[:2]), int(text[2:]))


def topic(text: str) -> str:
    if text not in catalogue.load().topics:
        raise ValueError(text)
    return text


def group(text: str) -> str:
    if text not in {g.id for g in catalogue.load().groups()}:
        raise ValueError(text)
    return text


class NextTalk(StrEnum):
    """When the two of a pledge talk again."""

    TWO_WEEKS = "2w"
    FOUR_WEEKS = "4w"
    DATE = "date"
    OPEN = "open"


def when(text: str) -> NextTalk | tuple[date, time | None]:
    """What of it, or a day and perhaps a time: YYYYMMDD or YYYYMMDDHHMM."""
    if not text.isdigit():
        return NextTalk(text)
    clock = text[_DAY:]
    return day(text[:_DAY]), time.fromisoformat(f"{clock[:2]}:{clock[2:]}") if clock else None


def detail(text: str) -> tuple[WorkshopField, str]:
    """A detail of a workshop and its value, which the action judges."""
    field, _, value = text.partition("-")
    return WorkshopField(field), value


def readers(text: str) -> tuple[PrintedFor, Language]:
    """For whom something is printed, and in which language."""
    audience, _, language = text.partition("-")
    return PrintedFor(audience), Language(language)


def start(text: str) -> tuple[int, int]:
    """When a timetable begins, in minutes after midnight, and how many minutes its slots last."""
    first, _, length = text.partition("-")
    if number(first) >= _A_DAY or number(length) not in LENGTHS:
        raise ValueError(text)
    return number(first), number(length)


def edit(text: str) -> tuple[Edit, int]:
    """How a round is changed, and the line or person that is asked about."""
    how, _, of = text.partition("-")
    return Edit(how), number(of)


def edit_of(text: str) -> tuple[int, Edit, int]:
    """The revision of the round that was shown, and the same."""
    revision, _, what = text.partition("-")
    return number(revision), *edit(what)


def concern(text: str) -> Key:
    """What a concern is of: its kind, its object, and the second one or 0."""
    kind, object_id, other_id = text.split("-")
    return ConcernKind(kind), number(object_id), number(other_id)


def plan(text: str) -> RehearsalPlan:
    """What a rehearsal plays: YYYYMMDD, three flags, and the numbers of two Länder."""
    when, flags, *lands = text.split("-")
    first_is_mp, second_is_mp, answering = (bool(_up_to(1, flag)) for flag in flags)
    first, second = (_up_to(len(LANDS) - 1, each) for each in lands)
    return RehearsalPlan(day(when), first_is_mp, second_is_mp, first, second, answering)

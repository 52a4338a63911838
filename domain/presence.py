"""How long MPs stay on the day of a workshop, and how many talks they still take, as they or others for them have said.

What was said holds for that day only: on any other it is as if nothing had been said. Days and times are those of the
operator's zone; a moment is handed in as its wall clock shows it (`Operator.wall`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Protocol

from domain.meeting import MP_CAP
from domain.roles import Role
from domain.workshops import CLOSES, OPENS

TALK = timedelta(minutes=15)
"""The least time that a talk takes: nobody is sent to somebody who leaves sooner."""
MOST_TALKS = 20
"""A larger number of talks is not noted."""


class Says(Protocol):
    """A person's row, or as much of it as tells what was said about their presence (`db.crowd`).

    `present_talks`: the most talks in all, those that were agreed before included.
    """

    @property
    def role(self) -> Role | None: ...
    @property
    def present_on(self) -> date | None: ...
    @property
    def present_until(self) -> time | None: ...
    @property
    def present_talks(self) -> int | None: ...


@dataclass(frozen=True)
class Presence:
    """What was said about one day. `until`: when they leave; None: they stay. `talks`: the most in all, or as usual."""

    until: time | None = None
    talks: int | None = None

    def is_here(self, at: time) -> bool:
        """Whether they are still here at this time of the day."""
        return self.until is None or at < self.until


EVERYTHING_OPEN = Presence()

_HALF_AN_HOUR, _SOON, _OFFERED = timedelta(minutes=30), timedelta(hours=3), 6


def presence(person: Says, day: date) -> Presence:
    """What was said about this person's presence on that day; `EVERYTHING_OPEN` of anybody but an MP."""
    if person.role is None or not person.role.is_mp or person.present_on != day:
        return EVERYTHING_OPEN
    return Presence(person.present_until, person.present_talks)


def stays(person: Says, day: date, until: time) -> bool:
    """Whether this person is here on that day up to and including this time, for a slot that ends then."""
    leaves = presence(person, day).until
    return leaves is None or until <= leaves


def has_left(person: Says, wall: datetime) -> bool:
    """Whether they have said that they are gone by now."""
    return not presence(person, wall.date()).is_here(wall.time())


def most_talks(person: Says, day: date, wall: datetime) -> int:
    """How many people of a workshop of that day may ask for this MP in all, as things are now.

    0 for somebody who is gone, or goes before a talk would be over; after the day as many as ever.
    """
    said, soon = presence(person, day), wall + TALK
    if wall.date() > day:
        return MP_CAP
    if wall.date() == day and said.until is not None and (soon.date() > day or soon.time() > said.until):
        return 0
    return MP_CAP if said.talks is None else said.talks


def first_to_leave(people: Sequence[Says], day: date) -> time | None:
    """When the first of these people leaves on that day; None if nobody has said that they do."""
    said = [until for each in people if (until := presence(each, day).until) is not None]
    return min(said, default=None)


# --- what can be tapped


def hours_ahead(day: date, opens: time | None, closes: time | None, wall: datetime) -> list[time]:
    """The times until when somebody may be here, for a tap: at most six full hours that are to come on this day, or
    half hours once it closes within three. Before the day they begin with its opening.
    """
    begins = datetime.combine(day, wall.time() if wall.date() == day else opens or OPENS)
    until = datetime.combine(day, closes or CLOSES)
    step = _HALF_AN_HOUR if until - begins <= _SOON else 2 * _HALF_AN_HOUR
    midnight = datetime.combine(day, time())
    first = midnight + step * ceil((begins + TALK - midnight) / step)
    offered = [first + n * step for n in range(_OFFERED)]
    return [each.time() for each in offered if each < until]

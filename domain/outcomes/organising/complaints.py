"""Outcomes of complaints: somebody reports a text of another person's, and organisers look at it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.outcomes import payload


class Settlement(StrEnum):
    """What organisers made of a complaint."""

    FINE = "fine"  # the text may stay as it is
    SPOKEN = "spoken"  # somebody of the team speaks to whoever wrote it


@dataclass(frozen=True)
class ComplaintMade(payload.Payload):
    """To whoever reported a text: the team looks at it, and they will hear of it.

    `own`: it is a text of the only organiser, so that somebody else has to look at it first.
    """

    own: bool = False


@dataclass(frozen=True)
class ComplaintShown:
    """To organisers: a complaint that is not settled, the oldest if none was chosen. `waiting`: how many there are,
    with this one; `contact`: the text is how somebody said that they can be reached.
    """

    complaint_id: int
    writer: str
    text: str
    waiting: int
    contact: bool = False

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        wanted_id: int | None = None


@dataclass(frozen=True)
class NoComplaints(payload.Payload):
    """To organisers: nobody has reported a text that is not settled."""


@dataclass(frozen=True)
class ComplaintSettled(payload.Payload):
    """To whoever reported a text: what the team made of it."""

    how: Settlement


Complaining = ComplaintMade | ComplaintShown | NoComplaints | ComplaintSettled
